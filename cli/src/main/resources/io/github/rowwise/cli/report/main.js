// What is shown, and what happens when the reader asks for something else.

const state = {
  treatment: data.treatments[0],
  arm: 1,
  measure: data.treatments[0].att_first ? 'att' : 'ate',
  factorModel: data.factor_model,
  query: '',
  grades: new Set(data.grades.keys()),
  sort: { key: 'value', rising: false },
  zoom: [undefined, undefined],
  frame: null,
  rows: [],
  ranked: [],
  selected: -1,
  printing: false,
};

/** Shows a unit; scrolls to it where the click was elsewhere. */
function select(unit, scroll) {
  state.selected = unit;
  draw('ranking');
  showUnit();
  showRows(false);
  if (!scroll) return;
  reveal();
  const box = byId('unit').getBoundingClientRect();
  if (box.top > innerHeight - 200 || box.bottom < 200) byId('unit').scrollIntoView({ block: 'start' });
}

/** After the search, the grades or the measure have changed. */
function showUnits() {
  arrange();
  state.zoom = [undefined, undefined];
  showHead();
  showRows(true);
  showCount();
  showRanking();
}

function chip(type, name, value, label, isChecked, changed) {
  const input = element('input', { type, name, value, checked: isChecked });
  input.addEventListener('change', () => changed(input));
  return element('label', { class: 'chip' }, input, element('span', {}, label));
}

function showTools() {
  const measures = Object.keys(MEASURES).map((measure) => chip('radio', 'measure', measure, MEASURES[measure].name, measure === state.measure, () => {
    state.measure = measure;
    state.frame = effectRange(state.treatment, measure);
    showUnits();
  }));
  byId('measure').replaceChildren(byId('measure').querySelector('legend'), ...measures);
  const grade = column(state.treatment, 'grade');
  const chips = data.grades.map((label, k) => {
    const many = grade.reduce((sum, each) => sum + (each === k), 0);
    return many === 0 ? null : chip('checkbox', 'grade', k, `${label} ${count(many)}`, state.grades.has(k), (input) => {
      if (input.checked) state.grades.add(k);
      else state.grades.delete(k);
      showUnits();
    });
  });
  byId('grades').replaceChildren(byId('grades').querySelector('legend'), ...chips.filter(Boolean));
}

/** After another treatment was chosen; the pictures further down follow one by one. */
function showTreatment(k) {
  state.treatment = data.treatments[k];
  state.arm = k + 1;
  state.measure = state.treatment.att_first ? 'att' : 'ate';
  state.frame = effectRange(state.treatment, state.measure);
  if (state.selected < 0) {
    arrange();
    state.selected = state.ranked.length ? state.ranked[0] : 0;
  }
  showAnswer();
  showTools();
  showUnits();
  performance.mark('units');
  const parts = [showAverages, showColumns, showUnit, showTime, showChecks, showPanel, showFactors, showMethod];
  const next = () => {
    const part = parts.shift();
    if (!part) {
      performance.mark('all');
      document.documentElement.dataset.drawn = 'all';
      return;
    }
    part();
    setTimeout(next, 0);
  };
  setTimeout(next, 0);
}

function redraw() {
  for (const [id, entry] of charts) if (entry.chart) draw(id);
  showRows(false);
  showCount();
}

showFrame();
listenToTable();
byId('treatment').addEventListener('change', (event) => showTreatment(Number(event.target.value)));
byId('search').addEventListener('input', (event) => {
  state.query = event.target.value;
  showUnits();
});
showTreatment(0);

let waiting = 0;
addEventListener('resize', () => {
  if (state.printing) return;
  clearTimeout(waiting);
  waiting = setTimeout(redraw, 120);
});
addEventListener('scroll', tip.hide, { passive: true });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
addEventListener('beforeprint', () => {
  document.documentElement.dataset.print = '';
  document.querySelector('.terms').open = true;
  state.printing = true;
  printWidth = 680;
  redraw();
});
addEventListener('afterprint', () => {
  delete document.documentElement.dataset.print;
  document.querySelector('.terms').open = false;
  state.printing = false;
  printWidth = null;
  redraw();
});
