// Averages by group and over chosen cells.

const groupName = (name) => short(name, 40);

function groupMeasure() {
  return state.treatment.att_first ? 'att' : 'ate';
}

/** The groups of the treatment from the highest average to the lowest; those without one come last. */
function rankedGroups() {
  const measure = groupMeasure();
  const value = (group) => (group.averages[measure].value === undefined ? -Infinity : group.averages[measure].value);
  return [...state.treatment.groups].sort((a, b) => value(b) - value(a));
}

function estimateCells(estimate, show) {
  if (!estimate || estimate.value === undefined) return [element('td', { class: 'number' }, ''), element('td', {}, estimate ? 'not estimable' : '')];
  return [element('td', { class: 'number' }, show(estimate.value)), element('td', { class: 'number' }, intervalText(estimate, show))];
}

function showAverages() {
  showGroups();
  showOverCells();
}

function showGroups() {
  const { treatment } = state;
  const hasGroups = treatment.groups !== undefined;
  byId('groups').hidden = !hasGroups;
  byId('groups-link').hidden = !hasGroups;
  if (!hasGroups) return;
  const measure = groupMeasure();
  const overall = treatment.averages[measure];
  const show = numbers(overall.value || 0, (overall.hi - overall.lo) / 2);
  const others = data.groups.base === undefined ? 'all other units' : groupName(data.groups.base);
  byId('groups-title').textContent = `By ${groupName(data.groups.column)}`;
  byId('groups-caption').textContent = `Average ${MEASURES[measure].name} of each group with its ${LEVEL} interval, from the highest to the lowest; the line is the average over all units. ${data.groups.by_group
    ? 'Treatment was decided by group: the interval of a group is for the effect and whatever else came with its treatment.'
    : 'Differences between groups need not be caused by what the groups are called.'}`;
  const head = [data.groups.column, 'units', MEASURES[measure].name, `${LEVEL} interval`, `minus ${others}`, `${LEVEL} interval`];
  byId('groups-table').replaceChildren(
    element('thead', {}, element('tr', {}, ...head.map((text, k) => element('th', { scope: 'col', class: k === 0 ? null : 'number' }, groupName(text))))),
    element('tbody', {}, ...rankedGroups().map((group) => element('tr', {},
      element('th', { scope: 'row' }, element('bdi', {}, groupName(group.name))),
      element('td', { class: 'number' }, count(group.averages.units)),
      ...estimateCells(group.averages[measure], show),
      ...estimateCells(group.contrast && group.contrast[measure], show)))));
  draw('groups-chart');
}

picture('groups-chart', {
  height: () => 70 + 22 * Math.min(60, state.treatment.groups.length),
  describe: () => `Averages of ${state.treatment.groups.length} groups with intervals; the table holds the numbers.`,
  option: (colours, width) => {
    const measure = groupMeasure();
    const shown = rankedGroups().filter((group) => group.averages[measure].value !== undefined).slice(0, 60).reverse();
    const estimates = shown.map((group) => group.averages[measure]);
    const overall = state.treatment.averages[measure];
    const known = (value, other) => (value === undefined ? other : value);
    const [least, most] = range([estimates.map((of) => known(of.lo, of.value)), estimates.map((of) => known(of.hi, of.value))], true);
    const letters = width < 600 ? 14 : 28;
    return {
      grid: { left: 7.2 * Math.min(letters, Math.max(...shown.map((group) => group.name.length), 4)) + 18, right: 20, top: 8, bottom: 48 },
      xAxis: axis(colours, {
        type: 'value', min: least, max: most, name: `average ${MEASURES[measure].name}, in units of ${short(data.outcome, 40)}`, nameLocation: 'middle', nameGap: 30,
        axisLabel: { formatter: ticks(least, most), showMinLabel: false, showMaxLabel: false },
      }),
      yAxis: axis(colours, { type: 'category', data: shown.map((group) => short(group.name, letters)), axisTick: { show: false } }),
      series: [
        drawing((api, box) => [[0, colours.ink], [overall.value, colours.accent]].filter(([value]) => value !== undefined).map(([value, stroke]) => {
          const x = api.coord([value, 0])[0];
          return { type: 'line', shape: { x1: x, x2: x, y1: box.y, y2: box.y + box.height }, style: { stroke, lineWidth: value === 0 ? 1 : 1.5, lineDash: value === 0 ? null : [6, 4] } };
        }), { z: 1 }),
        drawing((api) => estimates.flatMap((of, k) => {
          const y = api.coord([0, k])[1];
          const colour = colours[side(of)];
          const dot = { type: 'circle', shape: { cx: api.coord([of.value, k])[0], cy: y, r: 4 }, style: { fill: colour } };
          if (of.lo === undefined) return [dot];
          const [from, to] = [api.coord([of.lo, k])[0], api.coord([of.hi, k])[0]];
          return [{ type: 'line', shape: { x1: from, x2: to, y1: y, y2: y }, style: { stroke: colour, lineWidth: 2.5, opacity: 0.75 } }, dot];
        }), { z: 2 }),
      ],
    };
  },
});

function showOverCells() {
  const rows = state.treatment.over_cells || [];
  byId('over').hidden = rows.length === 0;
  if (rows.length === 0) return;
  const isByGroup = data.groups && data.groups.by_group;
  byId('over-caption').textContent = `Averages over the cells whose rows meet a condition: over all of them (ATE), and over the treated ones (ATT). Each unit counts ${data.weighting}, however many of its cells do.${isByGroup
    ? ' Intervals take the groups as the units of variation, but for cells of one group.' : ''}`;
  const head = ['cells that meet', 'cells', 'units', 'ATE', `${LEVEL} interval`, 'ATT', `${LEVEL} interval`];
  byId('over-table').replaceChildren(
    element('thead', {}, element('tr', {}, ...head.map((text, k) => element('th', { scope: 'col', class: k === 0 ? null : 'number' }, text)))),
    element('tbody', {}, ...rows.map((row) => {
      const { ate, att } = row.averages;
      const show = numbers(Math.max(Math.abs(ate.value || 0), Math.abs(att.value || 0)), (ate.hi - ate.lo) / 2);
      return element('tr', {}, element('th', { scope: 'row' }, short(row.condition, 120)),
        element('td', { class: 'number' }, count(row.cells)), element('td', { class: 'number' }, count(row.averages.units)),
        ...estimateCells(ate, show), ...estimateCells(att, show));
    })));
}
