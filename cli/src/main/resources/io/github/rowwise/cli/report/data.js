// The data of the page, decoded when asked for.

const data = JSON.parse(document.getElementById('data').textContent);
const decoded = new Map();

function bytes(text) {
  const binary = atob(text);
  const result = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) result[i] = binary.charCodeAt(i);
  return result;
}

/** An array in base 64 as a typed array; the same text gives the same array. */
function decode(text, Type) {
  if (!decoded.has(text)) decoded.set(text, new Type(bytes(text).buffer));
  return decoded.get(text);
}

const WHOLE = new Set(['n_treated', 'n_control', 'n_missing', 'grade', 'reason']);

const derived = new Map();

/** A column of the table of one treatment: one entry a listed unit, NaN where there is none; null where there is no such column. */
function column(treatment, name) {
  const text = treatment.columns[name];
  if (text !== undefined) {
    if (!WHOLE.has(name)) return decode(text, Float64Array);
    const size = (text.length * 3) / 4 - text.match(/=*$/)[0].length;
    return decode(text, size === 2 * data.names.length ? Uint16Array : Int32Array);
  }
  if (!treatment.table.includes(name)) return null;
  const key = `${treatment.arm}\u0000${name}`;
  if (!derived.has(key)) derived.set(key, derive(treatment, name));
  return derived.get(key);
}

/** What follows from other columns, by the same steps as in the program, so to the same digits. */
function derive(treatment, name) {
  if (name === 'propensity') return Float64Array.from(column(treatment, 'n_treated'), (cells) => cells / data.periods.length);
  const measure = name.replace(/_ci_(lo|hi)$/, '');
  const [value, se] = [column(treatment, measure), column(treatment, measure + '_se')];
  const text = treatment.quantiles[measure] || treatment.quantiles.ate;
  const quantiles = text === undefined ? null : decode(text, Float64Array);
  const sign = name.endsWith('lo') ? -1 : 1;
  return Float64Array.from(value, (each, unit) => (quantiles ? each + sign * (se[unit] * quantiles[unit]) : NaN));
}

function reason(treatment, unit) {
  return treatment.reasons[column(treatment, 'reason')[unit]];
}

/** The effect of a unit by name of the measure: value, se, lo and hi, NaN where there is none. */
function effect(treatment, measure, unit) {
  return {
    value: column(treatment, measure)[unit],
    se: column(treatment, measure + '_se')[unit],
    lo: column(treatment, measure + '_ci_lo')[unit],
    hi: column(treatment, measure + '_ci_hi')[unit],
  };
}

/** The completed outcomes of a unit in an arm, one a period; null where the unit was never seen in it. */
function completed(arm, unit) {
  const packed = data.completed[arm];
  const mean = decode(packed.means, Float64Array)[unit];
  if (Number.isNaN(mean)) return null;
  const loadings = decode(packed.loadings, Float32Array);
  const factors = decode(packed.factors, Float32Array);
  const periods = data.periods.length;
  const row = new Float64Array(periods);
  for (let k = 0; k < packed.width; k++) {
    const loading = loadings[unit * packed.width + k] * packed.loading_scale * packed.factor_scale;
    for (let j = 0; j < periods; j++) row[j] += loading * factors[k * periods + j];
  }
  const onsets = onset(arm, unit);
  return row.map((value, j) => mean + value + (onsets ? onsets[j] : 0));
}

/** What the time since the start of a treatment adds in each period; null where there is nothing or this file does not hold it. */
function onset(arm, unit) {
  const place = arm > 0 && data.observed.onsets ? placeOf(unit) : undefined;
  if (place === undefined) return null;
  const { values, scale } = data.observed.onsets[arm - 1];
  const from = place * data.periods.length;
  return Float64Array.from(decode(values, Float32Array).subarray(from, from + data.periods.length), (value) => value * scale);
}

let places = null;

/** Where the arrays of observed outcomes hold a unit; undefined where they do not. */
function placeOf(unit) {
  if (!places) {
    places = new Map();
    decode(data.observed.units, Int32Array).forEach((at, place) => places.set(at, place));
  }
  return places.get(unit);
}

/** The observed outcomes and arms of a unit; null where this file does not hold them. */
function observed(unit) {
  const place = placeOf(unit);
  if (place === undefined) return null;
  const periods = data.periods.length;
  const from = place * periods;
  const mean = decode(data.observed.means, Float64Array)[place];
  return {
    outcomes: Float64Array.from(
      decode(data.observed.outcomes, Float32Array).subarray(from, from + periods),
      (value) => mean + value * data.observed.scale),
    arms: decode(data.observed.arms, Int8Array).subarray(from, from + periods),
  };
}
