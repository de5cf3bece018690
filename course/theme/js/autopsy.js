"use strict";
/* A slide with two bars, taken apart in the browser: the same numbers as
   cxlab.effort.autopsy, which a test compares. Two bell curves with a correlation are the
   yardstick; for each cut-off there is one correlation that draws both bars. */

const CUTS = { thirds: 1 / 3, fifths: 1 / 5, tenths: 1 / 10 };

/* Share of a bell curve below x: a series whose terms all have one sign, so that nothing
   cancels on the way. */
function shareBelow(x) {
  if (x < -9) return 0;
  if (x > 9) return 1;
  let term = x, sum = x;
  for (let n = 3; sum + term !== sum; n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/* Where a function that changes its sign crosses zero: false position that halves the
   weight of an end which stays twice (the Illinois rule). */
function crossing(f, low, high) {
  let atLow = f(low), atHigh = f(high), middle = low;
  for (let step = 0; step < 200 && high - low > 1e-14; step += 1) {
    middle = (low * atHigh - high * atLow) / (atHigh - atLow);
    const here = f(middle);
    if (here === 0) return middle;
    if (here > 0 === atHigh > 0) {
      high = middle; atHigh = here; atLow /= 2;
    } else {
      low = middle; atLow = here; atHigh /= 2;
    }
    if (Math.abs(here) < 1e-15) return middle;
  }
  return middle;
}

/* Places and weights of Gauss and Legendre's rule on -1 .. 1. */
const RULE = ((count) => {
  const rule = [];
  for (let i = 1; i <= count; i += 1) {
    let x = Math.cos((Math.PI * (i - 0.25)) / (count + 0.5)), slope = 1;
    for (let step = 0; step < 20; step += 1) {
      let before = 1, here = x;
      for (let n = 2; n <= count; n += 1) {
        [before, here] = [here, ((2 * n - 1) * x * here - (n - 1) * before) / n];
      }
      slope = (count * (x * here - before)) / (x * x - 1);
      x -= here / slope;
    }
    rule.push([x, 2 / ((1 - x * x) * slope * slope)]);
  }
  return rule;
})(16);

/* Share of customers below two marks on two bell curves (Plackett's integral over the
   angle of the correlation). The pieces shrink towards a correlation of 1. */
function shareBelowBoth(h, k, r) {
  if (h === -Infinity || k === -Infinity) return 0;
  if (h === Infinity) return shareBelow(k);
  let sum = 0, from = 0;
  const end = Math.asin(r);
  while (from < end) {
    const to = Math.min(end, from + (Math.PI / 2 - from) / 2), half = (to - from) / 2;
    for (const [place, weight] of RULE) {
      const angle = from + half * (1 + place), cosine = Math.cos(angle);
      const far = (h * h + k * k - 2 * h * k * Math.sin(angle)) / (2 * cosine * cosine);
      sum += half * weight * Math.exp(-far);
    }
    from = to;
  }
  return shareBelow(h) * shareBelow(k) + sum / (2 * Math.PI);
}

/* The mark below which a share of a bell curve lies. */
function markOf(share) {
  if (share <= 0) return -Infinity;
  if (share >= 1) return Infinity;
  return crossing((x) => shareBelow(x) - share, -8, 8);
}

/* Share that says so in each group of customers, ranked from the low bar to the high.
   Who says so lies above the mark `yes` on the second curve. */
function sharesByRank(edges, marks, r, yes) {
  const below = marks.map((mark) => shareBelowBoth(mark, yes, r));
  return edges.slice(1).map((edge, i) =>
    1 - (below[i + 1] - below[i]) / (edge - edges[i]));
}

/* The one correlation and the one share over all that draw two bars. */
function impliedLink(low, high, size) {
  const first = markOf(size), last = -first;
  const lowBar = (r, yes) => 1 - shareBelowBoth(first, yes, r) / size;
  const highBar = (r, yes) =>
    1 - (shareBelow(yes) - shareBelowBoth(last, yes, r)) / size;
  // Given the link, the high bar alone settles how many say so over all.
  const yesFor = (r) => crossing((yes) => highBar(r, yes) - high, -8, 8);
  const r = crossing((x) => lowBar(x, yesFor(x)) - low, 0, 0.9999);
  const yes = yesFor(r), third = (1 - 2 * size) / 3;
  const edges = [0, size, size + third, size + 2 * third, 1 - size, 1];
  const shares = sharesByRank(edges, edges.map(markOf), r, yes);
  return { correlation: r, base: 1 - shareBelow(yes), shares };
}

/* Two shares from 0 to 1, in either order: all numbers of the page, not rounded. */
function autopsy(one, other) {
  const low = Math.min(one, other), high = Math.max(one, other);
  const cuts = {};
  for (const [name, size] of Object.entries(CUTS)) {
    const link = impliedLink(low, high, size), middle = link.shares.slice(1, 4);
    cuts[name] = { ...link, between: 1 - 2 * size,
      yesBetween: middle.reduce((a, b) => a + b) / 3 };
  }
  return { low, high, oddsRatio: (high / (1 - high)) / (low / (1 - low)), cuts };
}
