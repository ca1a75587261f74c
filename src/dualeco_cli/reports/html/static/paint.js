// Brings the page that the program wrote in line with the outcome: nothing is drawn anew, things move.

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const one = (selector, root = document) => root.querySelector(selector);
const SVG = "http://www.w3.org/2000/svg";

function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

function show(element, shown) {
  if (element) element.hidden = !shown;
}

// An element with text and children; text is only ever text.
function make(name, attributes = {}, ...children) {
  const svg = ["svg", "rect", "line", "circle"].includes(name);
  const element = svg ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

const percent = (number) => `${Number(number.toFixed(2))}%`;

function setBadge(badge, name) {
  if (!badge || badge.classList.contains(`c-${name}`)) return;
  badge.className = `badge c-${name}`;
  setText(one("i", badge), words.marks[name]);
  setText(one("span", badge), words.classes[name]);
}

function setClass(element, name) {
  for (const other of BEST_FIRST) element.classList.toggle(`c-${other}`, other === name);
}

function setBar(svg, { score, lower, upper }) {
  const range = one(".range", svg);
  const dot = one(".dot", svg);
  range.classList.toggle("off", lower === null);
  dot.classList.toggle("off", score === null);
  if (lower !== null) {
    range.setAttribute("x", percent(lower));
    range.setAttribute("width", percent(upper - lower));
  }
  if (score !== null) dot.setAttribute("cx", percent(score));
  const lines = all(".edge", svg);
  edges().forEach((edge, n) => {
    if (lines[n]) {
      lines[n].setAttribute("x1", percent(edge));
      lines[n].setAttribute("x2", percent(edge));
    }
  });
}

// Puts the children with a row number into the order of the outcome, and touches nothing if they are.
function reorder(parent, order, has = () => true) {
  const children = new Map(all(":scope > [data-r]", parent).map((child) => [Number(child.dataset.r), child]));
  const wanted = order.filter(has).map((at) => children.get(at)).filter(Boolean);
  const now = all(":scope > [data-r]", parent);
  if (wanted.some((child, n) => child !== now[n])) wanted.forEach((child) => parent.append(child));
}

function reason(row, result) {
  const name = (place) => indicators[place].name;
  if (result.class === "insufficient-evidence" && result.score === null) return words.nothingKnown;
  const template = words.reasons[result.class];
  if (!template) return "";
  return fill(template, {
    names: listed((result.class === "blocked" ? row.barriers : row.questions).map(name)),
    coverage: shareText(result.coverage, [settings.minCoverage]),
    least: shareText(settings.minCoverage),
  });
}

function paintRanking(section, target, now, before) {
  const ranked = one(".ranking .ranked", section);
  const others = one(".ranking .others", section);
  for (const tr of all(".ranking tr[data-r]", section)) {
    const at = Number(tr.dataset.r);
    const result = now.results[at];
    const old = before.results[at];
    const home = result.rank === null ? others : ranked;
    if (tr.parentNode !== home) home.append(tr);
    setClass(tr, result.class);
    setText(one(".rank b", tr), result.rank === null ? words.missing : String(result.rank));
    const wasRank = old.rank === null ? words.missing : String(old.rank);
    setWas(one(".rank .was", tr), result.rank !== old.rank, wasRank);
    setBadge(one(".badge", tr), result.class);
    setText(one(".score b", tr), scoreText(result.score, edges()));
    setWas(one(".score .was", tr), !near(result.score, old.score), scoreText(old.score));
    setBar(one(".bar", tr), result);
    setText(one(".range-text", tr), spanText(result.lower, result.upper));
    setText(one(".known", tr), shareText(result.coverage, [settings.minCoverage]));
    setText(one(".reason", tr), reason(target.rows[at], result));
  }
  reorder(ranked, now.order, (at) => now.results[at].rank !== null);
  reorder(others, now.order, (at) => now.results[at].rank === null);
  show(one(".sub", others), now.results.some((result) => result.rank === null));
  for (const li of all(".counts li", section)) {
    const count = now.results.filter((result) => result.class === li.dataset.class).length;
    setText(one("b", li), grouped(count));
    li.classList.toggle("none", count === 0);
  }
  for (const name of ["adaptableFrom", "transferableFrom"]) {
    setText(one(`[data-out=${name}]`, section), shownText(settings[name]));
  }
  setText(one("[data-out=minCoverage]", section), shownText(Number((100 * settings.minCoverage).toFixed(9))));
}

function setWas(element, differs, text) {
  show(element, differs);
  setText(element, differs ? fill(words.was, { before: text }) : "");
}

function emptyBar() {
  return make("svg", { class: "bar", "aria-hidden": "true" }, make("rect", { class: "range" }), make("circle", { class: "dot" }));
}

function paintDimensions(section, now) {
  const shown = all(".dims th [data-share]", section).map((share) => Number(share.dataset.share));
  for (const tr of all(".dims tr[data-r]", section)) {
    const { dimensions: found } = now.results[Number(tr.dataset.r)];
    for (const td of all("td", tr)) {
      const result = found[shown[td.cellIndex - 1]];
      // A large study comes without these pictures.
      if (!one(".bar", td)) td.append(emptyBar());
      setText(one("b", td), scoreText(result.score));
      setText(one(".vh", td), ` (${spanText(result.lower, result.upper)})`);
      setBar(one(".bar", td), result);
    }
  }
}

// How much room a mark takes, in pixels, and how many are put apart; a crowd is left where it stands.
const MARK = 24;
const MOST_APART = 80;

// Marks that would cover each other move to the nearest free place, tied to their own by a line.
function apart(places, svg) {
  if (places.length > MOST_APART) return places.map((place) => ({ ...place, left: place.x, top: place.y }));
  const width = (100 * MARK) / (svg.clientWidth || 500);
  const height = (100 * MARK) / (svg.clientHeight || 400);
  const taken = [];
  const free = (left, top) => left >= 0 && left <= 100 && top >= 0 && top <= 100 && !taken.some((other) => (
    Math.abs(other.left - left) < width && Math.abs(other.top - top) < height
  ));
  const nearest = ({ x, y }) => {
    if (free(x, y)) return [x, y];
    for (let far = 0.5; far < 12; far += 0.25) {
      for (let turn = 0; turn < 24; turn += 1) {
        const angle = Math.PI + ((turn % 2 ? -1 : 1) * Math.ceil(turn / 2) * Math.PI) / 12;
        const spot = [x + far * width * Math.cos(angle), y + far * height * Math.sin(angle)];
        if (free(...spot)) return spot;
      }
    }
    return [x, y];
  };
  // From the left: what stands alone keeps its place, the crowd at the good end makes way.
  return [...places].sort((a, b) => a.x - b.x || a.y - b.y || a.at - b.at).map((place) => {
    const [left, top] = nearest(place);
    taken.push({ left, top });
    return { ...place, left, top };
  });
}

function paintQuadrant(section, target, now, sign) {
  const svg = one(".quadrant", section);
  if (!svg) return;
  const means = target.rows.map((row, at) => meritAndFit(row, now.results[at], roles));
  const shown = now.order.filter((at) => means[at].merit !== null && means[at].fit !== null);
  const placed = apart(shown.map((at) => ({ at, x: means[at].fit, y: 100 - means[at].merit })), svg);
  const places = new Map(placed.map((place) => [place.at, place]));
  for (const element of all(".point", svg)) {
    const at = Number(element.dataset.r);
    const result = now.results[at];
    const place = places.get(at);
    element.classList.toggle("off", !place);
    if (!place) continue;
    setClass(element, result.class);
    if (!one(".lead", element)) {
      element.prepend(make("line", { class: "lead" }), make("circle", { class: "spot", r: "2.5" }));
    }
    const [lead, spot, use, text] = element.children;
    use.setAttribute("href", `#s-${result.class}`);
    setText(text, sign[at]);
    const aside = place.left !== place.x || place.top !== place.y;
    lead.classList.toggle("off", !aside);
    spot.classList.toggle("off", !aside);
    spot.setAttribute("cx", percent(place.x));
    spot.setAttribute("cy", percent(place.y));
    lead.setAttribute("x1", percent(place.x));
    lead.setAttribute("y1", percent(place.y));
    lead.setAttribute("x2", percent(place.left));
    lead.setAttribute("y2", percent(place.top));
    for (const part of [use, text]) {
      part.setAttribute("x", percent(place.left));
      part.setAttribute("y", percent(place.top));
    }
    element.setAttribute("aria-label", fill(words.place, {
      title: practices[target.rows[at].practice].title,
      class_: words.classes[result.class],
      fit: scoreText(means[at].fit),
      merit: scoreText(means[at].merit),
    }));
  }
  for (const tr of all(".places tr[data-r]", section)) {
    const at = Number(tr.dataset.r);
    const { class: name } = now.results[at];
    setClass(one(".shape", tr), name);
    one("use", tr).setAttribute("href", `#s-${name}`);
    setText(one(".sign", tr), sign[at]);
    setText(one(".fit", tr), scoreText(means[at].fit));
    setText(one(".merit", tr), scoreText(means[at].merit));
  }
}

function paintForms(section, now) {
  for (const tr of all(".forms tr[data-f]", section)) {
    const before = now.results[Number(tr.dataset.r)];
    const after = now.forms[Number(tr.dataset.f)];
    for (const [cell, result] of [[".before", before], [".after", after]]) {
      setBadge(one(`${cell} .badge`, tr), result.class);
      setText(one(`${cell} .num`, tr), scoreText(result.score, edges()));
    }
    show(one(".top", tr), after.best);
  }
}

function paintLevels(details, result) {
  for (const tr of all("tr[data-i]", details)) {
    const i = Number(tr.dataset.i);
    const points = result.contribution[i];
    setText(one(".weight", tr), shareText(result.weight[i]));
    setText(one(".points", tr), points === null ? words.missing : fixed(points, 1));
  }
}

function paintPractices(section, now) {
  for (const article of all(".practice", section)) {
    const result = now.results[Number(article.dataset.r)];
    setClass(article, result.class);
    setBadge(one(".head .badge", article), result.class);
    setText(one(".head .num", article), scoreText(result.score, edges()));
    const levels = one(".levels", article);
    if (levels) paintLevels(levels, result);
  }
}

function paintTarget(section, target, now, before) {
  const sign = signs(now);
  paintRanking(section, target, now, before);
  paintDimensions(section, now);
  paintQuadrant(section, target, now, sign);
  paintForms(section, now);
  paintPractices(section, now);
  for (const parent of all("[data-order]", section)) {
    reorder(parent, now.order);
    for (const child of all(":scope > [data-r]", parent)) {
      setText(one("th > .sign, h4 > .sign", child), sign[Number(child.dataset.r)]);
    }
  }
}

function paintComparison() {
  for (const tr of all(".compare tbody tr")) {
    const cells = all("[data-r]", tr).map((td) => ({
      td, result: outcome[Number(td.dataset.t)].results[Number(td.dataset.r)],
    }));
    const ranked = cells.filter(({ result }) => result.rank !== null).map(({ result }) => result.score);
    const top = Math.max(...ranked);
    for (const { td, result } of cells) {
      const best = result.rank !== null && reaches(result.score, top);
      setText(one("b", td), scoreText(result.score, edges()));
      setBadge(one(".badge", td), result.class);
      td.classList.toggle("best", best);
      td.classList.toggle("off-rank", result.rank === null);
      show(one(".star", td), best);
    }
  }
}

// Columns that do not count any more, and the shares of the dimensions.
function paintWeights() {
  const total = sum(settings.dimensionWeights);
  for (const element of all("[data-share]")) {
    const weight = settings.dimensionWeights[Number(element.dataset.share)];
    setText(element, shareText(total > 0 ? weight / total : 0));
  }
  for (const th of all(".map th[data-i]")) {
    const i = Number(th.dataset.i);
    const counts = settings.indicatorWeights[i] > 0 && settings.dimensionWeights[dimensionOf[i]] > 0;
    th.classList.toggle("off", !counts);
  }
}

function paint() {
  const changed = isChanged();
  document.body.classList.toggle("is-changed", changed);
  show(one("#changed"), changed);
  for (const element of all(".stale")) show(element, changed);
  for (const element of all(".tally")) show(element, !changed);
  for (const section of all(".target")) {
    const t = Number(section.dataset.t);
    paintTarget(section, page.targets[t], outcome[t], reported[t]);
  }
  paintComparison();
  paintWeights();
}
