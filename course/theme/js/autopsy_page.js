/* The page around the numbers: what is typed, what is said, what is drawn. Pictures
   follow each key; the sentence waits for a pause, because it is read aloud. */
(() => {
  const form = document.querySelector(".two-bars");
  const [one, other] = form.querySelectorAll("input");
  const sentence = document.querySelector(".said-aloud .sentence");
  const trouble = document.querySelector(".said-aloud .trouble");
  const origin = document.querySelector(".origin"), printed = origin.textContent;
  const opened = [one.value, other.value].join("-");
  let waiting = 0;

  const percent = (share) => `${Number((100 * share).toPrecision(6))}%`;
  const of100 = (share) => (100 * share).toFixed(0);

  /* The numbers as they are said: Autopsy.words of the package. */
  function words(found) {
    const odds = found.oddsRatio;
    const said = { high: percent(found.high), low: percent(found.low),
      odds_ratio: odds >= 10 ? Math.round(odds).toLocaleString("en-US")
        : odds.toFixed(1) };
    for (const [name, cut] of Object.entries(found.cuts)) {
      said[`${name}_link`] = cut.correlation.toFixed(2);
      said[`${name}_between`] = of100(cut.between);
      said[`${name}_between_yes`] = of100(cut.yesBetween);
      said[`${name}_all`] = of100(cut.base);
    }
    return said;
  }

  /* Read a field: a share, or what is wrong with it. */
  function read(text, name) {
    const typed = text.trim().replace("%", "").trim().replace(",", ".");
    if (typed === "") return `${name} is empty. Type percent, such as 96 or 8.5.`;
    const value = /^[+-]?\d*\.?\d*$/.test(typed) ? Number(typed) : NaN;
    if (Number.isNaN(value)) {
      return `${name} says “${text.trim()}”, which is no number. Type percent in digits, such as 96 or 8.5.`;
    }
    if (value < 0 || value > 100) {
      return `${name} says ${value}%. A share lies between 0% and 100%; if yours is a change or a ratio, it is no bar.`;
    }
    if (value === 0 || value === 100) {
      return `${name} says ${value}%. Then any stronger link fits as well, and none can be found: ask for the counts behind the bar.`;
    }
    if (value < 0.1 || value > 99.9) {
      return `${name} says ${value}%. This page reads bars from 0.1% to 99.9%; nearer to the ends a single customer decides.`;
    }
    return value / 100;
  }

  function fill(place, said) {
    for (const slot of place.querySelectorAll("[data-show]")) {
      slot.textContent = said[slot.dataset.show];
    }
  }

  function draw(found, said) {
    const part = document.querySelector(".taken-apart");
    fill(part, said);
    for (const strip of part.querySelectorAll(".strip")) {
      const { shares, between } = found.cuts[strip.dataset.cut];
      const bars = strip.querySelectorAll("rect");
      const labels = strip.querySelectorAll("text:not(.whom)");
      const counts = shares.map((share) => 100 * share > 0.95 && 100 * share < 99.05
        ? of100(share) : (100 * share).toFixed(1));
      shares.forEach((share, i) => {
        bars[i].setAttribute("y", (127 - 100 * share).toFixed(1));
        bars[i].setAttribute("height", (100 * share).toFixed(1));
        labels[i].setAttribute("y", (121 - 100 * share).toFixed(1));
        labels[i].textContent = counts[i];
      });
      strip.querySelector("svg").setAttribute("aria-label",
        `Five groups of customers, from one bar to the other. Of 100 in each, ${
          counts.slice(0, 4).join(", ")} and ${counts[4]} say so. The three between, ${
          of100(between)} of 100 customers, are not on the slide.`);
    }
  }

  function say(message, said) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      trouble.hidden = message === "";
      sentence.hidden = message !== "";
      trouble.textContent = message;
      if (said) fill(sentence, said);
    }, 400);
  }

  function look() {
    const typed = [read(one.value, "The first bar"),
      read(other.value, "The other bar")];
    let message = typed.find((it) => typeof it === "string") ?? "";
    if (message === "" && typed[0] === typed[1]) {
      message = `Both bars say ${percent(typed[0])}. Two groups that do not differ need no link: type two different shares.`;
    }
    [one, other].forEach((field, i) => {
      const wrong = typeof typed[i] === "string";
      field.setAttribute("aria-invalid", String(wrong));
      if (wrong) field.setAttribute("aria-describedby", "said");
      else field.removeAttribute("aria-describedby");
    });
    document.querySelector(".taken-apart").classList.toggle("stale", message !== "");
    if (message !== "") return say(message);
    const found = autopsy(...typed), said = words(found);
    draw(found, said);
    const state = typed.map((share) => parseFloat(percent(share))).join("-");
    origin.textContent = state === opened ? printed : origin.dataset.yours;
    if (state !== opened || location.hash.length > 1) {
      history.replaceState(null, "", `#${state}`);
    }
    return say("", said);
  }

  /* A slide can be sent as a link: autopsy.html#80-30 */
  function fromAddress() {
    const typed = /^#([\d.]+)-([\d.]+)$/.exec(decodeURIComponent(location.hash));
    if (!typed) return;
    [one.value, other.value] = typed.slice(1);
    look();
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", look);
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
