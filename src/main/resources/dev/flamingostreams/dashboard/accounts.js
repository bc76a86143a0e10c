// What became of everything, and what is not well.
import { $, make, count } from './page.js';

export function drawAccounts(accounts) {
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

export function drawHealth(health) {
  const faults = health.checks.filter((check) => !check.ok);
  $('banner').hidden = faults.length === 0;
  $('banner').textContent = 'Not ready. ' + faults.map((check) => check.name + ': ' + check.reason).join('; ');
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

function outs(list) {
  const td = make('td');
  for (const one of list.filter((item) => item.count !== 0)) {
    const span = make('span', 'out');
    span.append(make('b', '', count(one.count)), ' ' + one.name);
    td.append(span);
  }
  return td;
}
