// What every part of the page is made with. Everything that comes from a topic is set as text, never as
// markup.

export const $ = (id) => document.getElementById(id);

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function count(number) {
  return number.toLocaleString('en-US');
}

// Files count from 1970: their times are shown as durations.
export function time(micros) {
  const seconds = micros / 1e6;
  if (seconds > 3e8) return new Date(seconds * 1000).toLocaleTimeString('en-GB');
  const whole = Math.max(0, Math.floor(seconds));
  const part = (n) => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  return (hours ? hours + ':' : '') + part(Math.floor(whole / 60) % 60) + ':' + part(whole % 60);
}

export function lag(seconds) {
  return seconds < 10 ? seconds.toFixed(1) + ' s' : count(Math.round(seconds)) + ' s';
}

export function sure(element, caption) {
  const percent = Math.round(caption.confidence * 100);
  const bar = make('i');
  bar.style.setProperty('--part', percent + '%');
  element.replaceChildren(bar, (caption.unsure ? 'unsure ' : '') + percent + ' %');
  element.toggleAttribute('data-unsure', caption.unsure);
  element.title = 'Probability of an average token: ' + percent + ' %'
    + (caption.unsure ? '; the model is unsure' : '');
}

export function marked(element, text, wanted) {
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
