// What the panel looks like: who was treated when, where outcomes are missing, and how often units were treated.

function showPanel() {
  const { treatment } = state;
  const { rows, columns } = data.tiles;
  const isWhole = rows === data.units && columns === data.periods.length;
  const entry = (colour, text) => element('li', {}, element('span', { class: `swatch ${colour}` }), text);
  byId('tiles-legend').replaceChildren(
    entry('untreated', 'control'),
    entry('treated', data.treatments.length > 1 ? short(treatment.name, 40) : 'treated'),
    ...(data.treatments.length > 1 ? [entry('other', 'another treatment')] : []),
    entry('paper', 'no outcome'));
  byId('tiles-caption').textContent = `Units from top to bottom, periods from left to right. Pattern: ${data.tiles.pattern}. ${isWhole ? '' : `A tile holds about ${count(Math.round(data.units / rows))} ${data.units / rows < 1.5 ? 'unit' : 'units'} and ${count(Math.round(data.periods.length / columns))} ${data.periods.length / columns < 1.5 ? 'period' : 'periods'}; the bluer it is, the more of its cells were treated, and the paler, the more have no outcome. `}Blue and grey side by side in a column are what lets the method compare.`;
  byId('propensities-caption').textContent = `How many units were treated in which share of the periods (their propensity). Units at the left and right end tell little of one of the arms: they are weak, or not estimable.`;
  draw('tiles');
  draw('propensities');
}

/** A number between two colours given as #rrggbb, as red, green and blue. */
function rgb(colour) {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

/** The tiles as an image of one point each, enlarged so that a point becomes a square with sharp edges. */
function tileImage(colours, times) {
  const { rows, columns } = data.tiles;
  const shares = decode(data.tiles.shares, Uint8Array);
  const arms = data.arms.length;
  const [control, treated, other, paper] = [colours.untreated, colours.treated, colours.other, colours.paper].map(rgb);
  const small = element('canvas', { width: columns, height: rows });
  const pixels = new ImageData(columns, rows);
  for (let at = 0; at < rows * columns; at++) {
    const missing = shares[at * arms + arms - 1] / 255;
    let rest = 1;
    const colour = [0, 0, 0];
    for (let arm = 1; arm < arms; arm++) {
      const share = shares[at * arms + arm - 1] / 255;
      rest -= share;
      for (let c = 0; c < 3; c++) colour[c] += share * (arm === state.arm ? treated : other)[c];
    }
    for (let c = 0; c < 3; c++) pixels.data[4 * at + c] = missing * paper[c] + (1 - missing) * (colour[c] + Math.max(0, rest) * control[c]);
    pixels.data[4 * at + 3] = 255;
  }
  small.getContext('2d').putImageData(pixels, 0, 0);
  const large = element('canvas', { width: columns * times, height: rows * times });
  const context = large.getContext('2d');
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, large.width, large.height);
  return large;
}

picture('tiles', {
  height: (width) => Math.max(180, Math.min(width < 600 ? 360 : 460, 60 + data.tiles.rows * 14)),
  renderer: 'canvas',
  describe: () => `Units by periods: ${data.tiles.pattern}.`,
  option: (colours, width) => {
    const { rows, columns } = data.tiles;
    const period = (at) => data.periods[Math.floor((at * data.periods.length) / columns)];
    const labels = Array.from({ length: columns }, (_, at) => period(at));
    const image = tileImage(colours, Math.max(1, Math.ceil(1600 / Math.max(rows, columns))));
    return {
      grid: { left: 8, right: 12, top: 6, bottom: 30 },
      xAxis: axis(colours, { type: 'category', data: labels, axisLabel: { formatter: (text) => short(text, 12) }, axisLine: { onZero: false, lineStyle: { color: colours.soft } } }),
      yAxis: { type: 'category', data: Array.from({ length: rows }, (_, at) => String(at)), inverse: true, show: false },
      series: [drawing((api, box) => [
        { type: 'image', style: { image, x: box.x, y: box.y, width: box.width, height: box.height } },
        { type: 'rect', shape: { x: box.x, y: box.y, width: box.width, height: box.height }, style: { fill: 'none', stroke: colours.line } },
      ])],
    };
  },
  made: (chart) => {
    chart.getZr().on('mousemove', (event) => {
      if (!chart.containPixel('grid', [event.offsetX, event.offsetY])) return tip.hide();
      const { rows, columns } = data.tiles;
      const [x, y] = chart.convertFromPixel('grid', [event.offsetX, event.offsetY]);
      const [at, row] = [Math.min(columns - 1, Math.max(0, x)), Math.min(rows - 1, Math.max(0, y))];
      return tip.show(event.event, ...tileWords(row, at));
    });
    chart.getZr().on('globalout', tip.hide);
    chart.getZr().on('click', (event) => {
      if (!data.tiles.order || !chart.containPixel('grid', [event.offsetX, event.offsetY])) return;
      const row = chart.convertFromPixel('grid', [event.offsetX, event.offsetY])[1];
      select(decode(data.tiles.order, Int32Array)[row], true);
    });
  },
});

function tileWords(row, at) {
  const { rows, columns } = data.tiles;
  const arms = data.arms.length;
  const shares = decode(data.tiles.shares, Uint8Array).subarray((row * columns + at) * arms, (row * columns + at + 1) * arms);
  const first = Math.floor((at * data.periods.length) / columns);
  const last = Math.floor(((at + 1) * data.periods.length) / columns) - 1;
  const when = first === last ? periodName(first) : `${periodName(first)} to ${short(data.periods[last], 30)}`;
  const title = data.tiles.order ? data.names[decode(data.tiles.order, Int32Array)[row]] : `about ${count(Math.round(data.units / rows))} units`;
  const missing = shares[arms - 1] / 255;
  const lines = [when];
  if (data.tiles.order && first === last) {
    const arm = 1 + shares.subarray(0, arms - 1).indexOf(255);
    return [title, [when, missing === 1 ? 'no outcome' : short(data.arms[arm], 40)]];
  }
  if (missing < 1) {
    for (let arm = 1; arm < arms; arm++) lines.push(`${percent(shares[arm - 1] / 255)} ${short(data.arms[arm], 30)}`);
  }
  lines.push(missing === 1 ? 'no outcome' : `${percent(missing)} without an outcome`);
  return [title, lines];
}

picture('propensities', {
  height: (width) => (width < 600 ? 240 : 300),
  describe: () => 'Histogram of the share of periods that units were treated.',
  option: (colours) => {
    const counts = data.propensities[state.arm];
    const label = (k) => `${5 * k} to ${5 * k + 5} %`;
    return {
      grid: { left: 52, right: 12, top: 34, bottom: 52 },
      xAxis: axis(colours, { type: 'category', data: counts.map((_, k) => `${5 * k}\u2013${5 * k + 5}`), name: 'share of periods treated, %', nameLocation: 'middle', nameGap: 30, axisTick: { alignWithLabel: true } }),
      yAxis: axis(colours, { type: 'value', minInterval: 1, name: 'units', nameTextStyle: { align: 'left', padding: [0, 0, 0, -42], color: colours.soft }, axisLabel: { formatter: ticks(0, Math.max(...counts, 1)) } }),
      tooltip: tooltip(colours, (k) => [label(k), `${count(counts[k])} ${counts[k] === 1 ? 'unit' : 'units'}`]),
      series: [{ type: 'bar', data: counts, barCategoryGap: '12%', itemStyle: { color: colours.treated } }],
    };
  },
});
