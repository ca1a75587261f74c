// The panel of settings, and the start.

const panel = document.getElementById("settings");
const byId = (id) => document.getElementById(id);
let wanted = 0;
let silence = 0;

// A sentence for those who do not see the table change.
function told() {
  if (!isChanged()) return words.said.back;
  const t = shownTarget();
  const { results, order } = outcome[t];
  const first = order[0];
  const whole = (said) => (
    page.targets.length > 1 ? fill(words.said.elsewhere, { region: page.targets[t].name, said }) : said
  );
  if (first === undefined || results[first].rank === null) return whole(words.said.none);
  return whole(fill(words.said.first, {
    title: practices[page.targets[t].rows[first].practice].title,
    class: words.classes[results[first].class],
    score: scoreText(results[first].score, edges()),
    ranked: grouped(results.filter((result) => result.rank !== null).length),
    all: grouped(results.length),
  }));
}

function shownTarget() {
  return Math.max(0, all(".target").findIndex((section) => !section.hidden));
}

// Many moves of a slider make one picture.
function update() {
  cancelAnimationFrame(wanted);
  wanted = requestAnimationFrame(() => {
    outcome = rateAll();
    paint();
    byId("export-text").value = settingsText();
    // On paper nobody sees the panel: what was changed has to stand there.
    show(byId("on-paper"), isChanged());
    setText(one("#on-paper pre"), isChanged() ? settingsText() : "");
    setText(one(".outcome", panel), told());
    clearTimeout(silence);
    silence = setTimeout(() => setText(byId("said"), told()), 700);
  });
}

function complain(input, text) {
  if (text) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  setText(byId("settings-error"), text);
}

// The number in a field, or null with a word about it; an unusable one changes nothing.
function read(input) {
  const number = input.valueAsNumber;
  const low = input.min === "" ? -Infinity : Number(input.min);
  const high = input.max === "" ? Infinity : Number(input.max);
  if (Number.isFinite(number) && number >= low && number <= high) {
    complain(input, "");
    return number;
  }
  const { number: both, least, most } = words.said;
  const text = low === -Infinity ? most : high === Infinity ? least : both;
  complain(input, fill(text, { low: shownText(low), high: shownText(high) }));
  return null;
}

function inOrder(name, number) {
  const other = name === "adaptableFrom" ? settings.transferableFrom : settings.adaptableFrom;
  return name === "adaptableFrom" ? number <= other : number >= other;
}

function changeThreshold(input) {
  const number = read(input);
  if (number === null) return;
  if (input.id === "minCoverage") settings.minCoverage = number / 100;
  else if (inOrder(input.id, number)) settings[input.id] = number;
  else {
    complain(input, words.said.order);
    return;
  }
  update();
}

function changeCompensation() {
  const choice = byId("q").value;
  show(byId("q-line"), choice === "number");
  const number = choice === "number" ? read(byId("q-number")) : NAMED[choice];
  if (number === null) return;
  settings.q = number;
  update();
}

// All fields say what the settings are; sliders may be coarser than the number beside them.
function fillFields() {
  for (const input of all("[data-dimension]", panel)) {
    input.value = String(settings.dimensionWeights[Number(input.dataset.dimension)]);
  }
  for (const input of all("[data-slide]", panel)) {
    input.value = String(settings.dimensionWeights[Number(input.dataset.slide)]);
  }
  for (const input of all("[data-indicator]", panel)) {
    input.value = String(settings.indicatorWeights[Number(input.dataset.indicator)]);
  }
  byId("transferableFrom").value = String(settings.transferableFrom);
  byId("adaptableFrom").value = String(settings.adaptableFrom);
  byId("minCoverage").value = String(Number((100 * settings.minCoverage).toFixed(9)));
  const named = Object.keys(NAMED).find((name) => NAMED[name] === settings.q);
  byId("q").value = named ?? "number";
  show(byId("q-line"), !named);
  byId("q-number").value = String(Number.isFinite(settings.q) ? settings.q : 1);
  for (const input of all("[aria-invalid]", panel)) complain(input, "");
  setText(byId("settings-error"), "");
}

function reset() {
  settings = copyOf(original);
  fillFields();
  update();
}

function changed(event) {
  const input = event.target;
  const { dimension, slide, indicator } = input.dataset;
  if (slide !== undefined) {
    settings.dimensionWeights[Number(slide)] = input.valueAsNumber;
    const beside = one(`[data-dimension="${slide}"]`, panel);
    beside.value = input.value;
    complain(beside, "");
    update();
  } else if (dimension !== undefined) {
    const number = read(input);
    if (number === null) return;
    settings.dimensionWeights[Number(dimension)] = number;
    one(`[data-slide="${dimension}"]`, panel).value = String(number);
    update();
  } else if (indicator !== undefined) {
    const number = read(input);
    if (number === null) return;
    settings.indicatorWeights[Number(indicator)] = number;
    update();
  } else if (input.id === "q" || input.id === "q-number") changeCompensation();
  else if (["transferableFrom", "adaptableFrom", "minCoverage"].includes(input.id)) changeThreshold(input);
}

function openSettings(open) {
  show(panel, open);
  one(".body").classList.toggle("with-settings", open);
  byId("open-settings").setAttribute("aria-expanded", String(open));
  if (open) {
    panel.scrollIntoView({ block: "nearest" });
    one("input:not([disabled])", panel)?.focus({ preventScroll: true });
  } else byId("open-settings").focus();
}

async function copySettings() {
  const text = byId("export-text");
  try {
    await navigator.clipboard.writeText(text.value);
    setText(byId("copied"), words.said.copied);
  } catch {
    // A page from a disk or a mail may not be allowed to.
    text.focus();
    text.select();
    setText(byId("copied"), words.said.notCopied);
  }
}

function start() {
  show(byId("tools"), true);
  for (const element of all(".with-script")) show(element, true);
  watchTip();
  watchTabs();
  watchScrolling();
  for (const section of all(".target")) {
    keepTable(one(".ranking", section));
    if (!one(".dims .bar", section)) paintDimensions(section, outcome[Number(section.dataset.t)]);
    watchMap(section);
    watchQuadrant(section);
    watchLevels(section);
  }
  byId("open-settings").addEventListener("click", () => openSettings(panel.hidden));
  one(".close", panel).addEventListener("click", () => openSettings(false));
  if (!repeatsTheReport()) {
    for (const input of all("input, select, button.reset", panel)) input.disabled = true;
    setText(one(".broken", panel), words.said.broken);
    show(one(".broken", panel), true);
    return;
  }
  fillFields();
  byId("export-text").value = settingsText();
  panel.addEventListener("input", changed);
  one("form", panel).addEventListener("submit", (event) => event.preventDefault());
  for (const button of all("button.reset")) button.addEventListener("click", reset);
  byId("copy").addEventListener("click", copySettings);
}

// For tests and for the curious: the numbers of the page, unrounded.
window.dualeco = Object.freeze({
  settings: () => copyOf(settings),
  outcome: () => page.targets.map((target, t) => ({
    name: target.name,
    order: [...outcome[t].order],
    practices: outcome[t].results.map((result, at) => ({
      ...result, title: practices[target.rows[at].practice].title,
    })),
    forms: [...outcome[t].forms],
  })),
  repeatsTheReport,
});

start();
