// The result in words and numbers.

function showAnswer() {
  const treatment = state.treatment;
  byId('headline').textContent = treatment.headline;
  byId('shares').textContent = treatment.shares;
  byId('totals').replaceChildren(...(treatment.totals || []).map((text) => element('p', {}, text)));
  byId('sentences').replaceChildren(...treatment.sentences.map((text) => element('p', {}, text)));
  const lead = treatment.att_first ? 'att' : 'ate';
  const order = lead === 'att' ? ['att', 'ate', 'atu'] : ['ate', 'att', 'atu'];
  byId('averages').replaceChildren(...order.map((measure) => card(treatment, measure, measure === lead)));
}

function card(treatment, measure, isFirst) {
  const estimate = treatment.averages[measure];
  const show = numbers(estimate.value === undefined ? 0 : estimate.value, (estimate.hi - estimate.lo) / 2);
  const box = element('div', { class: isFirst ? 'card first' : 'card' },
    element('h3', {}, `Average ${MEASURES[measure].name}`));
  if (estimate.value === undefined) {
    box.append(element('p', { class: 'value' }, 'none'), element('p', { class: 'quiet' }, 'No unit could be estimated.'));
    return box;
  }
  box.append(
    element('p', { class: 'value' }, (estimate.value > 0 ? '+' : '') + show(estimate.value)),
    element('p', { class: 'interval' }, estimate.lo === undefined ? 'no interval' : `${LEVEL} interval ${intervalText(estimate, show)}`),
    ...(data.groups && data.groups.by_group && estimate.lo !== undefined
      ? [element('p', { class: 'quiet' }, `with the ${treatment.groups.length} groups of ${short(data.groups.column, 40)} as the units of variation`)] : []),
    ...(treatment.caveat && estimate.lo !== undefined ? [element('p', { class: 'caveat' }, treatment.caveat)] : []),
    element('p', { class: 'quiet' }, `${MEASURES[measure].over}; ${count(treatment.averages.units)} ${treatment.averages.units === 1 ? 'unit' : 'units'} ${data.weighting}`));
  if (measure === 'att' && treatment.averages.att_over_cells.value !== undefined) {
    const cells = treatment.averages.att_over_cells;
    box.append(element('p', { class: 'quiet' },
      `Over treated cells instead of units, as most packages report it: ${show(cells.value)}${cells.lo === undefined ? '' : ` (${intervalText(cells, show)})`}`));
  }
  return box;
}

function showFrame() {
  byId('title').textContent = data.title;
  const last = data.periods.length - 1;
  byId('subtitle').textContent = `${short(data.file, 60)}: ${count(data.units)} units (${short(data.unit, 40)}), ${count(data.periods.length)} periods (${short(data.time, 40)}, ${short(data.periods[0], 30)} to ${short(data.periods[last], 30)})`;
  for (const node of document.querySelectorAll('.level')) node.textContent = LEVEL;
  byId('grade-meanings').textContent = data.grades.map((grade, k) => `${grade} (${data.grade_meanings[k]})`).join('; ') + '.';
  byId('warnings').hidden = data.warnings.length === 0;
  byId('warnings').querySelector('ul').replaceChildren(...data.warnings.map((text) => element('li', {}, text)));
  byId('chooser').hidden = data.treatments.length < 2;
  byId('treatment').append(...data.treatments.map((treatment, k) => element('option', { value: k }, short(treatment.name, 60))));
}
