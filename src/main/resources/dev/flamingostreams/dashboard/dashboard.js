'use strict';
// Everything that comes from a topic is set as text, never as markup.

const KEPT = 5000; // captions to search in
const ROWS = 120; // of them on the page
const IMAGE_MILLIS = 400; // between two frames of a tile
const ANNOUNCE_MILLIS = 12000; // between two words to a screen reader
const FEW = 6; // cameras that get larger tiles
const MANY = 12; // more get smaller ones

const byName = new Intl.Collator('en', { numeric: true });
const $ = (id) => document.getElementById(id);
const cameras = new Map();
const tiles = new Map();
let captions = [];
let alerts = [];
let topologies = [];
let picked = null;
let paused = false;
let waiting = 0;
let arrivals = [];
let hidden = 0;

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function count(number) {
  return number.toLocaleString('en-US');
}

// Files count from 1970: their times are shown as durations.
function time(micros) {
  const seconds = micros / 1e6;
  if (seconds > 3e8) return new Date(seconds * 1000).toLocaleTimeString('en-GB');
  const whole = Math.max(0, Math.floor(seconds));
  const part = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return (hours ? hours + ':' : '') + part(Math.floor(whole / 60) % 60) + ':' + part(whole % 60);
}

function lag(seconds) {
  return seconds < 10 ? seconds.toFixed(1) + ' s' : count(Math.round(seconds)) + ' s';
}

function sure(element, caption) {
  const percent = Math.round(caption.confidence * 100);
  const bar = make('i');
  bar.style.setProperty('--part', percent + '%');
  element.replaceChildren(bar, (caption.unsure ? 'unsure ' : '') + percent + ' %');
  element.toggleAttribute('data-unsure', caption.unsure);
  element.title = 'Probability of an average token: ' + percent + ' %'
    + (caption.unsure ? '; the model is unsure' : '');
}

// ---- cameras

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const tile = tiles.get(Number(entry.target.dataset.camera));
    if (tile) { tile.seen = entry.isIntersecting; show(tile); }
  }
}, { rootMargin: '150px' });

function tileOf(id) {
  let tile = tiles.get(id);
  if (tile) return tile;
  const root = make('li', 'tile');
  root.dataset.camera = id;
  const screen = make('div', 'screen');
  tile = {
    id, root, seen: false, loading: false, shown: undefined,
    image: make('img'), at: make('span', 'at'), flag: make('span', 'flag'), name: make('button'),
    caption: make('p', 'caption'), sure: make('span', 'sure'), lag: make('span'),
    spark: document.createElementNS('http://www.w3.org/2000/svg', 'svg'),
    line: document.createElementNS('http://www.w3.org/2000/svg', 'path'),
  };
  tile.image.decoding = 'async';
  tile.flag.hidden = true;
  tile.name.type = 'button';
  tile.name.setAttribute('aria-pressed', 'false');
  tile.name.addEventListener('click', () => pick(id));
  tile.spark.setAttribute('class', 'spark');
  tile.spark.setAttribute('viewBox', '0 0 100 18');
  tile.spark.setAttribute('preserveAspectRatio', 'none');
  tile.spark.setAttribute('role', 'img');
  tile.spark.append(tile.line);
  tile.image.addEventListener('load', () => loaded(tile));
  tile.image.addEventListener('error', () => loaded(tile));
  screen.append(tile.image, tile.at, tile.flag);
  const title = make('h3');
  title.append(tile.name);
  const words = make('div', 'words');
  words.append(title, tile.caption);
  const foot = make('div', 'foot');
  foot.append(tile.sure, tile.spark, tile.lag);
  root.append(screen, words, foot);
  tiles.set(id, tile);
  place(tile);
  watcher.observe(root);
  return tile;
}

function place(tile) {
  const name = cameras.get(tile.id).name;
  const next = [...$('cameras').children].find((other) =>
    byName.compare(cameras.get(Number(other.dataset.camera)).name, name) > 0);
  $('cameras').insertBefore(tile.root, next || null);
}

function loaded(tile) {
  setTimeout(() => { tile.loading = false; show(tile); }, IMAGE_MILLIS);
}

function show(tile) {
  const camera = cameras.get(tile.id);
  const wanted = camera && camera.frameMicros;
  if (!tile.seen || tile.loading || document.hidden || wanted === undefined) return;
  if (wanted === tile.shown) return;
  tile.loading = true;
  tile.shown = wanted;
  tile.image.src = '/images/camera/' + tile.id + '?at=' + wanted;
}

function drawCamera(camera) {
  const tile = tileOf(camera.id);
  tile.name.textContent = camera.name || '(no name)';
  tile.name.title = 'Show the captions of this camera only';
  tile.image.alt = 'latest frame of ' + camera.name;
  if (camera.caption) {
    tile.caption.textContent = camera.caption.text;
    tile.caption.title = camera.caption.text;
    tile.caption.removeAttribute('data-none');
    sure(tile.sure, camera.caption);
  } else {
    tile.caption.textContent = 'no caption yet';
    tile.caption.setAttribute('data-none', '');
  }
  drawLag(tile, camera.lagSeconds);
  show(tile);
}

function drawLag(tile, lags) {
  if (!lags.length) return;
  const most = Math.max(1, ...lags);
  const step = 100 / Math.max(1, lags.length - 1);
  tile.line.setAttribute('d', lags.map((value, i) =>
    (i ? 'L' : 'M') + (i * step).toFixed(1) + ' ' + (17 - 15 * value / most).toFixed(1)).join(''));
  const last = lag(lags[lags.length - 1]);
  tile.lag.textContent = last;
  tile.lag.title = 'From the arrival of a clip\'s last frame to its caption';
  tile.spark.setAttribute('aria-label', 'lag of the last ' + lags.length + ' captions, now ' + last);
}

function drawTimes() {
  const now = Date.now();
  for (const camera of cameras.values()) {
    const tile = tiles.get(camera.id);
    const quiet = camera.quietSeconds + Math.floor((now - camera.received) / 1000);
    const at = camera.frameMicros === undefined ? 'no frame yet' : time(camera.frameMicros);
    tile.at.textContent = camera.ended ? 'ended ' + at : quiet > 9 ? at + ', quiet ' + lag(quiet) : at;
    if (tile.flagged && now - tile.flagged > 30000) { tile.flag.hidden = true; tile.flagged = 0; }
  }
}

function pick(id) {
  picked = picked === id ? null : id;
  for (const tile of tiles.values()) {
    tile.name.setAttribute('aria-pressed', String(tile.id === picked));
  }
  drawCaptions();
}

// ---- captions

function words() {
  return $('search').value.toLowerCase().split(/\s+/).filter((word) => word);
}

function matches(caption, wanted) {
  if (picked !== null && caption.camera !== picked) return false;
  if (caption.unsure && !$('unsure').checked) return false;
  if (!wanted.length) return true;
  const text = (caption.text + ' ' + nameOf(caption.camera)).toLowerCase();
  return wanted.every((word) => text.includes(word));
}

function nameOf(id) {
  const camera = cameras.get(id);
  return camera ? camera.name : '';
}

function marked(element, text, wanted) {
  const low = text.toLowerCase();
  let at = 0;
  while (wanted.length && low.length === text.length) {
    let next = -1;
    let length = 0;
    for (const word of wanted) {
      const found = low.indexOf(word, at);
      if (found >= 0 && (next < 0 || found < next)) { next = found; length = word.length; }
    }
    if (next < 0) break;
    element.append(text.slice(at, next), make('mark', '', text.slice(next, next + length)));
    at = next + length;
  }
  element.append(text.slice(at));
  return element;
}

function rowOf(caption, wanted) {
  const row = make('li', 'row');
  const meta = make('div', 'meta');
  const confidence = make('span', 'sure end');
  sure(confidence, caption);
  meta.append(marked(make('span', 'name'), nameOf(caption.camera) || '(no name)', wanted),
    make('span', '', time(caption.startMicros)));
  if (topologies.length > 1) meta.append(make('span', '', caption.source));
  if (caption.unchanged) meta.append(make('span', '', 'unchanged'));
  meta.append(confidence);
  const text = marked(make('p', caption.text.length > 240 ? 'long' : ''), caption.text, wanted);
  row.append(meta, text);
  return row;
}

function drawCaptions() {
  const wanted = words();
  const found = [];
  let total = 0;
  for (let i = captions.length - 1; i >= 0; i--) {
    if (matches(captions[i], wanted)) {
      total++;
      if (found.length < ROWS) found.push(rowOf(captions[i], wanted));
    }
  }
  $('captions').replaceChildren(...found);
  $('no-captions').hidden = found.length > 0;
  $('no-captions').textContent = captions.length ? 'No caption matches.' : 'Nothing has been described yet.';
  const narrowed = wanted.length || picked !== null || !$('unsure').checked;
  $('filtered').textContent = !narrowed ? '' :
    (picked !== null ? nameOf(picked) + ': ' : '') + count(total) + ' of the last '
    + count(captions.length) + ' captions' + (total > ROWS ? ', the newest ' + ROWS + ' shown' : '');
}

function addCaptions(fresh) {
  const wanted = words();
  if (wanted.length || picked !== null || !$('unsure').checked) { drawCaptions(); return; }
  const list = $('captions');
  const rows = fresh.slice(-ROWS).reverse().map((caption) => rowOf(caption, wanted));
  rows.forEach((row) => row.classList.add('fresh'));
  const read = list.scrollTop > 4 ? list.scrollHeight : -1;
  list.prepend(...rows);
  while (list.childElementCount > ROWS) list.lastElementChild.remove();
  if (read >= 0) list.scrollTop += list.scrollHeight - read; // what is being read stays in place
  $('no-captions').hidden = list.childElementCount > 0;
}

function drawPause() {
  $('pause').textContent = !paused ? 'Pause' : waiting ? 'Paused, ' + count(waiting) + ' new' : 'Paused';
}

// ---- alerts

function alertOf(alert) {
  const item = make('li', 'alert');
  item.dataset.severity = alert.severity;
  const meta = make('div', 'meta');
  meta.append(make('span', 'rule', alert.rule), make('span', 'level', alert.severity),
    make('span', 'name', nameOf(alert.caption.camera)), make('span', 'end', time(alert.caption.startMicros)));
  const text = marked(make('p'), alert.caption.text, alert.matched.map((term) => term.toLowerCase()));
  item.append(meta, text);
  if (alert.count > 1) {
    item.append(make('div', 'meta', count(alert.count) + ' clips matched since the alert before'));
  }
  if (alert.frameMicros.length) item.append(thumbsOf(alert));
  return item;
}

function thumbsOf(alert) {
  const button = make('button', 'thumbs');
  button.type = 'button';
  button.setAttribute('aria-label', 'Frames of the alert ' + alert.rule + ' on ' + nameOf(alert.caption.camera));
  alert.frameMicros.forEach((micros, i) => button.append(frameOf(alert, i)));
  button.addEventListener('click', () => enlarge(alert));
  return button;
}

function frameOf(alert, i) {
  const image = make('img');
  image.alt = '';
  image.loading = 'lazy';
  image.addEventListener('error', () => {
    const parent = image.parentElement;
    image.remove();
    if (parent && parent.matches('.thumbs') && !parent.childElementCount) parent.remove();
  });
  image.src = '/images/alert/' + alert.id + '/' + i;
  return image;
}

function enlarge(alert) {
  $('viewer-title').textContent = alert.rule + ' · ' + nameOf(alert.caption.camera);
  $('viewer-text').textContent = alert.caption.text;
  $('viewer-frames').replaceChildren(...alert.frameMicros.map((micros, i) => {
    const figure = make('figure');
    const image = frameOf(alert, i);
    image.alt = 'frame at ' + time(micros);
    figure.append(image, make('figcaption', '', time(micros)));
    return figure;
  }));
  $('viewer').showModal();
}

function drawAlerts(fresh) {
  $('alerts').prepend(...fresh.map(alertOf).reverse());
  while ($('alerts').childElementCount > 50) $('alerts').lastElementChild.remove();
  $('no-alerts').hidden = $('alerts').childElementCount > 0;
  for (const alert of fresh) flag(alert);
}

function flag(alert) {
  const tile = tiles.get(alert.caption.camera);
  if (!tile) return;
  tile.flag.textContent = alert.rule;
  tile.flag.dataset.severity = alert.severity;
  tile.flag.hidden = false;
  tile.flagged = Date.now();
}

// ---- a few words for screen readers, now and then

let unsaid = { captions: 0, last: null, alert: null };
let saidAt = 0;

function announce() {
  if (Date.now() - saidAt < ANNOUNCE_MILLIS || paused) return;
  const parts = [];
  if (unsaid.alert) {
    parts.push('Alert, ' + unsaid.alert.severity + ': ' + unsaid.alert.rule + ' on ' + nameOf(unsaid.alert.caption.camera) + '.');
  }
  if (unsaid.captions) {
    parts.push(unsaid.captions + ' new captions. ' + nameOf(unsaid.last.camera) + ': ' + unsaid.last.text.slice(0, 160));
  }
  if (!parts.length) return;
  $('announce').textContent = parts.join(' ');
  unsaid = { captions: 0, last: null, alert: null };
  saidAt = Date.now();
}

// ---- accounting

function outs(list) {
  const td = make('td');
  for (const one of list.filter((item) => item.count !== 0)) {
    const span = make('span', 'out');
    span.append(make('b', '', count(one.count)), ' ' + one.name);
    td.append(span);
  }
  return td;
}

function table(title, rows, className) {
  const element = make('table', className);
  element.append(make('caption', '', title));
  const body = make('tbody');
  for (const row of rows) {
    const tr = make('tr');
    const head = make('th', '', row.head);
    head.scope = 'row';
    tr.append(head, make('td', 'number', row.number), row.outs);
    body.append(tr);
  }
  element.append(body);
  return element;
}

function drawAccounts(accounts) {
  const tables = [];
  const names = [...new Set(accounts.lines.map((line) => line.topology))];
  for (const name of names) {
    tables.push(table('Topology ' + name + ', in this process', accounts.lines
      .filter((line) => line.topology === name)
      .map((line) => ({
        head: line.stage + ': ' + line.unit, number: count(line.in),
        outs: outs([...line.out, { name: 'open', count: line.open }]),
      }))));
  }
  if (accounts.read.length) {
    const read = accounts.read.map((one) => ({
      head: one.name, number: count(one.count),
      outs: one.name === 'dead letters' ? outs(accounts.deadLetters) : make('td'),
    }));
    tables.push(table('Read from the topics', read, 'read'));
  }
  if (!tables.length) tables.push(make('p', 'hint', 'Nothing has been read yet.'));
  $('accounts').replaceChildren(...tables);
}

function drawHealth(health) {
  const faults = health.checks.filter((check) => !check.ok);
  $('banner').hidden = faults.length === 0;
  $('banner').textContent = 'Not ready. ' + faults.map((check) => check.name + ': ' + check.reason).join('; ');
}

// ---- what the server tells

function take(update) {
  if (update.whole) {
    captions = [];
    alerts = [];
    waiting = 0;
    topologies = update.topologies;
    $('topologies').textContent = topologies.join(', ');
    cameras.clear();
    tiles.clear();
    watcher.disconnect();
    $('cameras').replaceChildren();
    $('captions').replaceChildren();
    $('alerts').replaceChildren();
  }
  hidden = update.hidden;
  for (const camera of update.cameras) {
    camera.received = Date.now();
    cameras.set(camera.id, camera);
    drawCamera(camera);
  }
  captions.push(...update.captions);
  if (captions.length > KEPT) captions = captions.slice(-KEPT);
  alerts.push(...update.alerts);
  if (paused) waiting += update.captions.length;
  else if (update.captions.length) addCaptions(update.captions);
  drawPause();
  drawAlerts(update.alerts);
  if (!update.whole) note(update);
  drawFigures();
}

function note(update) {
  const now = Date.now();
  for (let i = 0; i < update.captions.length; i++) arrivals.push(now);
  unsaid.captions += update.captions.length;
  unsaid.last = update.captions[update.captions.length - 1] || unsaid.last;
  unsaid.alert = update.alerts[update.alerts.length - 1] || unsaid.alert;
}

function drawFigures() {
  const since = Date.now() - 60000;
  arrivals = arrivals.filter((at) => at > since);
  $('count-cameras').textContent = count(cameras.size);
  $('count-captions').textContent = count(arrivals.length);
  const raised = alerts.length ? alerts[alerts.length - 1].id : 0;
  $('count-alerts').textContent = count(raised);
  $('label-alerts').textContent = raised === 1 ? 'alert' : 'alerts';
  const lags = [...cameras.values()].filter((one) => one.lagSeconds.length)
    .map((one) => one.lagSeconds[one.lagSeconds.length - 1]).sort((a, b) => a - b);
  $('median-lag').textContent = lags.length ? lag(lags[Math.floor(lags.length / 2)]) : '–';
  $('cameras').dataset.count = cameras.size <= FEW ? 'few' : cameras.size <= MANY ? 'some' : 'many';
  $('label-cameras').textContent = cameras.size === 1 ? 'camera' : 'cameras';
  $('no-cameras').hidden = cameras.size > 0;
  $('hidden-cameras').hidden = hidden === 0;
  $('hidden-cameras').textContent = 'More cameras send than this page shows.';
}

function connection(state, text) {
  if ($('connection').dataset.state !== state) {
    $('connection').dataset.state = state;
    $('connection').textContent = text;
  }
}

function connect() {
  const source = new EventSource('/live');
  source.addEventListener('open', () => connection('live', 'live'));
  source.addEventListener('update', (event) => take(JSON.parse(event.data)));
  source.addEventListener('state', (event) => {
    const state = JSON.parse(event.data);
    drawAccounts(state.accounts);
    drawHealth(state.health);
  });
  source.addEventListener('error', () => {
    connection('lost', 'reconnecting');
    if (source.readyState === EventSource.CLOSED) again();
  });
}

// A refusal ends an event source: the cookie may have expired, or too many pages are open.
async function again() {
  try {
    const answer = await fetch('/dashboard.js', { method: 'HEAD', cache: 'no-store' });
    if (answer.status === 401) { location.assign('/login'); return; }
  } catch (gone) {
    // tried again below
  }
  setTimeout(connect, 3000);
}

// ---- controls

function theme(next) {
  if (next === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  $('theme').textContent = 'Theme: ' + next;
  localStorage.setItem('theme', next);
}

$('theme').addEventListener('click', () => {
  const all = ['auto', 'light', 'dark'];
  theme(all[(all.indexOf(localStorage.getItem('theme') || 'auto') + 1) % all.length]);
});
$('pause').addEventListener('click', () => {
  paused = !paused;
  $('pause').setAttribute('aria-pressed', String(paused));
  waiting = 0;
  drawPause();
  if (!paused) drawCaptions();
});
$('filter').addEventListener('submit', (event) => event.preventDefault());
$('search').addEventListener('input', drawCaptions);
$('unsure').addEventListener('change', drawCaptions);
document.addEventListener('visibilitychange', () => tiles.forEach(show));
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.matches('input')) {
    event.preventDefault();
    $('search').focus();
  } else if (event.key === 'Escape' && event.target === $('search')) {
    $('search').value = '';
    drawCaptions();
  }
});
theme(localStorage.getItem('theme') || 'auto');
setInterval(() => { drawTimes(); drawFigures(); announce(); }, 1000);
connect();
