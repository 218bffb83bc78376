// All units from the highest to the lowest effect.

/** The frame of effects: all estimates, and intervals as far as they do not dwarf the rest. */
function effectRange(treatment, measure) {
  const values = Array.from(column(treatment, measure)).filter(Number.isFinite).sort((a, b) => a - b);
  if (values.length === 0) return { least: -1, most: 1, isCut: false, show: number };
  const halves = Array.from(column(treatment, `${measure}_ci_hi`))
    .map((hi, unit) => hi - column(treatment, measure)[unit]).filter(Number.isFinite).sort((a, b) => a - b);
  const half = halves.length ? halves[Math.floor(halves.length / 2)] : 0;
  const room = Math.max(values[values.length - 1] - values[0], 4 * half, Number.MIN_VALUE);
  const [least, most] = range([[values[0], values[values.length - 1]],
    Array.from(column(treatment, `${measure}_ci_lo`)).filter((lo) => lo > values[0] - room * 0.6),
    Array.from(column(treatment, `${measure}_ci_hi`)).filter((hi) => hi < values[values.length - 1] + room * 0.6)], true);
  const isCut = Array.from(column(treatment, `${measure}_ci_lo`)).some((lo) => lo < least)
    || Array.from(column(treatment, `${measure}_ci_hi`)).some((hi) => hi > most);
  // The decimals of the largest estimate, as on the terminal.
  const show = numbers(Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1])));
  return { least, most, isCut, show };
}

const isWeak = (treatment, unit) => data.grades[column(treatment, 'grade')[unit]] === 'weak';

function showRanking() {
  const { treatment, measure, ranked } = state;
  const sides = { up: 0, down: 0, open: 0 };
  let without = 0;
  for (const unit of ranked) {
    const estimate = effect(treatment, measure, unit);
    if (Number.isFinite(estimate.lo)) sides[side(estimate)]++;
    else without++;
  }
  const name = MEASURES[measure].name;
  const parts = [
    `Each unit\u2019s ${name} with its ${LEVEL} interval, from the highest to the lowest.`,
    `Where the interval lies above zero the outcome is clearly raised (violet, ${count(sides.up)}), below zero it is clearly lowered (orange, ${count(sides.down)}); where it holds zero the sign is open (grey, ${count(sides.open)}).`,
  ];
  const weak = ranked.filter((unit) => isWeak(treatment, unit)).length;
  if (weak) parts.push(`Rings are units graded weak (${count(weak)}): few periods in an arm, so do not single them out.`);
  if (without) parts.push(`${count(without)} without an interval (grey rings).`);
  if (state.frame.isCut) parts.push('Very long intervals are cut at the edge of the picture.');
  parts.push('Point at a unit for its numbers, click it to see its outcomes.');
  byId('ranking-caption').textContent = parts.join(' ');
  draw('ranking');
}

let drawn = { key: null, children: [] };

/**
 * Intervals and estimates of all units as a few outlines, whatever their number. Where units are closer than points of
 * the screen, those in one column of points share a stroke and the estimates become a line.
 */
function marks(api, width, colours) {
  const { treatment, measure, ranked, frame } = state;
  const origin = api.coord([0, 0]);
  const key = [ranked, measure, treatment, frame, colours.up, width, ...origin, ...api.coord([1, 1])];
  if (drawn.key && key.every((each, k) => each === drawn.key[k])) return drawn.children;
  const step = width / Math.max(1, ranked.length);
  const isDense = step < 2;
  const radius = Math.max(1.5, Math.min(4, step / 2.2));
  const up = api.coord([0, 1])[1] - origin[1];
  const right = api.coord([1, 0])[0] - origin[0];
  const bottom = origin[1] + up * frame.least;
  const top = origin[1] + up * frame.most;
  const tenth = (at) => Math.round(10 * at) / 10;
  const inFrame = (value) => tenth(Math.min(bottom, Math.max(top, origin[1] + up * value)));
  const columns = Object.fromEntries(['value', 'lo', 'hi'].map((part) => [part, column(treatment, part === 'value' ? measure : `${measure}_ci_${part}`)]));
  const strokes = { up: new Map(), down: new Map(), open: new Map() };
  const dots = { up: [], down: [], open: [] };
  const rings = { up: [], down: [], open: [], none: [] };
  const line = [];
  ranked.forEach((unit, k) => {
    const [value, lo, hi] = [columns.value[unit], columns.lo[unit], columns.hi[unit]];
    const x = isDense ? Math.round(origin[0] + right * (k + 1)) : tenth(origin[0] + right * (k + 1));
    const y = tenth(origin[1] + up * value);
    const isKnown = Number.isFinite(lo);
    const kind = isKnown ? side({ lo, hi }) : 'none';
    if (isKnown) {
      const stroke = strokes[kind].get(x);
      if (stroke) {
        stroke[0] = Math.max(stroke[0], inFrame(lo));
        stroke[1] = Math.min(stroke[1], inFrame(hi));
      } else {
        strokes[kind].set(x, [inFrame(lo), inFrame(hi)]);
      }
    }
    if (isDense) {
      if (line.length === 0 || x !== line[line.length - 1][0]) line.push([x, y]);
    } else {
      (isKnown && !isWeak(treatment, unit) ? dots : rings)[kind].push(`M${tenth(x - radius)} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`);
    }
  });
  const children = [];
  const add = (pieces, style) => {
    if (pieces.length) children.push({ type: 'path', shape: { pathData: pieces.join('') }, style });
  };
  for (const kind of ['open', 'up', 'down']) {
    add(Array.from(strokes[kind], ([x, [low, high]]) => `M${x} ${low}V${high}`),
      { fill: 'none', stroke: colours[kind], lineWidth: isDense ? 1.2 : Math.max(1, Math.min(2.5, step * 0.35)), opacity: isDense ? 0.55 : 0.75 });
  }
  for (const kind of ['open', 'up', 'down']) add(dots[kind], { fill: colours[kind] });
  for (const kind of ['open', 'up', 'down', 'none']) add(rings[kind], { fill: colours.paper, stroke: colours[kind] || colours.open, lineWidth: 1.4 });
  if (isDense) children.push({ type: 'polyline', shape: { points: line }, style: { fill: 'none', stroke: colours.ink, lineWidth: 2 } });
  drawn = { key, children };
  return children;
}

picture('ranking', {
  height: (width) => (width < 600 ? 300 : 380),
  describe: () => `${MEASURES[state.measure].name} of ${state.ranked.length} units from the highest to the lowest, with intervals; the table below holds the numbers.`,
  option: (colours, width) => {
    const { ranked, measure, frame } = state;
    const selected = ranked.indexOf(state.selected);
    const left = 58;
    const hasSlider = ranked.length > 60 && !state.printing;
    return {
      grid: { left, right: 14, top: 34, bottom: hasSlider ? 64 : 34 },
      xAxis: axis(colours, {
        type: 'value', min: 0.5, max: Math.max(1.5, ranked.length + 0.5), splitLine: { show: false }, minInterval: 1,
        axisLabel: { formatter: (value) => (Number.isInteger(value) ? count(value) : '') }, axisTick: { show: false },
        axisLine: { onZero: false, lineStyle: { color: colours.line } },
      }),
      yAxis: axis(colours, {
        type: 'value', min: frame.least, max: frame.most, name: `${MEASURES[measure].name}, in units of ${short(data.outcome, width < 600 ? 20 : 50)}`,
        nameTextStyle: { align: 'left', padding: [0, 0, 4, -left + 10], color: colours.soft },
        axisLabel: { formatter: ticks(frame.least, frame.most), showMinLabel: false, showMaxLabel: false },
      }),
      dataZoom: hasSlider ? [slider(colours, { startValue: state.zoom[0], endValue: state.zoom[1] })] : [],
      series: [
        drawing((api, box) => {
          const zero = api.coord([0, 0])[1];
          return [{ type: 'line', shape: { x1: box.x, x2: box.x + box.width, y1: zero, y2: zero }, style: { stroke: colours.ink, lineWidth: 1 } }];
        }, { z: 1 }),
        drawing((api, box) => marks(api, api.size([1, 0])[0] * ranked.length || box.width, colours), { z: 2 }),
        {
          type: 'scatter', z: 4, silent: true, symbolSize: 14, data: selected < 0 ? [] : [[selected + 1, effect(state.treatment, measure, state.selected).value]],
          itemStyle: { color: 'transparent', borderColor: colours.ink, borderWidth: 2 },
          label: { show: true, position: selected * 2 > ranked.length ? 'left' : 'right', distance: 8, formatter: () => short(data.names[state.selected], 30), color: colours.ink, fontWeight: 600, textBorderColor: colours.paper, textBorderWidth: 3 },
        },
      ],
    };
  },
  made: (chart) => {
    const unitAt = (event) => {
      if (!chart.containPixel('grid', [event.offsetX, event.offsetY])) return -1;
      const at = Math.round(chart.convertFromPixel('grid', [event.offsetX, event.offsetY])[0]) - 1;
      return at >= 0 && at < state.ranked.length ? state.ranked[at] : -1;
    };
    chart.getZr().on('mousemove', (event) => {
      const unit = unitAt(event);
      if (unit < 0) return tip.hide();
      const estimate = effect(state.treatment, state.measure, unit);
      const { show } = state.frame;
      return tip.show(event.event, data.names[unit], [
        `${MEASURES[state.measure].name} ${show(estimate.value)}`, `${LEVEL} interval ${intervalText(estimate, show)}`,
        `rank ${count(state.ranked.indexOf(unit) + 1)} of ${count(state.ranked.length)}, grade ${data.grades[column(state.treatment, 'grade')[unit]]}${isWeak(state.treatment, unit) ? ': do not single it out' : ''}`]);
    });
    chart.getZr().on('globalout', tip.hide);
    chart.getZr().on('click', (event) => {
      const unit = unitAt(event);
      if (unit >= 0) select(unit, true);
    });
    chart.on('datazoom', () => {
      const zoom = chart.getOption().dataZoom[0];
      state.zoom = [zoom.startValue, zoom.endValue];
    });
  },
});
