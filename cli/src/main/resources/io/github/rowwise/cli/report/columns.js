// What covariates and attributes of units tell.

function showColumns() {
  const { attributes } = state.treatment;
  const covariates = data.covariates || [];
  byId('whom').hidden = attributes === undefined && covariates.length === 0;
  byId('whom-link').hidden = byId('whom').hidden;
  byId('whom-title').textContent = attributes === undefined ? 'Covariates' : 'For whom';
  showCovariates(covariates);
  showAttributes(attributes);
}

function showNumbers(estimates) {
  const sizes = estimates.filter((of) => of.value !== undefined);
  const largest = Math.max(0, ...sizes.map((of) => Math.abs(of.value)));
  return numbers(largest, Math.min(...sizes.map((of) => (of.lo === undefined ? Math.abs(of.value) : (of.hi - of.lo) / 2)), largest || 1));
}

function fillTable(id, head, rows) {
  byId(id).replaceChildren(
    element('thead', {}, element('tr', {}, ...head.map((text, k) => element('th', { scope: 'col', class: k === 0 ? null : 'number' }, text)))),
    element('tbody', {}, ...rows));
}

function showCovariates(covariates) {
  byId('covariates').hidden = covariates.length === 0;
  if (covariates.length === 0) return;
  byId('covariates-caption').textContent = `What one more unit of each covariate adds to ${short(data.outcome, 40)}, the same in all units. Effects are those at equal covariates.`;
  fillTable('covariates-table', ['covariate', 'coefficient', `${LEVEL} interval`], covariates.map((covariate) => element('tr', {},
    element('th', { scope: 'row' }, element('bdi', {}, short(covariate.name, 60))), ...estimateCells(covariate, showNumbers([covariate])))));
}

function showAttributes(attributes) {
  byId('attributes').hidden = attributes === undefined;
  if (attributes === undefined) return;
  byId('attributes-caption').textContent = `Attributes explain ${Math.round(100 * attributes.explained_share)} % of the variance of the ATE between units. The table has what each adds, others being equal. It says which units have larger effects, and not what a change of the attribute would do.`;
  fillTable('attributes-table', ['attribute', 'adds to the ATE', `${LEVEL} interval`], attributes.coefficients.map((of) => element('tr', {},
    element('th', { scope: 'row' }, element('bdi', {}, of.level === '' ? `${short(of.attribute, 40)}, per unit` : `${short(of.attribute, 40)} ${short(of.level, 40)}, than ${short(of.base, 40)}`)),
    ...estimateCells(of, showNumbers([of])))));
  byId('levels').hidden = attributes.averages.length === 0;
  const show = showNumbers(attributes.averages);
  fillTable('levels-table', ['level', 'units', 'average ATE', `${LEVEL} interval`], attributes.averages.map((of) => element('tr', {},
    element('th', { scope: 'row' }, element('bdi', {}, `${short(of.attribute, 40)} ${short(of.level, 40)}`)),
    element('td', { class: 'number' }, count(of.units)), ...estimateCells(of, show))));
}
