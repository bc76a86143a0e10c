// What the server tells goes to the parts of the page.
import { $ } from './page.js';
import { drawTimes, resetCameras, showFrames, updateCameras } from './cameras.js';
import { addCaptions, isPaused, resetCaptions } from './captions.js';
import { addAlerts, resetAlerts } from './alerts.js';
import { drawAccounts, drawHealth } from './accounts.js';
import { announce, drawRate, note } from './announcer.js';

function take(update) {
  if (update.whole) {
    resetCameras();
    resetCaptions(update.topologies);
    resetAlerts();
  }
  updateCameras(update.cameras, update.hidden);
  addCaptions(update.captions);
  addAlerts(update.alerts);
  if (!update.whole) note(update);
  drawTimes();
  drawRate();
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
document.addEventListener('visibilitychange', showFrames);
theme(localStorage.getItem('theme') || 'auto');
setInterval(() => {
  drawTimes();
  drawRate();
  if (!isPaused()) announce();
}, 1000);
connect();
