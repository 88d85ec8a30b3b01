"use strict";
const $ = (id) => document.getElementById(id);
const WORDS = JSON.parse($("words-data").textContent);
const SVG = "http://www.w3.org/2000/svg";
const OVERLAYS = [["grid", "g"], ["areas", "a"], ["lines", "l"], ["safe", "s"], ["marked", "c"]];
const PLATES = ["c", "m", "y", "k"];
const on = { grid: false, areas: false, lines: false, safe: false, marked: true };
let lang = document.documentElement.lang === "en" ? "en" : "ja";
let shown = null, placed = null, zoom = 0, spread = false, plate = "", chosen = null, lost = false;
const pictures = new Map();

function say(name, values = {}) {
  return WORDS[name][lang].replace(/\{\{|\}\}|\{(\w+)\}/g, (all, key) => (key ? values[key] : all[0]));
}
function make(name, attributes = {}, parent = null, space = null) {
  const made = space ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "text") made.textContent = value;
    else made.setAttribute(key, value);
  }
  if (parent) parent.append(made);
  return made;
}
const draw = (name, attributes, parent) => make(name, attributes, parent, SVG);

/* ── what comes ─────────────────────────────────────── */
const news = new EventSource("news");
news.addEventListener("pictures", (event) => {
  const data = JSON.parse(event.data);
  if (data.first === 0) { $("outlines").replaceChildren(); }
  (data.outlines || []).forEach((d, i) => draw("path", { id: "g" + (data.first + i).toString(16), d }, $("outlines")));
  for (const page of data.pages) if (page.svg) pictures.set(page.name, page.svg);
  const names = new Set(data.pages.map((page) => page.name));
  for (const name of [...pictures.keys()]) if (!names.has(name)) pictures.delete(name);
  shown = data; placed = null; lost = false;
  showPages(); showState(); showFindings();
});
news.addEventListener("places", (event) => {
  const data = JSON.parse(event.data);
  if (!shown || data.version !== shown.version) return;
  placed = data;
  showOverlays();
  document.body.dataset.version = data.version;
});
news.onerror = () => { lost = true; showState(); };

/* ── pages ──────────────────────────────────────────── */
function showPages() {
  const main = $("pages");
  $("title").textContent = shown.title || "bira";
  document.title = (shown.sound ? "" : "● ") + (shown.title || "bira");
  main.classList.toggle("right", spread && Boolean(shown.right));
  main.classList.toggle("spread", spread);
  while (main.children.length > shown.pages.length) main.lastChild.remove();
  shown.pages.forEach((page, index) => {
    let figure = main.children[index];
    if (!figure) {
      figure = make("figure", {}, main);
      make("figcaption", {}, figure);
      make("div", { class: "sheet" }, figure);
    }
    figure.style.setProperty("--w", page.w);
    figure.style.setProperty("--h", page.h);
    figure.classList.toggle("alone", spread && index === 0 && shown.pages.length > 2);
    figure.firstChild.textContent = say("page", { n: index + 1 });
    const sheet = figure.lastChild;
    if (sheet.dataset.name !== page.name) {
      sheet.innerHTML = pictures.get(page.name) || "";
      sheet.dataset.name = page.name;
      draw("svg", { class: "over" }, sheet);
    }
    sheet.lastChild.setAttribute("viewBox", `0 0 ${page.w} ${page.h}`);
    sheet.lastChild.replaceChildren();
  });
  showPlate(); setZoom();
}
function setZoom() {
  if (!shown || !shown.pages.length) return;
  const across = spread ? 2 : 1;
  const widest = Math.max(...shown.pages.map((page) => page.w));
  const fit = ($("pages").clientWidth - 56 - (across - 1) * 4) / (widest * across);
  const scale = zoom || Math.max(1, fit);
  $("pages").style.setProperty("--mm", `${scale}px`);
  $("zoom").textContent = `${Math.round((scale / (96 / 25.4)) * 100)}%`;
  $("fit").setAttribute("aria-pressed", String(!zoom));
}
function zoomBy(factor) {
  const now = parseFloat(getComputedStyle($("pages")).getPropertyValue("--mm"));
  zoom = Math.min(24, Math.max(1, now * factor));
  setZoom();
}
function showPlate() {
  let style = $("plate-style");
  if (style) style.remove();
  if (!plate || !shown) return;
  const at = PLATES.indexOf(plate);
  const rules = Object.entries(shown.inks || {}).map(([colour, inks]) => {
    const gray = Math.round(255 * (1 - Math.min(100, inks[at]) / 100));
    return `.picture [fill="${colour}"]{fill:rgb(${gray},${gray},${gray})}.picture [stroke="${colour}"]{stroke:rgb(${gray},${gray},${gray})}`;
  });
  style = make("style", { id: "plate-style" });
  style.nonce = document.querySelector("script[nonce]:not([type])").nonce;
  style.textContent = rules.join("") + ".picture image{filter:grayscale(1)}";
  document.head.append(style);
}

/* ── what lies over them ────────────────────────────── */
function showOverlays() {
  if (!placed) return;
  placed.places.forEach((page, index) => {
    const figure = $("pages").children[index];
    if (!figure) return;
    const over = figure.lastChild.lastChild, size = shown.pages[index];
    over.replaceChildren();
    if (on.safe) draw("rect", { class: "safe", x: page.safe, y: page.safe, width: size.w - 2 * page.safe, height: size.h - 2 * page.safe }, over);
    for (const area of page.areas) {
      if (on.grid && area.pitch) drawGrid(area, over);
      if (on.areas) drawArea(area, over);
    }
    for (const line of [...page.lines, ...page.things]) {
      const [x, y, width, height] = line.box;
      if (on.marked && line.new) draw("rect", { class: "new", x, y, width, height }, over);
      if (on.lines && line.n) draw("text", { class: "number", x: Math.max(.5, x - 3.4), y: y + Math.min(height, 3), text: line.n }, over);
      const hit = draw("rect", { class: "hit", x, y, width, height }, over);
      hit.addEventListener("click", () => choose(index, line, hit));
    }
  });
  showFaults();
}
function drawGrid(area, over) {
  const [x, y, width, height] = area.frame;
  const along = area.vertical ? height : width;
  const column = (along - area.gap * (area.columns - 1)) / area.columns;
  const slots = Math.round(area.total / area.columns);
  for (let n = 0; n < area.columns; n += 1) {
    const start = n * (column + area.gap);
    for (let slot = 0; slot < slots; slot += 1) {
      const at = slot * area.pitch + (area.pitch + area.size) / 2;
      if (area.vertical) draw("line", { x1: x + width - at, x2: x + width - at, y1: y + start, y2: y + start + column }, over);
      else draw("line", { x1: x + start, x2: x + start + column, y1: y + at, y2: y + at }, over);
    }
  }
}
function drawArea(area, over) {
  const [x, y, width, height] = area.box, [u, v, w, h] = area.frame;
  draw("rect", { class: "area", x, y, width, height }, over);
  draw("rect", { class: "frame", x: u, y: v, width: w, height: h }, over);
  const text = area.total ? say("room", area) : area.name;
  draw("text", { x: x + .8, y: y + 2.6, text }, over);
}
function showFaults() {
  for (const found of shown.findings) {
    if (found.level !== "error" || !found.at[0]) continue;
    placed.places.forEach((page, index) => {
      for (const line of [...page.lines, ...page.things]) {
        if (line.at[0] !== found.at[0] || found.file !== placed.file) continue;
        const [x, y, width, height] = line.box;
        const figure = $("pages").children[index];
        if (figure) draw("rect", { class: "fault", x, y, width, height }, figure.lastChild.lastChild);
      }
    });
  }
}
function choose(page, line, hit) {
  document.querySelectorAll(".chosen").forEach((each) => each.classList.remove("chosen"));
  hit.classList.add("chosen");
  chosen = { page, line };
  showChosen();
}
function showChosen() {
  $("place").hidden = !chosen;
  if (!chosen) return;
  $("words").textContent = chosen.line.text;
  $("where").replaceChildren();
  if (chosen.line.at[0]) $("where").append(link(placed ? placed.file : "", chosen.line.at));
  else $("where").textContent = say("made");
}
function link(file, at) {
  const name = file.split(/[\\/]/).pop();
  const whole = file.startsWith("/") || /^[A-Za-z]:/.test(file) ? file : shown.base + "/" + file;
  const path = (whole.startsWith("/") ? "" : "/") + encodeURI(whole.replace(/\\/g, "/"));
  const href = LINKS.replace("{file}", path).replace("{line}", at[0]).replace("{column}", Math.max(1, at[1]));
  const made = make("a", { href, title: say("open"), text: say("line", { file: name, line: at[0] }) });
  made.dataset.line = at[0];
  return made;
}
function step(by) {
  const all = [...document.querySelectorAll(".hit")];
  if (!all.length) return;
  const at = all.findIndex((each) => each.classList.contains("chosen"));
  const next = all[(at + by + all.length) % all.length];
  next.dispatchEvent(new MouseEvent("click"));
  next.scrollIntoView({ block: "nearest" });
}

/* ── beside them ────────────────────────────────────── */
function showState() {
  const state = $("state");
  state.classList.toggle("bad", lost || Boolean(shown && !shown.sound));
  if (lost) state.textContent = say("lost");
  else if (!shown) state.textContent = say("waiting");
  else state.textContent = say(shown.sound ? "built" : "faulty", { version: shown.version, ms: Math.round(shown.seconds * 1000) });
  $("kept").hidden = !shown || shown.fresh;
  $("kept").textContent = say("kept");
}
function showFindings() {
  const list = $("findings");
  list.replaceChildren();
  if (!shown) return;
  const order = { error: 0, warning: 1, note: 2 };
  const found = [...shown.findings].sort((a, b) => order[a.level] - order[b.level] || a.at[0] - b.at[0]);
  const count = (level) => found.filter((each) => each.level === level).length;
  $("findings-head").textContent = found.length ? say("count", { errors: count("error"), warnings: count("warning") }) : say("none");
  for (const each of found) {
    const item = make("li", { class: each.level }, list), words = each[lang];
    const at = make("p", { class: "at" }, item);
    const place = make("span", {}, at);
    if (each.at[0]) place.append(link(each.file, each.at));
    make("b", { class: each.level, text: words.severity }, at);
    make("p", { text: words.text }, item);
    if (words.where) make("p", { class: "hint", text: words.where }, item);
    for (const hint of words.hints) make("p", { class: "hint", text: hint }, item);
  }
}
function showWords() {
  document.documentElement.lang = lang;
  for (const each of document.querySelectorAll("[data-t]")) each.textContent = say(each.dataset.t);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", say(each.dataset.label));
  $("language").textContent = lang === "ja" ? "English" : "日本語";
  $("language").lang = lang === "ja" ? "en" : "ja";
  showTools(); showKeys(); showState(); showFindings(); showChosen();
  if (shown) { showPages(); showOverlays(); }
}
function showTools() {
  const bar = $("overlays");
  bar.replaceChildren();
  for (const [name] of OVERLAYS) {
    const button = make("button", { type: "button", "aria-pressed": String(on[name]), text: say(name) }, bar);
    button.dataset.overlay = name;
    button.addEventListener("click", () => toggle(name));
  }
  const label = make("label", { text: say("plate") }, bar);
  const select = make("select", { id: "plates" }, label);
  for (const name of ["", ...PLATES]) {
    const option = make("option", { value: name, text: say(`plate-${name || "all"}`) }, select);
    option.selected = name === plate;
  }
  select.addEventListener("change", () => { plate = select.value; showPlate(); });
}
function toggle(name) {
  on[name] = !on[name];
  document.querySelector(`[data-overlay=${name}]`).setAttribute("aria-pressed", String(on[name]));
  showOverlays();
}
function showKeys() {
  const rows = [["+ −", "key-zoom"], ["0", "key-fit"], ["2", "key-spread"], [OVERLAYS.map((each) => each[1]).join(" "), "key-overlays"], ["n p", "key-pages"], ["j k", "key-lines"]];
  $("keys").replaceChildren();
  for (const [keys, name] of rows) {
    const term = make("dt", {}, $("keys"));
    for (const key of keys.split(" ")) { make("kbd", { text: key }, term); term.append(" "); }
    make("dd", { text: say(name) }, $("keys"));
  }
}
function setSpread() {
  spread = !spread;
  $("spread").setAttribute("aria-pressed", String(spread));
  if (shown) { showPages(); showOverlays(); }
}
function turn(by) {
  const all = [...$("pages").children], top = $("pages").getBoundingClientRect().top;
  const here = all.findIndex((each) => each.getBoundingClientRect().bottom > top + 60);
  const next = all[Math.max(0, Math.min(all.length - 1, here + by))];
  if (next) next.scrollIntoView({ block: "start" });
}
const KEYS = { "+": () => zoomBy(1.25), ";": () => zoomBy(1.25), "=": () => zoomBy(1.25), "-": () => zoomBy(.8), 0: () => { zoom = 0; setZoom(); }, 2: setSpread, n: () => turn(1), p: () => turn(-1), j: () => step(1), k: () => step(-1) };
for (const [name, key] of OVERLAYS) KEYS[key] = () => toggle(name);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input")) return;
  const act = KEYS[event.key];
  if (act) { act(); event.preventDefault(); }
});
$("in").addEventListener("click", () => zoomBy(1.25));
$("out").addEventListener("click", () => zoomBy(.8));
$("fit").addEventListener("click", () => { zoom = 0; setZoom(); });
$("spread").addEventListener("click", setSpread);
$("language").addEventListener("click", () => { lang = lang === "ja" ? "en" : "ja"; showWords(); });
window.addEventListener("resize", setZoom);
showWords();
