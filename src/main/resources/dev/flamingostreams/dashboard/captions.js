// The captions as they come, and the search.
import { $, make, count, time, sure, marked } from './page.js';
import { nameOf, onPick, pickedCamera } from './cameras.js';

const KEPT = 5000; // captions to search in
const ROWS = 120; // of them on the page

let captions = [];
let topologies = [];
let paused = false;
let waiting = 0;

export function resetCaptions(names) {
  captions = [];
  waiting = 0;
  topologies = names;
  $('topologies').textContent = names.join(', ');
  $('captions').replaceChildren();
}

export function addCaptions(fresh) {
  captions.push(...fresh);
  if (captions.length > KEPT) captions = captions.slice(-KEPT);
  if (paused) waiting += fresh.length;
  else if (fresh.length) drawFresh(fresh);
  drawPause();
}

export function isPaused() {
  return paused;
}

function words() {
  return $('search').value.toLowerCase().split(/\s+/).filter((word) => word);
}

function matches(caption, wanted) {
  if (pickedCamera() !== null && caption.camera !== pickedCamera()) return false;
  if (caption.unsure && !$('unsure').checked) return false;
  if (!wanted.length) return true;
  const text = (caption.text + ' ' + nameOf(caption.camera)).toLowerCase();
  return wanted.every((word) => text.includes(word));
}

function isNarrowed() {
  return words().length > 0 || pickedCamera() !== null || !$('unsure').checked;
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
  $('filtered').textContent = !isNarrowed() ? '' :
    (pickedCamera() !== null ? nameOf(pickedCamera()) + ': ' : '') + count(total) + ' of the last '
    + count(captions.length) + ' captions' + (total > ROWS ? ', the newest ' + ROWS + ' shown' : '');
}

function drawFresh(fresh) {
  if (isNarrowed()) { drawCaptions(); return; }
  const list = $('captions');
  const rows = fresh.slice(-ROWS).reverse().map((caption) => rowOf(caption, []));
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

onPick(drawCaptions);
$('filter').addEventListener('submit', (event) => event.preventDefault());
$('search').addEventListener('input', drawCaptions);
$('unsure').addEventListener('change', drawCaptions);
$('pause').addEventListener('click', () => {
  paused = !paused;
  $('pause').setAttribute('aria-pressed', String(paused));
  waiting = 0;
  drawPause();
  if (!paused) drawCaptions();
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !event.target.matches('input')) {
    event.preventDefault();
    $('search').focus();
  } else if (event.key === 'Escape' && event.target === $('search')) {
    $('search').value = '';
    drawCaptions();
  }
});
