// What the page knows, what its reader has set, and what follows from it.

const page = JSON.parse(document.getElementById("data").textContent);
const { words, numbers: manner } = page;
const { indicators, dimensions, practices } = page;
const roles = indicators.map((indicator) => indicator.role);
const dimensionOf = indicators.map((indicator) => indicator.dimension);
const NAMED = { full: 1, partial: 0, none: -Infinity };

for (const target of page.targets) {
  for (const row of [...target.rows, ...target.forms]) {
    const importance = new Array(indicators.length).fill(1);
    for (const [place, factor] of row.importance) importance[place] = factor;
    row.importance = importance;
  }
}
for (const indicator of indicators) indicator.words = new Map(indicator.levels);

const original = Object.freeze({
  dimensionOf,
  dimensionWeights: Object.freeze(dimensions.map((dimension) => dimension.weight)),
  indicatorWeights: Object.freeze(indicators.map((indicator) => indicator.weight)),
  q: page.method.compensation === "none" ? -Infinity : page.method.compensation,
  minCoverage: page.method.minCoverage,
  transferableFrom: page.method.transferableFrom,
  adaptableFrom: page.method.adaptableFrom,
});

const copyOf = (settings) => ({
  ...settings,
  dimensionWeights: [...settings.dimensionWeights],
  indicatorWeights: [...settings.indicatorWeights],
});

let settings = copyOf(original);
const rateAll = () => page.targets.map((target) => rate(target, settings));
const reported = rateAll();
let outcome = reported;

const isChanged = () => JSON.stringify({ ...settings, q: String(settings.q) })
  !== JSON.stringify({ ...original, q: String(original.q) });

const near = (one, other) => (
  one === null || other === null ? one === other : Math.abs(one - other) <= EQUAL
);

// Whether this browser gets the numbers of the report. If not, nobody is to play with wrong ones.
function repeatsTheReport() {
  return page.targets.every((target, t) => (
    target.rows.every((row, at) => {
      const { check } = row;
      const found = reported[t].results[at];
      return ["score", "lower", "upper", "coverage"].every((name) => near(check[name], found[name]))
        && check.rank === found.rank && check.class === found.class && reported[t].order[at] === at;
    }) && target.forms.every((form, at) => {
      const found = reported[t].forms[at];
      return near(form.check.score, found.score) && near(form.check.coverage, found.coverage)
        && form.check.class === found.class;
    })
  ));
}

const edges = () => [settings.adaptableFrom, settings.transferableFrom];

// The letters of practices without a rank: a to z, then aa.
function letters(number) {
  let text = "";
  for (let left = number + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    text = String.fromCharCode(97 + ((left - 1) % 26)) + text;
  }
  return text;
}

// What stands for each practice where there is no room for its title.
function signs({ results, order }) {
  const found = [];
  let unranked = 0;
  for (const at of order) {
    if (results[at].rank === null) {
      found[at] = letters(unranked);
      unranked += 1;
    } else found[at] = String(results[at].rank);
  }
  return found;
}

// A text that no spreadsheet program takes for a formula, on one line.
const pasteable = (text) => (/^[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text);

// The settings as the sheets of the workbook have them: columns are tabs.
function settingsText() {
  const named = Object.keys(NAMED).find((name) => NAMED[name] === settings.q);
  const lines = [
    words.export.settings,
    "key\tvalue",
    `min_coverage\t${settings.minCoverage}`,
    `transferable_from\t${settings.transferableFrom}`,
    `adaptable_from\t${settings.adaptableFrom}`,
    `compensation\t${named ?? settings.q}`,
    "",
    words.export.dimensions,
    "id\tweight",
    ...dimensions.map((dimension, d) => `${pasteable(dimension.id)}\t${settings.dimensionWeights[d]}`),
  ];
  const changed = indicators.filter((_one, i) => settings.indicatorWeights[i] !== original.indicatorWeights[i]);
  if (changed.length) {
    lines.push("", words.export.indicators, "id\tweight");
    for (const one of changed) {
      lines.push(`${pasteable(one.id)}\t${settings.indicatorWeights[indicators.indexOf(one)]}`);
    }
  }
  return lines.join("\n");
}
