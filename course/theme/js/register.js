"use strict";
/* Show some of the claims: by book and by verdict. What is chosen stands in the address,
   as in register.html#book=effort&verdict=open, so that it can be sent and kept. */
(() => {
  const form = document.querySelector(".filter");
  const boxes = [...form.querySelectorAll("input")];
  const shown = form.querySelector("[role=status]");
  const all = form.querySelector("button");
  const entries = [...document.querySelectorAll(".entry")].map((place) => ({
    place, verdict: place.dataset.verdict, book: place.parentElement.dataset.book }));
  const names = ["book", "verdict"];

  const chosen = (name) => new Set(boxes.filter((box) =>
    box.name === name && box.checked).map((box) => box.value));

  function show() {
    const wanted = Object.fromEntries(names.map((name) => [name, chosen(name)]));
    const fits = (entry, name) => !wanted[name].size || wanted[name].has(entry[name]);
    let count = 0;
    for (const entry of entries) {
      const here = names.every((name) => fits(entry, name));
      entry.place.classList.toggle("left-out", !here);
      count += here;
    }
    for (const book of document.querySelectorAll("section.book")) {
      book.classList.toggle("left-out", !book.querySelector(".entry:not(.left-out)"));
    }
    // Beside each box: how many it would give, as the other choice stands.
    for (const box of boxes) {
      const other = names.find((name) => name !== box.name);
      box.parentElement.querySelector(".count").textContent = entries.filter((entry) =>
        entry[box.name] === box.value && fits(entry, other)).length;
    }
    const some = names.some((name) => wanted[name].size);
    all.hidden = !some;
    shown.textContent = some
      ? `${count} of ${entries.length} claims ${count === 1 ? "is" : "are"} shown.`
      : `All ${entries.length} claims are shown.`;
    return wanted;
  }

  function address(wanted) {
    const parts = names.filter((name) => wanted[name].size)
      .map((name) => `${name}=${[...wanted[name]].join(",")}`);
    history.replaceState(null, "", parts.length ? `#${parts.join("&")}`
      : location.pathname + location.search);
  }

  /* A choice in the address is made; a claim in the address is shown, whatever was. */
  function fromAddress() {
    const hash = decodeURIComponent(location.hash.slice(1));
    const asked = hash.includes("=") ? new URLSearchParams(hash) : new Map();
    for (const box of boxes) {
      box.checked = (asked.get(box.name) ?? "").split(",").includes(box.value);
    }
    show();
    const claim = hash && !hash.includes("=") && document.getElementById(hash);
    if (claim) claim.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("change", () => address(show()));
  form.addEventListener("submit", (event) => event.preventDefault());
  all.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    address(show());
    boxes[0].focus();
  });
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
