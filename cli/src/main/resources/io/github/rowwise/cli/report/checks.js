// Whether the effects can be believed: the verdicts, and gaps before treatment starts and after it ends.

function showChecks() {
  const checks = data.panel_checks;
  byId('believe').hidden = !checks;
  byId('believe-link').hidden = !checks;
  if (!checks) return;
  byId('believe-verdict').replaceChildren(element('b', {}, `${checks.verdict}: `), checks.conclusion + '.');
  byId('believe-list').replaceChildren(...checks.list.flatMap(({ name, verdict, conclusion }) => [
    element('dt', {}, name), element('dd', {}, element('b', {}, `${verdict}: `), conclusion + '.')]));
  byId('believe-caption').textContent = `Observed less predicted outcome of control cells that the fit did not see, with ${LEVEL} intervals: before treatment starts (left) and after it ends (right). The band is the bound of ${number(checks.bound)} below which a gap does not matter. Passing does not prove the assumptions: a change at the same time as treatment that treatment did not cause cannot be seen.`;
  draw('gaps');
}

picture('gaps', {
  height: 320,
  describe: () => 'Gaps between observed and predicted outcomes before treatment starts and after it ends, with the bound.',
  option: (colours) => {
    const { before, after, bound } = data.panel_checks;
    const gaps = [...before.map((gap) => ({ ...gap, isBefore: true })).reverse(), ...after];
    const at = (name) => gaps.map((gap) => (gap[name] === undefined ? NaN : gap[name]));
    const [values, lower, upper] = [at('value'), at('lo'), at('hi')];
    const [least, most] = range([values, lower, upper, [bound, -bound]], true);
    const show = numbers(Math.max(Math.abs(least), Math.abs(most)));
    const left = 56;
    const place = (gap) => `${count(gap.horizon)} ${gap.isBefore ? 'before the start' : 'after the end'}`;
    return {
      grid: { left, right: 12, top: 34, bottom: 52 },
      xAxis: axis(colours, { type: 'category', data: gaps.map((gap) => (gap.isBefore ? `\u2212${gap.horizon}` : `+${gap.horizon}`)), name: 'periods before treatment starts, and after it ends', nameLocation: 'middle', nameGap: 30, axisLine: { onZero: true, lineStyle: { color: colours.ink } }, axisTick: { alignWithLabel: true } }),
      yAxis: axis(colours, { type: 'value', min: least, max: most, name: `gap in ${short(data.outcome, 30)}`, nameTextStyle: { align: 'left', padding: [0, 0, 0, -left + 10], color: colours.soft }, axisLabel: { formatter: ticks(least, most), showMinLabel: false, showMaxLabel: false } }),
      tooltip: tooltip(colours, (k) => [place(gaps[k]),
        Number.isFinite(values[k]) ? `gap ${show(values[k])}` : 'no gap could be measured',
        ...(Number.isFinite(lower[k]) ? [`${LEVEL} interval ${show(lower[k])} to ${show(upper[k])}`] : []),
        `${count(gaps[k].cells)} cells of ${count(gaps[k].units)} ${gaps[k].units === 1 ? 'unit' : 'units'}`]),
      series: [
        drawing((api, box) => {
          const high = api.coord([0, bound])[1];
          const low = api.coord([0, -bound])[1];
          const children = [{ type: 'rect', shape: { x: box.x, y: high, width: box.width, height: low - high }, style: { fill: colours.band } }];
          for (const y of [high, low]) children.push({ type: 'line', shape: { x1: box.x, x2: box.x + box.width, y1: y, y2: y }, style: { stroke: colours.soft, lineDash: [4, 4] } });
          if (before.length && after.length) {
            const x = (api.coord([before.length - 1, 0])[0] + api.coord([before.length, 0])[0]) / 2;
            children.push({ type: 'line', shape: { x1: x, x2: x, y1: box.y, y2: box.y + box.height }, style: { stroke: colours.soft } });
          }
          gaps.forEach((gap, k) => {
            if (!Number.isFinite(lower[k])) return;
            const [x, bottom] = api.coord([k, lower[k]]);
            children.push({ type: 'line', shape: { x1: x, x2: x, y1: bottom, y2: api.coord([k, upper[k]])[1] }, style: { stroke: colours.control, lineWidth: 2 } });
          });
          return children;
        }, { z: 1 }),
        { type: 'scatter', symbolSize: 9, data: plotted(values), itemStyle: { color: colours.paper, borderColor: colours.control, borderWidth: 2 }, z: 3 },
      ],
    };
  },
});
