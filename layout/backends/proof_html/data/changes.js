/* What changed since the last stage: word by word, and the pages then and now. */
function renderChanges() {
  const asked = data.changes.filter((made) => made.asked), others = data.changes.filter((made) => !made.asked);
  const hint = !data.since ? t("changesFirst") : data.changes.length || data.looks.length ? t("changesSince", { stage: data.since }) : t("changesNone", { stage: data.since });
  const group = (word, list) => list.length ? [el("h3", { textContent: `${t(word)} (${list.length})` }), ...list.map(changeCard)] : [];
  byId("view-changes").replaceChildren(el("h2", { textContent: t("changes") }), el("p", { className: "hint", textContent: hint }),
    data.compared ? el("div", { className: "row" }, button(t("compareOpen", { stage: data.since }), () => compare(true), { id: "compare-open", className: "main" })) : "",
    data.since && !data.compared ? el("p", { className: "hint", textContent: t("compareNone") }) : "",
    ...group("unasked", others), ...group("asked", asked), ...otherLooks());
}

const CHANGED = { changed: "changed", added: "added_", removed: "removed_", moved: "moved", figure: "figure_" };
function changeCard(made) {
  const mixed = !made.asked && made.parts.some(([what, , asked]) => what !== "same" && asked);
  const line = lines.get(made.line), thing = things.get(made.line), name = t(CHANGED[made.kind] || made.kind);
  return el("div", { className: `card ${made.asked ? "asked" : "unasked"}` },
    el("p", { className: "head" }, el("span", { className: `word ${made.asked ? "ok" : "violet"}`, textContent: t(made.asked ? "asked" : "unasked") }), el("span", { textContent: name }), made.page ? t("page", { n: made.page }) : ""),
    el("p", { lang: "ja", className: "words" }, ...made.parts.map(([what, text, asked], n) => changed(what, text, asked, mixed && !(what === "out" && (made.parts[n + 1] || [])[0] === "in")))),
    mixed ? el("p", { className: "hint", textContent: t("mixed") }) : null,
    el("div", { className: "row" }, showPlaceButton(thing ? { thing } : line ? changedPlace(line, made) : null, `${name} ${t("page", { n: made.page })}`)));
}
function changed(what, text, asked, told) {
  if (what === "same") return shortened(text);
  const made = el(what === "out" ? "del" : "ins", { textContent: text, className: asked ? "" : "odd" });
  return asked || !told ? made : el("span", {}, made, el("small", { className: "word violet", textContent: t("unaskedShort") }));
}
const shortened = (text) => text.length > 40 ? `${text.slice(0, 18)}…${text.slice(-18)}` : text;

/* The first characters that are new; the line where something is gone. */
function changedPlace(line, made) {
  const { block } = line;
  let at = 0;
  for (const [what, text] of made.kind === "removed" ? [] : made.parts) {
    const from = toIndex(block.chars, at);
    if (what !== "same") return { block, start: Math.min(from, block.chars.length - 1), end: what === "in" ? toIndex(block.chars, at + text.length) : Math.min(from, block.chars.length - 1) };
    at += text.length;
  }
  return { block, start: line.first, end: line.first };
}

/* Pages that look otherwise though their text is the same: type, colours, figures. */
function otherLooks() {
  const told = new Set(data.changes.map((made) => made.page)), there = (n) => byId(`page-${n}`);
  const silent = data.looks.filter((n) => there(n) && !told.has(n));
  if (!silent.length) return [];
  return [el("h3", { textContent: t("looks") }), el("p", { className: "hint", textContent: t("looksHint", { stage: data.since }) }),
    el("div", { className: "row" }, ...silent.map((n) => button(t("page", { n }), () => { there(n).scrollIntoView({ block: "start" }); compare(true); })))];
}

/* The page as it was lies over the left part of the page as it is. */
let cut = 50;
function compare(on) {
  const bar = byId("compare");
  bar.hidden = !on;
  document.body.classList.toggle("comparing", on);
  for (const sheet of document.querySelectorAll(".sheet")) {
    for (const each of sheet.querySelectorAll(".former, .cut")) each.remove();
    const held = sheet.querySelector("template");
    if (!on || !held) continue;
    const handle = el("div", { className: "cut", "aria-hidden": "true" }, el("span", { className: "knob" },
      el("span", { className: "side", textContent: data.since }), el("span", { className: "side right", textContent: t("nowSide") })));
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const drag = (move) => { const box = sheet.getBoundingClientRect(); setCut((move.clientX - box.left) / box.width * 100); };
      const stop = () => { removeEventListener("pointermove", drag); removeEventListener("pointerup", stop); removeEventListener("pointercancel", stop); };
      addEventListener("pointermove", drag); addEventListener("pointerup", stop); addEventListener("pointercancel", stop);
    });
    sheet.append(el("div", { className: "former", "aria-hidden": "true" }, held.content.cloneNode(true)), handle);
  }
  if (on) { renderCompare(); byId("cut").focus(); if (NARROW.matches) open(false); }
  else if (byId("compare-open")) byId("compare-open").focus();
}
function renderCompare() {
  const bar = byId("compare");
  if (bar.hidden) return;
  const slider = el("input", { type: "range", id: "cut", min: "0", max: "100", step: "1", value: String(cut), "aria-label": t("cut", { stage: data.since }), on: { input: () => setCut(Number(slider.value)) } });
  bar.replaceChildren(el("div", { className: "ends" }, button(t("now"), () => setCut(0), { id: "cut-now" }), slider, button(t("then", { stage: data.since }), () => setCut(100), { id: "cut-then" })),
    button(t("close"), () => compare(false), { id: "compare-close", "aria-label": t("compareClose") }));
  setCut(cut);
}
function setCut(value) {
  cut = Math.min(100, Math.max(0, value));
  document.documentElement.style.setProperty("--cut", `${cut.toFixed(2)}%`);
  const slider = byId("cut");
  if (slider) { slider.value = String(Math.round(cut)); slider.setAttribute("aria-valuetext", t("cutText", { stage: data.since, n: Math.round(cut) })); }
}
