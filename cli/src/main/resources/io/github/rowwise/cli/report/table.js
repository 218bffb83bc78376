// The table of units: only the rows in view exist, however many there are.

const ROW = 37;
const PRINTED = 40;

/** The columns: what sorts them, what they hold, and the number in a cell. */
function tableColumns() {
  const name = MEASURES[state.measure].name;
  const hasPosterior = state.factorModel && state.measure === 'ate';
  const columns = [
    { key: 'name', title: data.unit, kind: 'name' },
    { key: 'value', title: name, kind: 'value', number: true, sort: column(state.treatment, state.measure) },
    { key: 'bar', title: `${LEVEL} interval`, kind: 'bar', sort: column(state.treatment, `${state.measure}_ci_lo`) },
  ];
  if (hasPosterior) columns.push({ key: 'prob', title: 'P(> 0)', kind: 'p', number: true, sort: column(state.treatment, 'prob_positive'), hint: 'posterior probability that the ATE is above zero' });
  else if (state.measure === 'ate') columns.push({ key: 'q', title: 'q-value', kind: 'p', number: true, sort: column(state.treatment, 'q_value'), hint: 'for the ATE; controls the false discovery rate over the units' });
  columns.push(
    { key: 'n', title: 'treated', kind: 'n', number: true, sort: column(state.treatment, 'n_treated'), hint: 'periods seen under treatment' },
    { key: 'grade', title: 'grade', kind: 'grade', sort: column(state.treatment, 'grade') });
  return columns;
}

function showHead() {
  const head = element('tr', {});
  for (const part of tableColumns()) {
    const sorted = state.sort.key === part.key ? (state.sort.rising ? 'ascending' : 'descending') : 'none';
    const button = element('button', { type: 'button', title: part.hint }, short(part.title, 24));
    button.addEventListener('click', () => {
      const isSame = state.sort.key === part.key;
      state.sort = { key: part.key, rising: isSame ? !state.sort.rising : part.key === 'name' || part.key === 'grade' };
      arrange();
      showHead();
      showRows(true);
      byId('table').querySelector(`[data-key="${part.key}"] button`).focus();
    });
    head.append(element('th', { scope: 'col', class: `c-${part.kind}${part.number ? ' number' : ''}`, 'aria-sort': sorted, 'data-key': part.key }, button));
  }
  byId('table').tHead.replaceChildren(head);
}

function showRows(fromTop) {
  const scroller = byId('scroller');
  scroller.style.height = data.names.length < 15 ? `${44 + data.names.length * ROW}px` : '';
  if (fromTop) scroller.scrollTop = 0;
  const many = state.rows.length;
  const first = state.printing ? 0 : Math.max(0, Math.floor(scroller.scrollTop / ROW) - 6);
  const last = state.printing ? Math.min(many, PRINTED) : Math.min(many, first + Math.ceil(scroller.clientHeight / ROW) + 12);
  const columns = tableColumns();
  const { show } = state.frame;
  const body = [];
  if (first > 0) body.push(space(first * ROW));
  for (let k = first; k < last; k++) body.push(tableRow(state.rows[k], k, columns, show));
  if (last < many && !state.printing) body.push(space((many - last) * ROW));
  byId('table').tBodies[0].replaceChildren(...body);
  byId('table').setAttribute('aria-rowcount', many + 1);
}

/** One cell and no more: a row may be shorter than the others, and on a phone some columns are hidden. */
function space(height) {
  const cell = element('td', {});
  cell.style.height = `${height}px`;
  return element('tr', { class: 'space', 'aria-hidden': 'true' }, cell);
}

function tableRow(unit, k, columns, show) {
  const estimate = effect(state.treatment, state.measure, unit);
  const row = element('tr', { 'aria-rowindex': k + 2, 'aria-selected': String(unit === state.selected), 'data-unit': unit, class: `grade-${data.grades[column(state.treatment, 'grade')[unit]].replace(' ', '-')}` });
  for (const part of columns) {
    const cell = element('td', { class: `c-${part.kind}${part.number ? ' number' : ''}` });
    if (part.kind === 'name') {
      cell.append(element('bdi', {}, short(data.names[unit], 120)));
      cell.title = short(data.names[unit], 300);
    } else if (part.kind === 'value') {
      cell.textContent = show(estimate.value);
      cell.title = caveat(state.treatment, unit);
    } else if (part.kind === 'bar') {
      cell.append(Number.isFinite(estimate.value) ? intervalBar(estimate) : short(reason(state.treatment, unit), 60));
      cell.title = Number.isFinite(estimate.value) ? `${LEVEL} interval ${intervalText(estimate, show)}` : reason(state.treatment, unit);
    } else if (part.kind === 'p') {
      const value = part.sort[unit];
      cell.textContent = Number.isNaN(value) ? '' : value < 0.001 ? '<0.001' : value > 0.999 ? '>0.999' : value.toFixed(3);
    } else if (part.kind === 'grade') {
      cell.textContent = data.grades[part.sort[unit]];
    } else {
      cell.textContent = `${count(part.sort[unit])}`;
    }
    row.append(cell);
  }
  return row;
}

function intervalBar(estimate) {
  const at = (value) => 100 * Math.min(1, Math.max(0, (value - state.frame.least) / (state.frame.most - state.frame.least)));
  const isKnown = Number.isFinite(estimate.lo);
  const zero = element('i', { class: 'zero' });
  const line = element('i', { class: 'range' });
  const dot = element('i', { class: 'dot' });
  zero.style.left = `${at(0)}%`;
  dot.style.left = `${at(estimate.value)}%`;
  if (isKnown) {
    line.style.left = `${at(estimate.lo)}%`;
    line.style.width = `${at(estimate.hi) - at(estimate.lo)}%`;
  }
  return element('span', { class: `bar ${isKnown ? side(estimate) : ''}` }, zero, line, dot);
}

function showCount() {
  const shown = state.rows.length;
  const all = data.names.length === data.units
    ? `${count(data.units)} units`
    : `${count(data.names.length)} units in this file, which stand for ${count(data.units)} (the most extreme, and others at even steps by effect)`;
  const inPrint = state.printing && shown > PRINTED ? ` The first ${PRINTED} are printed.` : '';
  byId('count').textContent = (shown === 0 ? `No unit matches; there are ${all}.` : shown === data.names.length ? `All ${all}.` : `${count(shown)} of ${all}.`) + inPrint;
  byId('download').textContent = `Download ${count(shown)} ${shown === 1 ? 'row' : 'rows'} (CSV)`;
  byId('download').disabled = shown === 0;
  byId('download-note').textContent = 'The rows above in their order, with every column and all digits.';
}

function listenToTable() {
  const scroller = byId('scroller');
  let isWaiting = false;
  scroller.addEventListener('scroll', () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      showRows(false);
    });
  });
  byId('table').tBodies[0].addEventListener('click', (event) => {
    const row = event.target.closest('tr[data-unit]');
    if (row) select(Number(row.dataset.unit), matchMedia('(max-width: 900px)').matches);
  });
  scroller.addEventListener('keydown', (event) => {
    if (event.target !== scroller) return;
    const page = Math.max(1, Math.floor(scroller.clientHeight / ROW) - 2);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (!(event.key in steps) || state.rows.length === 0) return;
    event.preventDefault();
    const from = state.rows.indexOf(state.selected);
    select(state.rows[Math.min(state.rows.length - 1, Math.max(0, from + steps[event.key]))], false);
    reveal();
  });
  byId('download').addEventListener('click', download);
}

/** Scrolls the table to the selected unit. */
function reveal() {
  const at = state.rows.indexOf(state.selected);
  if (at < 0) return;
  const scroller = byId('scroller');
  const top = at * ROW;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + 2.2 * ROW > scroller.scrollTop + scroller.clientHeight - ROW) scroller.scrollTop = top - scroller.clientHeight + 3.2 * ROW;
  showRows(false);
}
