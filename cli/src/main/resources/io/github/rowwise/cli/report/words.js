// Numbers and names for a reader.

const MEASURES = {
  ate: { name: 'ATE', over: 'over all periods, treated or not' },
  att: { name: 'ATT', over: 'over the treated periods' },
  atu: { name: 'ATU', over: 'over the untreated periods' },
};

const before = (size) => (size > 0 && Number.isFinite(size) ? Math.floor(Math.log10(size)) + 1 : 1);

/** Numbers with the decimals that one of this size needs for three digits, or more where an interval is narrow. */
function numbers(size, half) {
  const decimals = Math.max(0, Math.min(6, Math.max(3, before(Math.abs(size)) - before(half) + 2 || 0)) - before(Math.abs(size)));
  return (value) => {
    if (!Number.isFinite(value)) return '';
    if (value !== 0 && (decimals > 8 || Math.abs(value) >= 1e12)) return value.toExponential(2).replace('-', '\u2212');
    const text = decimals > 8 ? '0' : value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    return /[1-9]/.test(text) ? text.replace('-', '\u2212') : text.replace('-', '');
  };
}

const number = (value) => numbers(value)(value);
const count = (value) => value.toLocaleString('en-US');
const percent = (share) => `${Math.round(100 * share)} %`;
const LEVEL = `${Number((100 * data.confidence_level).toPrecision(6))} %`;

function intervalText(estimate, show) {
  return Number.isFinite(estimate.lo) ? `${show(estimate.lo)} to ${show(estimate.hi)}` : 'no interval';
}

/** Whether an interval lies above or below zero. */
function side(estimate) {
  if (estimate.lo > 0) return 'up';
  return estimate.hi < 0 ? 'down' : 'open';
}

/** A period with what it is a period of, such as week 31. */
const periodName = (j) => `${short(data.time, 20)} ${short(data.periods[j], 40)}`;

/** A text of at most so many characters, on one line. */
function short(text, most) {
  const line = text.replace(/\s/g, ' ');
  const letters = line.length > most ? Array.from(line.slice(0, 4 * most)) : [];
  return letters.length > most ? letters.slice(0, most - 1).join('') + '\u2026' : line;
}

/** An element with attributes and children; texts are texts, never markup. */
function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children);
  return node;
}

const byId = (id) => document.getElementById(id);

/** Lines under a name in bold, as a tooltip shows them. */
function tipContent(title, lines) {
  const box = element('div', {}, element('b', {}, element('bdi', {}, short(title, 80))));
  for (const line of lines) box.append(element('div', {}, line));
  return box;
}

const tip = {
  show(event, title, lines) {
    const box = byId('tip');
    box.replaceChildren(tipContent(title, lines));
    box.hidden = false;
    const x = event.clientX + 14 + box.offsetWidth > innerWidth ? event.clientX - 14 - box.offsetWidth : event.clientX + 14;
    const y = event.clientY + 14 + box.offsetHeight > innerHeight ? event.clientY - 14 - box.offsetHeight : event.clientY + 14;
    box.style.left = `${Math.max(4, x)}px`;
    box.style.top = `${Math.max(4, y)}px`;
  },
  hide() {
    byId('tip').hidden = true;
  },
};
