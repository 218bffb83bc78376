// One place that makes, resizes and redraws every picture.

const charts = new Map();
let printWidth = null;

function theme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const names = ['paper', 'raised', 'line', 'ink', 'soft', 'accent', 'up', 'down', 'open', 'control', 'treated', 'other', 'untreated', 'band', 'font'];
  return Object.fromEntries(names.map((name) => [name, colour(name)]));
}

/**
 * Declares a picture.
 * @param id the element that holds it
 * @param height in pixels, or a function of its width
 * @param describe the picture in words, for those who do not see it
 * @param option what ECharts draws, by theme and width
 * @param made called once with the chart
 */
function picture(id, { height, describe, option, made, renderer = 'svg' }) {
  charts.set(id, { height, describe, option, made, renderer, chart: null });
}

function draw(id) {
  const entry = charts.get(id);
  const node = byId(id);
  const width = printWidth || node.clientWidth;
  if (!width) return;
  const height = typeof entry.height === 'function' ? entry.height(width) : entry.height;
  node.style.height = `${height}px`;
  if (!entry.chart) {
    entry.chart = echarts.init(node, null, { renderer: entry.renderer, width, height });
    node.setAttribute('role', 'img');
    if (entry.made) entry.made(entry.chart);
  } else if (entry.chart.getWidth() !== width || entry.chart.getHeight() !== height) {
    entry.chart.resize({ width, height });
  }
  const colours = theme();
  entry.chart.setOption({
    animation: false,
    textStyle: { fontFamily: colours.font, color: colours.ink },
    ...entry.option(colours, width, entry.chart),
  }, { notMerge: true });
  node.setAttribute('aria-label', entry.describe());
}

/** An axis in the colours of the page; an axis of values has no line of its own. */
function axis(colours, more) {
  return {
    axisLine: { show: more.type !== 'value' || Boolean(more.axisLine), onZero: false, lineStyle: { color: colours.soft } },
    axisTick: { show: more.type !== 'value', lineStyle: { color: colours.soft } },
    axisLabel: { color: colours.soft, hideOverlap: true, ...more.axisLabel },
    nameTextStyle: { color: colours.soft },
    splitLine: { lineStyle: { color: colours.line, opacity: 0.6 } },
    ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== 'axisLabel')),
  };
}

/** Labels of a value axis that reaches from the least to the most: as many digits as tell them apart. */
function ticks(least, most) {
  const size = Math.max(Math.abs(least), Math.abs(most));
  const digits = Math.min(15, Math.max(6, Math.ceil(Math.log10(size / (most - least))) + 3)) || 6;
  return (value) => (value !== 0 && (size >= 1e12 || size < 1e-5)
    ? Number(value.toPrecision(digits)).toExponential()
    : Number(value.toPrecision(digits)).toLocaleString('en-US', { maximumSignificantDigits: digits })).replace(/-/g, '\u2212');
}

/** Room for the labels of these value axes, so that two frames one above the other keep the same width. */
function gutter(...ranges) {
  const longest = ranges.map(([least, most]) => {
    const step = 10 ** Math.floor(Math.log10((most - least) / 5));
    const label = ticks(least, most);
    return Math.max(...[Math.ceil(least / step), Math.floor(most / step)].map((k) => label(k * step).length));
  });
  return Math.max(44, 7.5 * Math.max(...longest) + 14);
}

/** A frame whose place nothing moves, and labels of periods that stay inside it. */
const gridAt = (left, top, height) => ({ left, right: 12, top, height, outerBoundsMode: 'none' });
const PERIOD_LABELS = { formatter: (text) => short(text, 12), alignMinLabel: 'left', alignMaxLabel: 'right', showMinLabel: true, showMaxLabel: true };

/** A series that draws one thing by itself: its elements are made by draw(api, frame). */
function drawing(make, more) {
  return {
    type: 'custom', silent: true, clip: true, data: [[0, 0]], tooltip: { show: false },
    renderItem: (params, api) => ({ type: 'group', children: make(api, params.coordSys) }),
    ...more,
  };
}

/** A band between two series, interrupted where one of them is not a number. */
function band(lower, upper, colour, more) {
  return drawing((api) => {
    const pieces = [];
    let from = 0;
    for (let j = 0; j <= lower.length; j++) {
      if (j < lower.length && Number.isFinite(lower[j])) continue;
      if (j > from) {
        const points = [];
        for (let k = from; k < j; k++) points.push(api.coord([k, upper[k]]));
        for (let k = j - 1; k >= from; k--) points.push(api.coord([k, lower[k]]));
        pieces.push({ type: 'polygon', shape: { points }, style: { fill: colour } });
      }
      from = j + 1;
    }
    return pieces;
  }, more);
}

/** Handles under a picture that choose a part of it. */
function slider(colours, more) {
  return {
    type: 'slider', filterMode: 'none', height: 22, bottom: 8, brushSelect: false, showDetail: false, showDataShadow: false,
    borderColor: colours.line, fillerColor: colours.band, backgroundColor: 'transparent',
    handleStyle: { color: colours.paper, borderColor: colours.accent }, moveHandleStyle: { color: colours.accent, opacity: 0.5 },
    ...more,
  };
}

/** A tooltip whose content is made of texts. */
function tooltip(colours, content, more) {
  return {
    trigger: 'axis', confine: true, className: 'tip', padding: [7, 10], borderWidth: 1, borderColor: colours.soft,
    backgroundColor: colours.paper, textStyle: { color: colours.ink, fontSize: 13 }, axisPointer: { type: 'line', lineStyle: { color: colours.soft } },
    formatter: (points) => {
      const shown = content((Array.isArray(points) ? points[0] : points).dataIndex);
      return shown ? tipContent(shown[0], shown.slice(1)) : '';
    },
    ...more,
  };
}

/** The least and the greatest of finite numbers, zero included where asked, with a little room. */
function range(lists, withZero) {
  let least = withZero ? 0 : Infinity;
  let most = withZero ? 0 : -Infinity;
  for (const list of lists) {
    for (const value of list) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  if (!(least <= most)) return [-1, 1];
  const room = (most - least || Math.abs(most) || 1) * 0.06;
  return [least < 0 || !withZero ? least - room : least, most > 0 || !withZero ? most + room : most];
}
