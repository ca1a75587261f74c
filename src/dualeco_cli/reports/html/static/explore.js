// Ways through the page: the map and the picture by mouse, finger and keyboard, regions, tables of levels.

const tip = document.getElementById("tip");
let tipFor = null;
let tipTimer = 0;

function term(name, text) {
  return make("div", {}, make("dt", {}, name), make("dd", {}, text));
}

function openTip(anchor, ...content) {
  clearTimeout(tipTimer);
  if (tipFor && tipFor !== anchor) tipFor.removeAttribute("aria-describedby");
  tipFor = anchor;
  tip.replaceChildren(...content);
  show(tip, true);
  anchor.setAttribute("aria-describedby", "tip");
  const box = anchor.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const left = Math.max(8, Math.min(box.left, width - tip.offsetWidth - 8));
  const above = box.bottom + tip.offsetHeight + 8 > window.innerHeight && box.top > tip.offsetHeight + 8;
  tip.style.left = `${left + window.scrollX}px`;
  tip.style.top = `${(above ? box.top - tip.offsetHeight - 6 : box.bottom + 6) + window.scrollY}px`;
}

function closeTip() {
  clearTimeout(tipTimer);
  show(tip, false);
  if (tipFor) tipFor.removeAttribute("aria-describedby");
  tipFor = null;
}

// The pointer may travel from a cell to its note, so closing waits a moment.
function closeTipSoon() {
  clearTimeout(tipTimer);
  tipTimer = setTimeout(closeTip, 200);
}

function watchTip() {
  tip.addEventListener("mouseenter", () => clearTimeout(tipTimer));
  tip.addEventListener("mouseleave", closeTipSoon);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeTip();
  });
}

const levelText = (indicator, value) => (
  value === null || value === undefined ? words.cell.unknown : indicator.words.get(value) ?? shownText(value)
);

// The words of the lowest level say what is there, not what is asked: nothing is.
function requiredText(indicator, required) {
  const nothing = required !== null && !indicator.similar && placeOn(indicator, required) <= EQUAL;
  return nothing ? words.cell.nothing : levelText(indicator, required);
}

// Where a value lies between the worst and the best, from 0 to 1.
function placeOn(indicator, value) {
  return Math.min(1, Math.max(0, (value - indicator.worst) / (indicator.best - indicator.worst)));
}

// What is required and what is there, in the words of the levels.
function cellNote(t, at, i) {
  const target = page.targets[t];
  const row = target.rows[at];
  const result = outcome[t].results[at];
  const indicator = indicators[i];
  const value = row.values[i];
  const head = make("p", {}, make("b", {}, indicator.name), make("br"), practices[row.practice].title);
  if (value === NOT_APPLICABLE) return [head, make("p", {}, words.cell.notApplicable)];
  const list = make("dl");
  if (indicator.role === "condition") {
    list.append(term(words.cell.required, requiredText(indicator, row.required[i])));
  }
  const there = ["condition", "need"].includes(indicator.role)
    ? fill(words.cell.target, { region: target.name }) : words.cell.rated;
  list.append(term(there, levelText(indicator, row.actual[i])));
  list.append(term(words.cell.value, value === null
    ? words.cell.unknown : fill(words.cell.ofHundred, { value: fixed(100 * value, value > 0.99 ? 1 : 0) })));
  list.append(term(words.cell.weight, shareText(result.weight[i])));
  if (result.contribution[i] !== null) list.append(term(words.cell.points, fixed(result.contribution[i], 1)));
  const notes = [head, list];
  if (row.barriers.includes(i)) notes.push(make("p", { class: "alarm" }, words.cell.barrier));
  if (row.questions.includes(i)) notes.push(make("p", { class: "alarm" }, words.cell.question));
  if (!(result.weight[i] > 0)) notes.push(make("p", {}, words.cell.noWeight));
  return notes;
}

// The map is one stop of the Tab key; the arrow keys move inside it.
function watchMap(section) {
  const table = one(".map", section);
  if (!table) return;
  const t = Number(section.dataset.t);
  const places = all("th[data-i]", table).map((th) => Number(th.dataset.i));
  table.setAttribute("role", "grid");
  const open = (td) => {
    openTip(td, ...cellNote(t, Number(td.parentNode.dataset.r), places[td.cellIndex - 1]));
  };
  const stop = (td) => {
    all("td[tabindex]", table).forEach((other) => other.removeAttribute("tabindex"));
    td.tabIndex = 0;
  };
  const cellOf = (event) => event.target.closest("tbody td");
  const first = one("tbody td", table);
  if (first) stop(first);
  table.addEventListener("mouseover", (event) => {
    const td = cellOf(event);
    if (td) open(td);
  });
  table.addEventListener("mouseleave", closeTipSoon);
  table.addEventListener("click", (event) => {
    const td = cellOf(event);
    if (!td) return;
    stop(td);
    td.focus({ preventScroll: true });
    open(td);
  });
  table.addEventListener("focusin", (event) => {
    const td = cellOf(event);
    if (td) open(td);
  });
  table.addEventListener("focusout", closeTipSoon);
  table.addEventListener("keydown", (event) => {
    const td = cellOf(event);
    if (!td) return;
    const rows = all("tbody tr", table);
    let down = rows.indexOf(td.parentNode);
    let across = td.cellIndex - 1;
    const far = event.ctrlKey || event.metaKey;
    if (event.key === "ArrowRight") across += 1;
    else if (event.key === "ArrowLeft") across -= 1;
    else if (event.key === "ArrowDown") down += 1;
    else if (event.key === "ArrowUp") down -= 1;
    else if (event.key === "Home") [across, down] = [0, far ? 0 : down];
    else if (event.key === "End") [across, down] = [places.length - 1, far ? rows.length - 1 : down];
    else return;
    event.preventDefault();
    const next = rows[down]?.cells[across + 1];
    if (!next || across < 0) return;
    stop(next);
    next.focus();
  });
}

function watchQuadrant(section) {
  const svg = one(".quadrant", section);
  if (!svg) return;
  const t = Number(section.dataset.t);
  const points = () => {
    const found = new Map(all(".point:not(.off)", svg).map((point) => [Number(point.dataset.r), point]));
    return outcome[t].order.map((at) => found.get(at)).filter(Boolean);
  };
  const open = (point) => {
    const at = Number(point.dataset.r);
    const result = outcome[t].results[at];
    const { merit, fit } = meritAndFit(page.targets[t].rows[at], result, roles);
    openTip(
      point,
      make("p", {}, make("b", {}, practices[page.targets[t].rows[at].practice].title)),
      make("p", {}, fill(words.placeNote, {
        class: words.classes[result.class], score: scoreText(result.score, edges()),
        fit: scoreText(fit), merit: scoreText(merit),
      })),
    );
  };
  // The room that the marks need depends on the width; a hidden picture has none yet.
  new ResizeObserver(() => paintQuadrant(section, page.targets[t], outcome[t], signs(outcome[t]))).observe(svg);
  const stop = (point) => {
    all(".point[tabindex]", svg).forEach((other) => other.removeAttribute("tabindex"));
    point.setAttribute("tabindex", "0");
  };
  const start = points()[0];
  if (start) stop(start);
  svg.addEventListener("mouseover", (event) => {
    const point = event.target.closest(".point");
    if (point) open(point);
    else if (tipFor) closeTipSoon();
  });
  svg.addEventListener("mouseleave", closeTipSoon);
  svg.addEventListener("focusin", (event) => open(event.target.closest(".point")));
  svg.addEventListener("focusout", closeTipSoon);
  svg.addEventListener("keydown", (event) => {
    const list = points();
    const at = list.indexOf(event.target.closest(".point"));
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    const next = list[(at + step + list.length) % list.length];
    stop(next);
    next.focus();
  });
}

// In a large study the tables of levels are made when they are opened.
function levelsTable(t, at) {
  const target = page.targets[t];
  const row = target.rows[at];
  const { headings } = words;
  const head = make("tr", {}, ...headings.map((text, n) => {
    const title = fill(text, { region: target.name });
    // The fourth column is the picture of the two before it.
    return make("th", n > 3 ? { scope: "col", class: "n" } : { scope: "col" }, n === 3 ? make("span", { class: "vh" }, title) : title);
  }));
  const table = make("table", {}, make("thead", {}, head));
  dimensions.forEach((dimension, d) => {
    const members = indicators.map((_indicator, i) => i)
      .filter((i) => dimensionOf[i] === d && row.values[i] !== NOT_APPLICABLE);
    if (!members.length) return;
    const title = make("th", { colspan: String(headings.length), scope: "rowgroup" }, dimension.name);
    const body = make("tbody", {}, make("tr", { class: "sub" }, title));
    for (const i of members) body.append(levelRow(row, i));
    table.append(body);
  });
  return table;
}

function levelRow(row, i) {
  const indicator = indicators[i];
  const name = make("th", { scope: "row" }, indicator.name);
  const note = row.barriers.includes(i) ? words.barrier : row.questions.includes(i) ? words.question : "";
  if (note) name.append(" ", make("span", { class: "note" }, note));
  const basis = practices[row.practice].basis?.[i];
  if (basis) name.append(make("span", { class: "basis" }, basis));
  const value = row.values[i];
  const shown = value === null ? "?" : reaches(value, 1) ? "100" : String(Math.min(99, Number(rounded(100 * value, 0))));
  const place = (level) => percent(100 * placeOn(indicator, level));
  const picture = make("svg", { class: "bar", "aria-hidden": "true" });
  if (row.actual[i] !== null) picture.append(make("rect", { class: "range", width: place(row.actual[i]) }));
  if (row.required[i] !== null) {
    const x = place(row.required[i]);
    picture.append(make("line", { class: "now", x1: x, x2: x, y2: "100%" }));
  }
  return make(
    "tr", { "data-i": String(i) }, name,
    make("td", {}, indicator.role === "condition" ? requiredText(indicator, row.required[i]) : ""),
    make("td", {}, levelText(indicator, row.actual[i])),
    make("td", { class: "pair" }, picture),
    make("td", { class: "n" }, shown),
    make("td", { class: "n weight" }), make("td", { class: "n points" }),
  );
}

// On a narrow screen the ranking is laid out as cards; it stays a table for those who hear it.
function keepTable(table) {
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };
  for (const element of [table, ...all("*", table)]) {
    const role = element.tagName === "TH"
      ? (element.scope === "row" ? "rowheader" : "columnheader") : roles[element.tagName];
    if (role) element.setAttribute("role", role);
  }
}

function watchLevels(section) {
  const t = Number(section.dataset.t);
  section.addEventListener("toggle", (event) => {
    const details = event.target;
    if (!details.matches?.(".levels[open]") || one("table", details)) return;
    const at = Number(details.closest("[data-r]").dataset.r);
    const row = page.targets[t].rows[at];
    const label = fill(words.levels, { title: practices[row.practice].title });
    details.append(make("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": label }, levelsTable(t, at)));
    const absent = indicators.filter((_one, i) => row.values[i] === NOT_APPLICABLE).map(({ name }) => name);
    if (absent.length) {
      details.append(make("p", { class: "absent" }, fill(words.cell.absent, { names: listed(absent) })));
    }
    paintLevels(details, outcome[t].results[at]);
  }, true);
  const button = one(".open-all", section);
  button?.addEventListener("click", () => {
    all(".levels", section).forEach((details) => { details.open = true; });
  });
}

// A table that can be scrolled is a stop of the Tab key; one that has room is none.
function watchScrolling() {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
      if (scrolls) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const region of all(".scroll")) observer.observe(region);
}

// Several regions: one is shown at a time, on paper all are.
function watchTabs() {
  const tabs = all("[role=tab]");
  if (!tabs.length) return;
  const panels = tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls")));
  const select = (chosen) => {
    tabs.forEach((tab, n) => {
      tab.setAttribute("aria-selected", String(n === chosen));
      tab.tabIndex = n === chosen ? 0 : -1;
      show(panels[n], n === chosen);
    });
    closeTip();
  };
  panels.forEach((panel, n) => {
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tabs[n].id);
  });
  tabs.forEach((tab, n) => {
    tab.addEventListener("click", () => {
      select(n);
      if (panels[n].getBoundingClientRect().bottom < 100) panels[n].scrollIntoView();
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      let next = step ? (n + step + tabs.length) % tabs.length : -1;
      if (event.key === "Home") next = 0;
      if (event.key === "End") next = tabs.length - 1;
      if (next < 0) return;
      event.preventDefault();
      select(next);
      tabs[next].focus();
    });
  });
  // A link to something in another region opens that region first.
  const follow = (hash) => {
    const wanted = hash.length > 1 ? document.getElementById(hash.slice(1)) : null;
    const panel = panels.findIndex((one) => wanted && one.contains(wanted));
    if (panel < 0) return;
    select(panel);
    wanted.scrollIntoView();
  };
  window.addEventListener("hashchange", () => follow(window.location.hash));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link) follow(link.getAttribute("href"));
  });
  select(0);
  follow(window.location.hash);
}
