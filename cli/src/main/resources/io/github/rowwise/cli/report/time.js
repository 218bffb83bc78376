// The effect by period and by the time since treatment began.

function showTime() {
  const { treatment } = state;
  const hasIntervals = decode(treatment.by_period.lo, Float64Array).some(Number.isFinite);
  byId('calendar-caption').textContent = `The effect of each period, averaged over all estimable units${hasIntervals ? `, with its ${LEVEL} interval` : ''}; the bars count the units that were treated in it. Where no unit was treated (dashed), the effect is extrapolated from other periods.`;
  const events = treatment.by_event_time;
  byId('event').hidden = events.length === 0;
  byId('event-caption').textContent = events.length === 0
    ? 'No unit was observed to enter treatment, so there is no time since it began.'
    : `From 0 on: the effect in the treated periods, by the number of periods since the unit entered treatment (blue, an average over treated cells as for the ATT).${data.onset_terms ? ' This is how the effect builds up or wears off on average.' : ''} Before 0: the residuals of the outcomes under control, the pre-trend (grey rings). It is a check and no effect: residuals around zero support the method, residuals that grow towards the start do not.`;
  draw('calendar');
  if (events.length) draw('event');
}

picture('calendar', {
  height: 340,
  describe: () => 'Average effect by period, with the number of treated units.',
  option: (colours) => {
    const packed = state.treatment.by_period;
    const values = decode(packed.value, Float64Array);
    const lower = decode(packed.lo, Float64Array);
    const upper = decode(packed.hi, Float64Array);
    const treated = decode(packed.treated, Int32Array);
    const [least, most] = range([values, lower, upper], true);
    const show = numbers(Math.max(Math.abs(least), Math.abs(most)));
    const known = plotted(values).map((value, j) => (treated[j] > 0 ? value : null));
    const mostTreated = treated.reduce((a, b) => Math.max(a, b), 1);
    const left = gutter([least, most], [0, mostTreated]);
    return {
      grid: [gridAt(left, 34, 190), gridAt(left, 248, 56)],
      axisPointer: { link: [{ xAxisIndex: 'all' }] },
      xAxis: [
        axis(colours, { type: 'category', data: data.periods, axisLabel: { show: false }, axisTick: { show: false }, axisLine: { onZero: true, lineStyle: { color: colours.ink } } }),
        axis(colours, { type: 'category', gridIndex: 1, data: data.periods, axisLabel: PERIOD_LABELS }),
      ],
      yAxis: [
        axis(colours, { type: 'value', min: least, max: most, name: `effect on ${short(data.outcome, 30)}`, nameTextStyle: { align: 'left', padding: [0, 0, 0, -left + 10], color: colours.soft }, axisLabel: { formatter: ticks(least, most), showMinLabel: false, showMaxLabel: false } }),
        axis(colours, { type: 'value', gridIndex: 1, splitNumber: 2, minInterval: 1, name: '', axisLabel: { formatter: ticks(0, mostTreated) } }),
      ],
      tooltip: tooltip(colours, (j) => [periodName(j), `effect ${show(values[j])}`,
        ...(Number.isFinite(lower[j]) ? [`${LEVEL} interval ${show(lower[j])} to ${show(upper[j])}`] : []),
        `${count(treated[j])} ${treated[j] === 1 ? 'unit' : 'units'} treated${treated[j] === 0 ? ': extrapolated' : ''}`]),
      series: [
        band(lower, upper, colours.band, { z: 1 }),
        { type: 'line', data: plotted(values), showSymbol: false, lineStyle: { width: 1.5, color: colours.treated, type: [3, 4] }, itemStyle: { color: colours.treated }, z: 2 },
        { type: 'line', data: known, showSymbol: false, lineStyle: { width: 2.5, color: colours.treated }, itemStyle: { color: colours.treated }, z: 3 },
        { type: 'bar', data: Array.from(treated), xAxisIndex: 1, yAxisIndex: 1, itemStyle: { color: colours.treated, opacity: 0.6 }, barCategoryGap: '20%' },
      ],
    };
  },
});

picture('event', {
  height: 340,
  describe: () => 'Effect by the number of periods since treatment began, and the pre-trend before it.',
  option: (colours) => {
    const events = state.treatment.by_event_time;
    const at = (name) => events.map((event) => (event[name] === undefined ? NaN : event[name]));
    const [values, lower, upper] = [at('value'), at('lo'), at('hi')];
    const [least, most] = range([values, lower, upper], true);
    const show = numbers(Math.max(Math.abs(least), Math.abs(most)));
    const start = events.findIndex((event) => event.time >= 0);
    const left = 56;
    const dots = (wanted, style) => ({ type: 'scatter', symbolSize: events.length > 50 ? 5 : 8, data: plotted(values).map((value, k) => (wanted(events[k]) ? value : null)), itemStyle: style, z: 3 });
    return {
      grid: { left, right: 12, top: 34, bottom: 52 },
      xAxis: axis(colours, { type: 'category', data: events.map((event) => String(event.time).replace('-', '\u2212')), name: 'periods since treatment began', nameLocation: 'middle', nameGap: 30, axisLine: { onZero: true, lineStyle: { color: colours.ink } }, axisTick: { alignWithLabel: true } }),
      yAxis: axis(colours, { type: 'value', min: least, max: most, name: `effect on ${short(data.outcome, 30)}`, nameTextStyle: { align: 'left', padding: [0, 0, 0, -left + 10], color: colours.soft }, axisLabel: { formatter: ticks(least, most), showMinLabel: false, showMaxLabel: false } }),
      tooltip: tooltip(colours, (k) => [
        events[k].time < 0 ? `${count(-events[k].time)} before treatment: residual, no effect` : `${count(events[k].time)} since treatment began`,
        `${events[k].time < 0 ? 'residual' : 'effect'} ${show(values[k])}`,
        ...(Number.isFinite(lower[k]) ? [`${LEVEL} interval ${show(lower[k])} to ${show(upper[k])}`] : []),
        `${count(events[k].cells)} cells of ${count(events[k].units)} ${events[k].units === 1 ? 'unit' : 'units'}`]),
      series: [
        drawing((api, box) => {
          const children = [];
          if (start > 0) {
            const x = (api.coord([start - 1, 0])[0] + api.coord([start, 0])[0]) / 2;
            children.push({ type: 'line', shape: { x1: x, x2: x, y1: box.y, y2: box.y + box.height }, style: { stroke: colours.soft, lineDash: [4, 4] } });
          }
          events.forEach((event, k) => {
            if (!Number.isFinite(lower[k])) return;
            const [x, low] = api.coord([k, lower[k]]);
            children.push({ type: 'line', shape: { x1: x, x2: x, y1: low, y2: api.coord([k, upper[k]])[1] }, style: { stroke: event.time < 0 ? colours.control : colours.treated, lineWidth: 2, opacity: 0.65 } });
          });
          return children;
        }, { z: 2 }),
        dots((event) => event.time < 0, { color: colours.paper, borderColor: colours.control, borderWidth: 2 }),
        dots((event) => event.time >= 0, { color: colours.treated }),
      ],
    };
  },
});
