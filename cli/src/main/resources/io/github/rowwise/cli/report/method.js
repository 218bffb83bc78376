// The number of factors, the method, and the evidence for and against the result.

function showFactors() {
  byId('factors').hidden = data.spectra.length === 0;
  if (data.spectra.length === 0) return;
  const title = (arm) => `${short(data.arms[arm], 40)}: ${count(data.spectra[arm].rank)} ${data.spectra[arm].rank === 1 ? 'factor' : 'factors'} kept`;
  byId('spectrum0-title').textContent = title(0);
  byId('spectrum1-title').textContent = title(state.arm);
  byId('spectrum-caption').textContent = `The singular values of each arm\u2019s outcomes, largest first, after unit and period means if the method subtracts them. Filled dots are factors, rings are noise; the rule is ${data.spectra[0].rule}${data.spectra[0].threshold === undefined ? '' : ', and the dashed line is its threshold'}. ${data.factor_model ? `These are the spectra of the spectral method, which is shown as a check. The numbers above come from the factor model, which chooses its own number of factors by evidence: ${data.facts.Factors}.` : 'A clear step between filled dots and rings supports the number of factors.'}`;
  draw('spectrum0');
  draw('spectrum1');
}

function spectrumOption(colours, arm) {
  const { values, rank, threshold } = data.spectra[arm];
  const shown = values.slice(0, Math.max(30, rank + 10));
  const hasThreshold = threshold !== undefined;
  const most = Math.max(...shown, hasThreshold ? threshold : 0, Number.MIN_VALUE) * 1.08;
  const left = 56;
  const dots = (wanted, style) => ({ type: 'scatter', symbolSize: 9, data: shown.map((value, k) => (wanted(k) ? value : null)), itemStyle: style });
  return {
    grid: { left, right: 12, top: 34, bottom: 48 },
    xAxis: axis(colours, { type: 'category', data: shown.map((_, k) => String(k + 1)), name: 'factor', nameLocation: 'middle', nameGap: 28, axisTick: { alignWithLabel: true } }),
    yAxis: axis(colours, { type: 'value', min: 0, max: most, name: 'singular value', nameTextStyle: { align: 'left', padding: [0, 0, 0, -left + 10], color: colours.soft }, axisLabel: { formatter: ticks(0, most), showMaxLabel: false } }),
    tooltip: tooltip(colours, (k) => [`factor ${k + 1}`, `singular value ${number(shown[k])}`, k < rank ? 'kept' : 'noise']),
    series: [
      { ...dots((k) => k < rank, { color: colours.treated }) },
      { ...dots((k) => k >= rank, { color: 'transparent', borderColor: colours.control, borderWidth: 2 }) },
      ...(hasThreshold ? [drawing((api, box) => {
        const y = api.coord([0, threshold])[1];
        return [
          { type: 'line', shape: { x1: box.x, x2: box.x + box.width, y1: y, y2: y }, style: { stroke: colours.down, lineWidth: 1.5, lineDash: [6, 4] } },
          { type: 'text', style: { text: `threshold ${number(threshold)}`, x: box.x + box.width - 4, y: y - 5, textAlign: 'right', textVerticalAlign: 'bottom', fill: colours.down, fontSize: 12, fontFamily: colours.font } },
        ];
      })] : []),
    ],
  };
}

for (const at of [0, 1]) {
  picture(`spectrum${at}`, {
    height: 260,
    describe: () => `Singular values of ${data.arms[at === 0 ? 0 : state.arm]}.`,
    option: (colours) => spectrumOption(colours, at === 0 ? 0 : state.arm),
  });
}

function entries(map) {
  return Object.entries(map).flatMap(([name, text]) => [element('dt', {}, name), element('dd', {}, text)]);
}

/** The accuracy of each method on panels whose effects are known. */
function showSelfTest(rows) {
  byId('self-test').hidden = rows.length === 0;
  if (rows.length === 0) return;
  const show = numbers(Math.max(...rows.map((row) => row.rmse || 0)));
  const cell = (value, text) => element('td', {}, value === undefined ? '' : text(value));
  const head = ['method', 'error (RMSE)', 'order', `coverage of ${LEVEL}`, 'width'];
  byId('self-test').replaceChildren(
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, element('th', { scope: 'row' }, row.method),
      cell(row.rmse, show), cell(row.order, (value) => value.toFixed(2)),
      cell(row.coverage, (value) => `${(100 * value).toFixed(1)} %`), cell(row.width, show)))));
}

function showMethod() {
  const { treatment } = state;
  byId('paragraphs').replaceChildren(...data.method.map((text) => element('p', {}, text)));
  const checks = { ...treatment.checks };
  if (treatment.spectral) {
    const { value, lo, hi } = treatment.averages.ate;
    const show = numbers(value || 0, (hi - lo) / 2);
    const told = ['ate', 'att'].filter((measure) => treatment.spectral[measure].value !== undefined)
      .map((measure) => `average ${MEASURES[measure].name} ${show(treatment.spectral[measure].value)} (${intervalText(treatment.spectral[measure], show)})`);
    checks['Spectral method'] += told.length ? `: ${told.join(', ')}` : '';
  }
  checks['Outcomes before treatment'] = treatment.by_event_time.some((event) => event.time < 0)
    ? 'shown over time, above, left of 0'
    : 'nothing to compare: no unit was observed to enter treatment';
  if (!treatment.self_test) checks['Self-test'] = 'not part of this run (add it with --self-test 5). rowwise evaluate, with the same file and columns, draws outcomes with known effects on this pattern of treatment and missing cells, and shows the accuracy of estimates and intervals';
  byId('checks').replaceChildren(...entries(checks));
  showSelfTest(treatment.self_test || []);
  byId('facts').replaceChildren(...entries(data.facts));
  byId('version').textContent = data.facts.Rowwise;
  byId('cite-method').textContent = data.factor_model ? ' (method: factor-model; with the spectral method, Algorithm 1 of the paper, for comparison)' : ' (method: spectral, Algorithm 1 of the paper)';
}
