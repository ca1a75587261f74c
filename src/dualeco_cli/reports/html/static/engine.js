// The method in the page: the formulas of the program's own engine, in the order of its steps.
// Nothing here knows the document; a browser test holds every number against the engine to 1e-9.

// Two numbers no further apart than this are equal: ties, thresholds, coverage.
const EQUAL = 1e-9;
// Without full compensation a value below this counts as this: one zero does not erase all else.
const LEAST_VALUE = 0.01;
// How an indicator that does not apply is written in the data; null is unknown.
const NOT_APPLICABLE = -1;
// From best to worst: which of several adapted forms is the best one.
const BEST_FIRST = [
  "transferable", "conditional", "adaptable", "not-yet", "insufficient-evidence", "blocked", "home",
];
const UNRANKED = new Set(["home", "blocked", "insufficient-evidence"]);

const below = (number, limit) => number < limit - EQUAL;
const reaches = (number, limit) => number >= limit - EQUAL;
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

// M_q(v; w): 1 is the arithmetic mean, 0 the geometric, -1 the harmonic one, -Infinity the minimum.
// What weighs nothing does not enter. Null where nothing weighs anything.
function powerMean(values, weights, q) {
  const total = sum(weights);
  if (!(total > 0)) return null;
  const entering = [];
  for (let i = 0; i < weights.length; i += 1) {
    if (weights[i] > 0) entering.push([values[i], weights[i] / total]);
  }
  const mean = q === 1 ? sum(entering.map(([value, share]) => share * value)) : curvedMean(entering, q);
  return Math.min(1, Math.max(0, mean));
}

function curvedMean(entering, q) {
  const floor = q <= 0 ? LEAST_VALUE : 0;
  const raised = entering.map(([value, share]) => [Math.max(value, floor), share]);
  if (q === -Infinity) return Math.min(...raised.map(([value]) => value));
  const logs = raised.map(([value, share]) => [Math.log(value), share]);
  if (q === 0) return Math.exp(sum(logs.map(([log, share]) => share * log)));
  // Scaled by the value that counts most, no power exceeds 1 and none overflows.
  const all = logs.map(([log]) => log);
  let scale = q < 0 ? Math.min(...all) : Math.max(...all);
  if (!Number.isFinite(scale)) scale = 0;
  let excess = 0;
  let whole = 0;
  for (const [log, share] of logs) {
    const power = q * (log - scale);
    excess += share * Math.expm1(power);
    whole += share * Math.exp(power);
  }
  // Near q = 0 all powers are near 1: only what they differ from it keeps its digits.
  const logSum = excess > -0.5 ? Math.log1p(excess) : Math.log(whole);
  return Math.exp(scale + logSum / q);
}

const points = (mean) => (mean === null ? null : 100 * mean);

// Everything about one practice, or one adapted form of it, that follows from the weights.
function aggregate(row, settings) {
  const { dimensionOf, dimensionWeights, indicatorWeights, q } = settings;
  const size = dimensionOf.length;
  const dimensions = dimensionWeights.length;
  const base = new Array(size);
  const within = new Array(dimensions).fill(0);
  for (let i = 0; i < size; i += 1) {
    base[i] = row.values[i] === NOT_APPLICABLE ? 0 : indicatorWeights[i] * row.importance[i];
    within[dimensionOf[i]] += base[i];
  }
  // Normalised over what applies: within the dimension, then over the dimensions that have anything.
  const share = dimensionWeights.map((weight, d) => (within[d] > 0 ? weight : 0));
  const total = sum(share);
  const weight = base.map((own, i) => {
    const d = dimensionOf[i];
    return own > 0 && total > 0 ? (own / within[d]) * (share[d] / total) : 0;
  });
  const known = row.values.map((value) => value !== null && value !== NOT_APPLICABLE);
  const value = row.values.map((one, i) => (known[i] ? one : 0));
  const best = row.values.map((one, i) => (known[i] ? one : 1));
  const knownWeight = weight.map((one, i) => (known[i] ? one : 0));
  const coverage = sum(knownWeight);
  const contribution = weight.map((one, i) => (
    q === 1 && known[i] && coverage > 0 ? (100 * one * value[i]) / coverage : null
  ));
  const byDimension = dimensionWeights.map((_weight, d) => {
    const inside = base.map((own, i) => (dimensionOf[i] === d ? own : 0));
    return {
      score: points(powerMean(value, inside.map((own, i) => (known[i] ? own : 0)), q)),
      lower: points(powerMean(value, inside, q)),
      upper: points(powerMean(best, inside, q)),
      weight: sum(weight.filter((_one, i) => dimensionOf[i] === d)),
    };
  });
  return {
    weight,
    contribution,
    coverage,
    score: points(powerMean(value, knownWeight, q)),
    lower: points(powerMean(value, weight, q)),
    upper: points(powerMean(best, weight, q)),
    dimensions: byDimension,
  };
}

// The first class that holds.
function classify(row, result, settings) {
  if (row.home) return "home";
  if (row.barriers.length) return "blocked";
  if (result.score === null || below(result.coverage, settings.minCoverage)) return "insufficient-evidence";
  if (below(result.score, settings.adaptableFrom)) return "not-yet";
  if (row.questions.length) return "conditional";
  return reaches(result.score, settings.transferableFrom) ? "transferable" : "adaptable";
}

function rated(row, settings) {
  const result = aggregate(row, settings);
  result.class = classify(row, result, settings);
  return result;
}

// One more than the number of scores that are truly greater: equal scores share the smaller rank.
function ranks(scores) {
  const ascending = Float64Array.from(scores).sort();
  return scores.map((score) => {
    let low = 0;
    let high = ascending.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ascending[middle] <= score + EQUAL) low = middle + 1;
      else high = middle;
    }
    return ascending.length - low + 1;
  });
}

// All practices for one target: results by row, and the order in which they are listed.
function rate(target, settings) {
  const results = target.rows.map((row) => rated(row, settings));
  const place = new Array(results.length).fill(0);
  const rankThose = (chosen) => {
    const found = ranks(chosen.map((at) => results[at].score));
    chosen.forEach((at, n) => { place[at] = found[n]; });
  };
  const all = results.map((_result, at) => at);
  const ranked = all.filter((at) => !UNRANKED.has(results[at].class));
  rankThose(ranked);
  rankThose(all.filter((at) => UNRANKED.has(results[at].class) && results[at].score !== null));
  results.forEach((result, at) => { result.rank = UNRANKED.has(result.class) ? null : place[at]; });
  const tier = (at) => (results[at].rank !== null ? 0 : results[at].score !== null ? 1 : 2);
  // The practices of the data are sorted by id, so that their number settles a tie.
  const order = all.sort((a, b) => (
    tier(a) - tier(b) || place[a] - place[b] || target.rows[a].practice - target.rows[b].practice
  ));
  return { results, order, forms: rateForms(target, settings) };
}

// Adapted forms, each like a practice of its own; of those of one practice one is the best.
function rateForms(target, settings) {
  const forms = target.forms.map((form) => ({ ...rated(form, settings), best: false }));
  const groups = new Map();
  target.forms.forEach((form, at) => {
    groups.set(form.practice, [...(groups.get(form.practice) ?? []), at]);
  });
  const height = (at) => (forms[at].score === null ? -Infinity : forms[at].score);
  for (const group of groups.values()) {
    const bestClass = Math.min(...group.map((at) => BEST_FIRST.indexOf(forms[at].class)));
    const rivals = group.filter((at) => BEST_FIRST.indexOf(forms[at].class) === bestClass);
    const top = Math.max(...rivals.map(height));
    // Forms of a practice stand in the order of their ids.
    forms[rivals.find((at) => height(at) === top || reaches(height(at), top))].best = true;
  }
  return forms;
}

// The place of a practice in the picture of merit against fit: plain weighted means of what is known.
function meritAndFit(row, result, roles) {
  const mean = (wanted) => {
    const weights = result.weight.map((weight, i) => (
      wanted.has(roles[i]) && row.values[i] !== null && row.values[i] !== NOT_APPLICABLE ? weight : 0
    ));
    return points(powerMean(row.values, weights, 1));
  };
  return { merit: mean(new Set(["merit"])), fit: mean(new Set(["condition", "judgement"])) };
}
