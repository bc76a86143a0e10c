// A few words for screen readers, now and then.
import { $, count } from './page.js';
import { nameOf } from './cameras.js';

const PAUSE_MILLIS = 12000;
const MINUTE_MILLIS = 60000;
const FEWEST_MILLIS = 8000;

const openedAt = Date.now();

let unsaid = { captions: 0, last: null, alert: null };
let saidAt = 0;
let arrivals = [];

export function note(update) {
  const now = Date.now();
  for (let i = 0; i < update.captions.length; i++) arrivals.push(now);
  unsaid.captions += update.captions.length;
  unsaid.last = update.captions[update.captions.length - 1] || unsaid.last;
  unsaid.alert = update.alerts[update.alerts.length - 1] || unsaid.alert;
}

// Of the last minute, or of the time that this page is open, but for its first seconds.
export function drawRate() {
  const now = Date.now();
  arrivals = arrivals.filter((at) => at > now - MINUTE_MILLIS);
  const over = Math.min(MINUTE_MILLIS, Math.max(FEWEST_MILLIS, now - openedAt));
  $('count-captions').textContent = count(Math.round((arrivals.length * MINUTE_MILLIS) / over));
}

export function announce() {
  if (Date.now() - saidAt < PAUSE_MILLIS) return;
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
