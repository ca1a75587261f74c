// Numbers as a reader sees them: the rules of the program's other reports, so that nothing jumps.

// A number written with a point, with the decimal mark of the page's language.
function decimal(text) {
  return text.replace(".", manner.decimal);
}

// A number of per cent, written with a point and without the sign.
function perCent(text) {
  return manner.percent.replace("{number}", () => decimal(text));
}

// A whole number with the language's separators of thousands.
function grouped(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, () => manner.group);
}

// A number as exact as it is.
function shownText(number) {
  return decimal(String(number));
}

// Rounded to so many decimals, with a point: a half upwards as spreadsheets do, and never a negative zero. The number is
// first settled at nine decimals: its last bits depend on the order of a sum, and must not tip a half.
function rounded(number, decimals) {
  const billionths = BigInt(Math.abs(number).toFixed(9).replace(".", ""));
  const unit = 10n ** BigInt(9 - decimals);
  const units = (billionths + unit / 2n) / unit;
  const digits = String(units).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals ? `${whole}.${digits.slice(-decimals)}` : whole;
  return number < 0 && units > 0n ? `-${text}` : text;
}

function fixed(number, decimals) {
  return decimal(rounded(number, decimals));
}

// With as many more decimals as it takes to stay on its side of the thresholds.
function beside(number, decimals, thresholds) {
  for (let places = decimals; places < 9; places += 1) {
    const shown = Number(rounded(number, places));
    if (thresholds.every((edge) => (shown < edge) === below(number, edge))) return rounded(number, places);
  }
  return rounded(number, 9);
}

function scoreText(number, thresholds = []) {
  return number === null ? words.missing : decimal(beside(number, 1, thresholds));
}

function spanText(lower, upper) {
  if (lower === null || upper === null) return words.missing;
  const low = fixed(lower, 0);
  const high = fixed(upper, 0);
  return low === high ? low : `${low}–${high}`;
}

// Nearly all is not all, and hardly any is not none.
function shareText(number, thresholds = []) {
  if (number > 0 && number < 0.005) return words.under;
  if (number >= 0.995 && number < 1 - EQUAL) return words.over;
  return perCent(beside(100 * number, 0, thresholds.map((edge) => 100 * edge)));
}

// A text with its gaps filled; a gap is a name in braces. What fills a gap is not searched again.
function fill(template, gaps) {
  return template.replace(/\{(\w+)\}/g, (gap, name) => (name in gaps ? gaps[name] : gap));
}

// Some languages have another word for "and" before a sound of i; the page says which words begin so.
function listed(parts) {
  if (parts.length < 2) return parts.join("");
  const last = parts[parts.length - 1];
  const and = new RegExp(words.beforeI).test(last) ? words.andBeforeI : words.and;
  return fill(and, { first: parts.slice(0, -1).join(", "), last });
}
