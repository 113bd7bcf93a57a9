// Search, copy, and opening what the address names. The page can be read without this.
"use strict";

const search = document.getElementById("search");
const operations = [...document.querySelectorAll("main details[data-words]")];

function show() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const one of operations) {
    const fits = words.every((word) => one.dataset.words.includes(word));
    one.hidden = !fits;
    document.querySelector(`nav li[data-for="${CSS.escape(one.id)}"]`).hidden = !fits;
    found += fits ? 1 : 0;
  }
  for (const section of document.querySelectorAll("[data-module]")) {
    section.hidden = !section.querySelector("details[data-words]:not([hidden]), li:not([hidden])");
  }
  document.getElementById("nothing").hidden = found > 0;
}

function openNamed() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named instanceof HTMLDetailsElement) {
    named.open = true;
    named.scrollIntoView();
  }
}

async function copy(button) {
  const text = button.closest("figure").querySelector("code").textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "copied";
  } catch {
    button.textContent = "select it by hand";
  }
  setTimeout(() => { button.textContent = "copy"; }, 1500);
}

search.addEventListener("input", show);
addEventListener("hashchange", openNamed);
addEventListener("click", (event) => {
  if (event.target.matches("button.copy")) copy(event.target);
});
addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
  if (event.key === "Escape" && document.activeElement === search) {
    search.value = "";
    show();
  }
});
openNamed();
