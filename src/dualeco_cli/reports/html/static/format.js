// Numbers as a reader sees them: the rules of the program's other reports, so that nothing jumps.

// The last bits depend on the order of a sum; a half that they tip would be rounded now up, now down.
const settled = (number) => Number(number.toFixed(9));

// Decimals rounded to the nearest, halves to the even digit, and never a negative zero.
function fixed(noisy, decimals) {
  const number = settled(noisy);
  let text = number.toFixed(decimals);
  // toFixed takes an exact half away from zero; only a multiple of a power of two can be one.
  const doubled = Math.abs(number) * 2 ** (decimals + 1);
  if (Number.isInteger(doubled) && doubled % 2 === 1 && Number(text[text.length - 1]) % 2 === 1) {
    text = (Number(text) - Math.sign(number) * 10 ** -decimals).toFixed(decimals);
  }
  return Number(text) === 0 ? text.replace("-", "") : text;
}

// With as many more decimals as it takes to stay on its side of the thresholds.
function beside(number, decimals, thresholds) {
  for (let places = decimals; places < 9; places += 1) {
    const shown = Number(fixed(number, places));
    if (thresholds.every((edge) => (shown < edge) === below(number, edge))) return fixed(number, places);
  }
  return fixed(number, 9);
}

function scoreText(number, thresholds = []) {
  return number === null ? words.missing : beside(number, 1, thresholds);
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
  return `${beside(100 * number, 0, thresholds.map((edge) => 100 * edge))}%`;
}

// A text with its gaps filled; a gap is a name in braces. What fills a gap is not searched again.
function fill(template, gaps) {
  return template.replace(/\{(\w+)\}/g, (gap, name) => (name in gaps ? gaps[name] : gap));
}

function listed(parts) {
  if (parts.length < 2) return parts.join("");
  return fill(words.and, { first: parts.slice(0, -1).join(", "), last: parts[parts.length - 1] });
}
