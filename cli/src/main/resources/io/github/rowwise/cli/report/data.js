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

/** A column of the table of one treatment: one entry a listed unit, NaN where there is none. */
function column(treatment, name) {
  const text = treatment.columns[name];
  return text === undefined ? null : decode(text, WHOLE.has(name) ? Int32Array : Float64Array);
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
  return row.map((value) => mean + value);
}

let places = null;

/** The observed outcomes and arms of a unit; null where this file does not hold them. */
function observed(unit) {
  if (!places) {
    places = new Map();
    decode(data.observed.units, Int32Array).forEach((at, place) => places.set(at, place));
  }
  const place = places.get(unit);
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
