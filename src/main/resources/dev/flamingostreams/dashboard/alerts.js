// Alerts, with frames of the clips that raised them.
import { $, make, count, time, marked } from './page.js';
import { flag, nameOf } from './cameras.js';

const ROWS = 50;

export function resetAlerts() {
  $('count-alerts').textContent = '0';
  $('alerts').replaceChildren();
}

export function addAlerts(fresh) {
  $('alerts').prepend(...fresh.map(alertOf).reverse());
  while ($('alerts').childElementCount > ROWS) $('alerts').lastElementChild.remove();
  $('no-alerts').hidden = $('alerts').childElementCount > 0;
  for (const alert of fresh) flag(alert);
  if (!fresh.length) return;
  const raised = fresh[fresh.length - 1].id;
  $('count-alerts').textContent = count(raised);
  $('label-alerts').textContent = raised === 1 ? 'alert' : 'alerts';
}

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
