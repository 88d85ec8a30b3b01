/* Tabs, keys, zoom, language; then all begins. */
const TABS = ["line", "items", "findings", "facts", "changes"];
const WORDS = { line: "tabLine", items: "tabItems", findings: "tabFindings", facts: "tabFacts", changes: "tabChanges" };
let zoom = 1, fitted = true;
const NARROW = matchMedia("(max-width: 800px)");

function buildTabs() {
  byId("tabs").replaceChildren(...TABS.map((name) => el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `view-${name}`, on: { click: () => { selectTab(name); open(true); } } })));
  byId("views").replaceChildren(...TABS.map((name) => el("div", { role: "tabpanel", id: `view-${name}`, "aria-labelledby": `tab-${name}`, tabIndex: 0 })));
  byId("tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = TABS.indexOf(current());
    const next = TABS[(at + step + TABS.length) % TABS.length];
    selectTab(next); byId(`tab-${next}`).focus(); event.preventDefault();
  });
}
const current = () => TABS.find((name) => byId(`tab-${name}`).getAttribute("aria-selected") === "true") || "line";
function selectTab(name) {
  if (name !== current()) byId("views").scrollTop = 0;
  for (const each of TABS) {
    const on = each === name;
    byId(`tab-${each}`).setAttribute("aria-selected", String(on)); byId(`tab-${each}`).tabIndex = on ? 0 : -1;
    byId(`view-${each}`).hidden = !on;
  }
}
function open(wide) {
  const size = byId("panel-size");
  byId("panel").classList.toggle("small", !wide); size.setAttribute("aria-expanded", String(wide));
  size.textContent = wide ? `▼ ${t("panelClose")}` : `▲ ${t(state.items.length ? "panelOpenMany" : "panelOpen", { n: state.items.length })}`;
}
function counts() {
  const numbers = { line: 0, items: state.items.length, findings: data.findings.length, facts: data.facts.rows.length, changes: data.changes.length };
  for (const name of TABS) {
    const tab = byId(`tab-${name}`);
    tab.replaceChildren(t(WORDS[name]), ...(numbers[name] ? [el("span", { className: "count", textContent: String(numbers[name]) })] : []));
  }
}
function refresh() {
  renderItems(); counts(); draw(); open(!byId("panel").classList.contains("small"));
  byId("store").hidden = kept; byId("store").textContent = t("noStore");
}

function speak() {
  document.documentElement.lang = language;
  for (const each of document.querySelectorAll("[data-t]")) each.textContent = t(each.dataset.t);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", t(each.dataset.label));
  for (const each of document.querySelectorAll(".page-head")) each.textContent = t("page", { n: each.dataset.n });
  document.title = `${data.title}｜${t("proof")}`;
  byId("title").textContent = data.title; byId("title").lang = "ja";
  byId("about").textContent = [data.stage || t("stageNone"), t("dated", { date: data.date }), t("version", { hash: data.source.slice(0, 8) })].join("　");
  byId("language").textContent = language === "ja" ? "English" : "日本語"; byId("language").lang = language === "ja" ? "en" : "ja";
  byId("steps").replaceChildren(...steps());
  byId("keys-list").replaceChildren(...data.words.keysList.flatMap(([keys, ja, en]) => [el("dt", { textContent: keys }), el("dd", { textContent: language === "ja" ? ja : en })]));
  renderLine(); renderFindings(); renderFacts(); renderChanges(); renderCompare(); refresh();
}

function setZoom(value, fit) {
  fitted = Boolean(fit); zoom = Math.min(6, Math.max(0.25, value));
  document.documentElement.style.setProperty("--mm", `${(zoom * 96 / 25.4).toFixed(4)}px`);
  byId("zoom-now").textContent = `${Math.round(zoom * 100)}%`;
}
function fit() {
  const pages = byId("pages"), style = getComputedStyle(pages);
  const room = pages.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const widest = Math.max(...data.pages.map((page) => page.width));
  setZoom(Math.min(room / (widest * 96 / 25.4), 1.6), true);
}

/* One stop of the Tab key in the pages; arrows go from line to line. */
function rove(place) {
  for (const each of places) each.tabIndex = each === place ? 0 : -1;
}
function walk(event) {
  const place = event.target.closest("[data-line]");
  if (!place) return;
  const upright = place.classList.contains("v"), at = places.indexOf(place);
  const own = places.filter((each) => each.closest(".page") === place.closest(".page"));
  const page = (step) => {
    const next = byId(`page-${Number(place.closest(".page").dataset.page) + step}`);
    return next && next.querySelector("[data-line]");
  };
  const next = { ArrowDown: () => places[at + 1], ArrowUp: () => places[at - 1],
    ArrowLeft: () => places[at + (upright ? 1 : -1)], ArrowRight: () => places[at + (upright ? -1 : 1)],
    Home: () => own[0], End: () => own[own.length - 1], PageDown: () => page(1), PageUp: () => page(-1) }[event.key];
  if (event.key === "Enter" || event.key === " ") { chooseElement(place, 0, true); event.preventDefault(); return; }
  if (!next || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const to = next();
  if (to) { rove(to); to.focus(); }
  event.preventDefault();
}
/* The word at a place: characters of one kind; whoever meant others selects them. */
const SORTS = [/[\u3400-\u9fff々〆ヶ]/, /[ぁ-ゖ]/, /[ァ-ヺー]/, /[0-9０-９.,，．]/, /[A-Za-zＡ-Ｚａ-ｚ]/];
function wordAt(block, index) {
  const sort = SORTS.find((each) => each.test(block.chars[index] || ""));
  let start = index, end = Math.min(index + 1, block.chars.length);
  while (sort && start > 0 && sort.test(block.chars[start - 1])) start--;
  while (sort && end < block.chars.length && sort.test(block.chars[end])) end++;
  return { block, start, end };
}
function chooseElement(place, offset, focus, word) {
  const thing = things.get(place.dataset.line), line = lines.get(place.dataset.line);
  if (thing) choose({ thing }, focus);
  else if (line) {
    const at = line.first + Math.min(offset, Math.max(0, line.chars.length - 1));
    choose(word ? wordAt(line.block, at) : { block: line.block, start: at, end: at }, focus);
  }
}

/* What the reader selected on the pages, as characters of one block. */
function selected() {
  const held = getSelection();
  if (!held.rangeCount || held.isCollapsed) return null;
  const range = held.getRangeAt(0);
  const one = point(range.startContainer, range.startOffset), other = point(range.endContainer, range.endOffset);
  if (!one) return null;
  const block = one.block, end = other && other.block === block ? other.at : block.chars.length;
  return end > one.at ? { block, start: one.at, end } : null;
}
function point(node, offset) {
  const place = (node.nodeType === 1 ? node : node.parentElement).closest(".line");
  if (!place) return null;
  const before = document.createRange();
  before.setStart(place, 0); before.setEnd(node, offset);
  const line = lines.get(place.dataset.line);
  return { block: line.block, at: line.first + toIndex(line.chars, before.toString().length) };
}
/* The character of a line under the finger. */
function under(event, place) {
  const line = lines.get(place.dataset.line);
  if (!line) return 0;
  const rect = place.getBoundingClientRect();
  const share = line.v ? (event.clientY - rect.top) / rect.height * line.box[3] : (event.clientX - rect.left) / rect.width * line.box[2];
  const found = line.at.findIndex((at, n) => share < at + line.size[n]);
  return found < 0 ? line.chars.length : found;
}

function shortcuts(event) {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.id !== "printed";
  if (event.key === "Escape" && !byId("keys").open && byId("compare").contains(event.target)) compare(false);
  else if (event.key === "Escape" && !byId("keys").open && byId("panel").contains(event.target) && target) {
    const place = elements.get(placeId(target));
    if (place) place.focus();
  } else if (event.key === "Enter" && event.ctrlKey && target && byId("view-line").contains(event.target)) submit();
  else if (event.altKey && /^[1-5]$/.test(event.key)) { const name = TABS[event.key - 1]; selectTab(name); open(true); byId(`tab-${name}`).focus(); }
  else if (!typing && event.key === "?") byId("keys").showModal();
  else if (!typing && event.ctrlKey && event.key.toLowerCase() === "z" && !event.shiftKey) undo();
  else if (!typing && event.ctrlKey && (event.key.toLowerCase() === "y" || event.key.toLowerCase() === "z")) redo();
  else return;
  event.preventDefault();
}

function listen() {
  const pages = byId("pages"), pick = byId("pick");
  pages.addEventListener("keydown", walk);
  pages.addEventListener("click", (event) => {
    const place = event.target.closest("[data-line]");
    if (place && !selected()) { chooseElement(place, event.detail ? under(event, place) : 0, !event.detail, event.detail); if (NARROW.matches) reveal(place); }
  });
  document.addEventListener("selectionchange", () => {
    const range = selected();
    pick.hidden = !range;
    if (range) { const text = range.block.chars.slice(range.start, range.end).join(""); pick.textContent = t("correct", { text: text.length > 12 ? `${text.slice(0, 11)}…` : text }); }
  });
  pick.addEventListener("pointerdown", (event) => event.preventDefault());
  pick.addEventListener("click", () => { const range = selected(); if (range) { getSelection().removeAllRanges(); choose(range, true); } });
  document.addEventListener("keydown", shortcuts);
  byId("zoom-in").addEventListener("click", () => setZoom(zoom * 1.25));
  byId("zoom-out").addEventListener("click", () => setZoom(zoom / 1.25));
  byId("zoom-fit").addEventListener("click", fit);
  byId("language").addEventListener("click", () => { language = language === "ja" ? "en" : "ja"; keepLanguage(); speak(); });
  byId("keys-open").addEventListener("click", () => byId("keys").showModal());
  byId("keys-close").addEventListener("click", () => byId("keys").close());
  byId("panel-size").addEventListener("click", () => open(byId("panel").classList.contains("small")));
  addEventListener("resize", () => { if (fitted) fit(); });
  addEventListener("beforeunload", (event) => { if (!kept && !state.exported) { event.preventDefault(); event.returnValue = ""; } });
}

load(); loadLanguage(); buildTabs(); selectTab("line"); if (NARROW.matches) open(false);
spread(); rove(places[0]); speak(); fit(); listen();
})();
