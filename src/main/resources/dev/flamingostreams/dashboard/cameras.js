// A tile for each camera.
import { $, make, count, time, lag, sure } from './page.js';

const IMAGE_MILLIS = 400; // between two frames of a tile
const FLAG_MILLIS = 30000; // that an alert stays on a tile
const FEW = 6; // cameras that get larger tiles
const MANY = 12; // more get smaller ones

const byName = new Intl.Collator('en', { numeric: true });
const cameras = new Map();
const tiles = new Map();
let picked = null;
let whenPicked = () => {};

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const tile = tiles.get(Number(entry.target.dataset.camera));
    if (tile) { tile.seen = entry.isIntersecting; show(tile); }
  }
}, { rootMargin: '150px' });

export function onPick(action) {
  whenPicked = action;
}

export function pickedCamera() {
  return picked;
}

export function nameOf(id) {
  const camera = cameras.get(id);
  return camera ? camera.name : '';
}

export function resetCameras() {
  cameras.clear();
  tiles.clear();
  watcher.disconnect();
  picked = null;
  $('cameras').replaceChildren();
}

export function updateCameras(changed, hidden) {
  for (const camera of changed) {
    camera.received = Date.now();
    cameras.set(camera.id, camera);
    drawCamera(camera);
  }
  $('cameras').dataset.count = cameras.size <= FEW ? 'few' : cameras.size <= MANY ? 'some' : 'many';
  $('label-cameras').textContent = cameras.size === 1 ? 'camera' : 'cameras';
  $('count-cameras').textContent = count(cameras.size);
  $('no-cameras').hidden = cameras.size > 0;
  $('hidden-cameras').hidden = hidden === 0;
  $('hidden-cameras').textContent = 'More cameras send than this page shows.';
  const lags = [...cameras.values()].filter((one) => one.lagSeconds.length)
    .map((one) => one.lagSeconds[one.lagSeconds.length - 1]).sort((a, b) => a - b);
  $('median-lag').textContent = lags.length ? lag(lags[Math.floor(lags.length / 2)]) : '–';
}

// Those in sight, once the page is.
export function showFrames() {
  tiles.forEach(show);
}

export function drawTimes() {
  const now = Date.now();
  for (const camera of cameras.values()) {
    const tile = tiles.get(camera.id);
    const quiet = camera.quietSeconds + Math.floor((now - camera.received) / 1000);
    const at = camera.frameMicros === undefined ? 'no frame yet' : time(camera.frameMicros);
    tile.at.textContent = camera.ended ? 'ended ' + at : quiet > 9 ? at + ', quiet ' + lag(quiet) : at;
    if (tile.flagged && now - tile.flagged > FLAG_MILLIS) { tile.flag.hidden = true; tile.flagged = 0; }
  }
}

export function flag(alert) {
  const tile = tiles.get(alert.caption.camera);
  if (!tile) return;
  tile.flag.textContent = alert.rule;
  tile.flag.dataset.severity = alert.severity;
  tile.flag.hidden = false;
  tile.flagged = Date.now();
}

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
  if (tiles.get(tile.id) !== tile) return; // it was drawn anew
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

function pick(id) {
  picked = picked === id ? null : id;
  for (const tile of tiles.values()) {
    tile.name.setAttribute('aria-pressed', String(tile.id === picked));
  }
  whenPicked();
}
