// One unit: its numbers, and its observed outcomes beside the completed ones.

function showUnit() {
  const { treatment, selected: unit } = state;
  if (unit < 0) return;
  byId('unit-name').textContent = data.names[unit].slice(0, 2000);
  const why = reason(treatment, unit);
  byId('unit-grade').textContent = `Grade ${data.grades[column(treatment, 'grade')[unit]]}${why ? `: ${why}` : ''}. Seen in ${count(column(treatment, 'n_treated')[unit])} treated and ${count(column(treatment, 'n_control')[unit])} control periods; ${count(column(treatment, 'n_missing')[unit])} without an outcome.`;
  byId('unit-caveat').textContent = caveat(treatment, unit);
  const { show } = state.frame;
  const rows = Object.keys(MEASURES).map((measure) => {
    const estimate = effect(treatment, measure, unit);
    const text = Number.isFinite(estimate.value) ? [show(estimate.value), `${LEVEL} interval ${intervalText(estimate, show)}`] : ['none', ''];
    return element('tr', {},
      element('th', { scope: 'row' }, MEASURES[measure].name),
      element('td', {}, text[0]),
      element('td', {}, text[1], element('div', { class: 'quiet' }, MEASURES[measure].over)));
  });
  const predicted = column(treatment, 'predicted_ate');
  if (predicted && Number.isFinite(predicted[unit])) {
    rows.push(element('tr', {}, element('th', { scope: 'row' }, 'Predicted ATE'), element('td', {}, show(predicted[unit])),
      element('td', {}, `${LEVEL} interval ${intervalText(effect(treatment, 'predicted_ate', unit), show)}`,
        element('div', { class: 'quiet' }, 'what the model expects of a unit that lacks an arm; no estimate'))));
  }
  byId('unit-effects').replaceChildren(...rows, ...totalRows(treatment, unit));
  const hasOutcomes = observed(unit) !== null;
  byId('unit-caption').textContent = [
    hasOutcomes
      ? 'Dots are outcomes that were seen: filled under treatment, rings under control.'
      : data.observed.how,
    'The lines are the completed outcomes: what the method expects of this unit in every period under treatment (blue) and under control (grey). The distance between them is the effect, drawn below; single periods are less certain than their average.',
    data.onset_terms ? (hasOutcomes
      ? 'The effect depends on the time since treatment began; in periods without treatment it is that of the unit\u2019s average time.'
      : 'The effect depends on the time since treatment began; the lines show it for the unit\u2019s average time.') : '',
    data.treatments.length > 1 && hasOutcomes ? 'Dots in another colour were seen under another treatment.' : '',
  ].join(' ').trim();
  draw('unit-chart');
}

/** What the effect on a unit amounts to: a row for each amount that was asked for. */
function totalRows(treatment, unit) {
  const amounts = [
    ['ate_percent', 'ATE in percent', 'of the outcome under control', '\u00a0%'],
    ['att_percent', 'ATT in percent', 'of the outcome under control', '\u00a0%'],
    ['total_effect', 'In all', `over the treated periods, in ${short(treatment.unit_of_totals || '', 60)}`, ''],
    ['worth', 'Worth', 'of the effect in all', ''],
    ['cost', 'Cost', 'of the treated periods', ''],
    ['net_return', 'Net return', 'worth less cost', ''],
    ['return_on_cost', 'Return on cost', 'net return over cost', ''],
  ];
  return amounts.filter(([name]) => column(treatment, name) !== null).map(([name, title, over, mark]) => {
    const [value, lo, hi] = ['', '_ci_lo', '_ci_hi'].map((end) => (column(treatment, name + end) || [])[unit]);
    const show = (of) => numbers(value)(of) + mark;
    const isKnown = Number.isFinite(value);
    return element('tr', {},
      element('th', { scope: 'row' }, title),
      element('td', {}, isKnown ? show(value) : 'none'),
      element('td', {}, isKnown && Number.isFinite(lo) ? `${LEVEL} interval ${show(lo)} to ${show(hi)}` : '',
        element('div', { class: 'quiet' }, over)));
  });
}

/** What to know before the numbers of a unit are used; empty where it is graded ok. */
function caveat(treatment, unit) {
  const [treated, control] = ['n_treated', 'n_control'].map((name) => column(treatment, name)[unit]);
  const fewer = treated <= control ? [treated, 'treated'] : [control, 'control'];
  const many = `${count(fewer[0])} ${fewer[1]} ${fewer[0] === 1 ? 'period' : 'periods'}`;
  return {
    weak: `Weak: this rests on ${many}. The interval takes ${fewer[0] === 1 ? 'that period' : 'those periods'} to be as noisy as the unit\u2019s other ones; if ${fewer[0] === 1 ? 'it was' : 'they were'} not, it is too short. Look at the outcomes below, and do not single the unit out.`,
    extrapolated: 'Extrapolated: one arm was seen in a single stretch only. Read the ATT; the ATE rests on periods without a comparison.',
  }[data.grades[column(treatment, 'grade')[unit]]] || '';
}

function unitCourses() {
  const unit = state.selected;
  const arm = state.arm;
  const control = completed(0, unit);
  const treated = completed(arm, unit);
  return { unit, arm, control, treated, seen: observed(unit), difference: control && treated ? treated.map((value, j) => value - control[j]) : null };
}

/** Gaps as null, which is how a chart leaves them out. */
const plotted = (values) => (values ? Array.from(values, (value) => (Number.isFinite(value) ? value : null)) : []);

/** Room for the legend and the name of the axis: on a phone the legend takes more lines. */
const legendHeight = (width) => (width < 380 ? 84 : width < 560 ? 72 : 56);

const isLong = () => data.periods.length > 120 && !state.printing;

picture('unit-chart', {
  height: (width) => legendHeight(width) + 360 + (isLong() ? 34 : 0),
  describe: () => `Observed and completed outcomes of ${short(data.names[state.selected], 80)} by period, and their difference.`,
  option: (colours, width) => {
    const { arm, control, treated, seen, difference } = unitCourses();
    const name = state.treatment.name;
    const inArm = (wanted) => (seen ? plotted(seen.outcomes).map((value, j) => (wanted(seen.arms[j]) ? value : null)) : []);
    const size = data.periods.length > 150 ? 4 : data.periods.length > 60 ? 5 : 7;
    const [least, most] = range([control || [], treated || [], seen ? seen.outcomes : []], false);
    const show = numbers(Math.max(Math.abs(least), Math.abs(most)));
    const dots = (title, wanted, style) => ({ name: title, type: 'scatter', data: inArm(wanted), symbolSize: size, itemStyle: style, z: 3 });
    const line = (title, values, colour, dash) => ({ name: title, type: 'line', data: plotted(values), showSymbol: false, lineStyle: { width: 2, color: colour, type: dash }, itemStyle: { color: colour }, z: 2 });
    const long = width < 500 ? 14 : 24;
    const legend = [];
    const series = [];
    const add = (entry, icon) => {
      legend.push({ name: entry.name, icon });
      series.push(entry);
    };
    if (treated) add(line(`completed, ${short(name, long)}`, treated, colours.treated), 'roundRect');
    if (control) add(line('completed, control', control, colours.control, [6, 3]), 'roundRect');
    if (seen) {
      add(dots(`seen, ${short(name, long)}`, (at) => at === arm, { color: colours.treated }), 'circle');
      add(dots('seen, control', (at) => at === 0, { color: 'transparent', borderColor: colours.control, borderWidth: 1.5 }), 'circle');
      if (data.treatments.length > 1) add(dots('seen, other', (at) => at > 0 && at !== arm, { color: colours.other }), 'diamond');
    }
    const top = legendHeight(width);
    const category = (grid, more) => axis(colours, { type: 'category', gridIndex: grid, data: data.periods, boundaryGap: true, ...more });
    if (difference) series.push({ ...line('effect', difference, colours.ink), xAxisIndex: 1, yAxisIndex: 1, lineStyle: { width: 1.5, color: colours.ink } });
    const [low, high] = range([difference || [0]], true);
    const left = gutter([least, most], [low, high]);
    return {
      legend: { top: 0, left: 0, data: legend, selectedMode: false, itemWidth: 14, itemHeight: 8, itemGap: 12, textStyle: { color: colours.soft, fontSize: 12 } },
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      dataZoom: isLong() ? [slider(colours, { xAxisIndex: [0, 1] })] : [],
      grid: [
        gridAt(left, top, difference ? 190 : 270),
        gridAt(left, top + 240, difference ? 82 : 0),
      ],
      xAxis: [
        category(0, { axisLabel: { ...PERIOD_LABELS, show: !difference }, axisLine: { onZero: false, lineStyle: { color: colours.line } }, axisTick: { show: false } }),
        category(1, { show: Boolean(difference), axisLine: { onZero: true, lineStyle: { color: colours.soft } }, axisLabel: PERIOD_LABELS }),
      ],
      yAxis: [
        axis(colours, { type: 'value', gridIndex: 0, min: least, max: most, name: short(data.outcome, 30), nameTextStyle: { align: 'left', padding: [0, 0, 0, -left + 10], color: colours.soft }, axisLabel: { formatter: ticks(least, most), showMinLabel: false, showMaxLabel: false } }),
        axis(colours, { type: 'value', gridIndex: 1, show: Boolean(difference), min: low, max: high, splitNumber: 3, name: 'effect', nameTextStyle: { align: 'left', padding: [0, 0, -2, -left + 10], color: colours.soft }, axisLabel: { formatter: ticks(low, high), showMinLabel: false, showMaxLabel: false } }),
      ],
      tooltip: tooltip(colours, (j) => {
        const at = seen ? seen.arms[j] : -2;
        return [periodName(j),
          ...(at >= 0 ? [`seen ${show(seen.outcomes[j])} (${short(data.arms[at], 40)})`] : at === -1 ? ['no outcome'] : []),
          ...(treated ? [`completed, ${short(name, 40)}: ${show(treated[j])}`] : []),
          ...(control ? [`completed, control: ${show(control[j])}`] : []),
          ...(difference ? [`effect ${numbers(Math.max(Math.abs(low), Math.abs(high)))(difference[j])}`] : [])];
      }),
      series,
    };
  },
});
