// Which units are shown, in which order, and the same rows as a file.

/** Puts the units that the search and the grades let through in order. */
function arrange() {
  const { treatment, measure, query, grades } = state;
  const grade = column(treatment, 'grade');
  const wanted = query.toLowerCase();
  const names = lowerNames();
  const rows = [];
  for (let unit = 0; unit < names.length; unit++) {
    if (grades.has(grade[unit]) && (!wanted || names[unit].includes(wanted))) rows.push(unit);
  }
  const values = column(treatment, measure);
  state.ranked = rows.filter((unit) => Number.isFinite(values[unit])).sort((a, b) => values[b] - values[a] || a - b);
  const part = tableColumns().find((each) => each.key === state.sort.key) || tableColumns()[1];
  const sign = state.sort.rising ? 1 : -1;
  if (part.sort) {
    const keys = part.sort;
    rows.sort((a, b) => {
      const missing = Number.isNaN(keys[a]) - Number.isNaN(keys[b]);
      return missing || sign * (keys[a] - keys[b]) || a - b;
    });
  } else {
    const collator = new Intl.Collator(undefined, { numeric: true });
    rows.sort((a, b) => sign * collator.compare(data.names[a], data.names[b]) || a - b);
  }
  state.rows = rows;
}

let lowered = null;
function lowerNames() {
  if (!lowered) lowered = data.names.map((name) => name.toLowerCase());
  return lowered;
}

const quoted = (text) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** The table as CSV: the columns of --output in their order. */
function tableText() {
  const { treatment, rows } = state;
  const names = treatment.table;
  const hasArms = data.treatments.length > 1;
  const lines = [['unit', ...(hasArms ? ['arm'] : []), ...names].join(',')];
  for (const unit of rows) {
    const cells = names.map((name) => {
      if (name === 'grade') return data.grades[column(treatment, name)[unit]];
      if (name === 'reason') return quoted(reason(treatment, unit));
      const value = column(treatment, name)[unit];
      return Number.isNaN(value) ? '' : String(value);
    });
    lines.push([quoted(data.names[unit]), ...(hasArms ? [quoted(treatment.arm)] : []), ...cells].join(','));
  }
  return lines.join('\n') + '\n';
}

function download() {
  const address = URL.createObjectURL(new Blob([tableText()], { type: 'text/csv' }));
  const link = element('a', { href: address, download: 'effects.csv' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
