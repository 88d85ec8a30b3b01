/* What the proofreader made: kept in the browser, undone, exported, imported. */
const KEY = `bira:${data.leaflet}:${data.source}`;
const KINDS = ["replace", "insert", "delete", "query"];
const state = { by: "", items: [], ticks: {}, exported: true };
const past = [], future = [];
let kept = true;

function load() {
  try {
    localStorage.setItem(`${KEY}:try`, "1");
    localStorage.removeItem(`${KEY}:try`);
    const held = JSON.parse(localStorage.getItem(KEY) || "null");
    if (held && Array.isArray(held.items)) {
      state.by = typeof held.by === "string" ? held.by : "";
      state.items = held.items.map(sound).filter(Boolean);
      state.ticks = held.ticks && typeof held.ticks === "object" ? held.ticks : {};
      state.exported = held.exported !== false;
    }
  } catch (problem) { kept = false; }
}

/* Work on other versions of this leaflet that was kept here and never saved to a file. */
function leftovers() {
  const found = [];
  try {
    for (let n = 0; n < localStorage.length; n++) {
      const key = localStorage.key(n);
      if (!key.startsWith(`bira:${data.leaflet}:`) || key === KEY) continue;
      const held = JSON.parse(localStorage.getItem(key) || "null");
      const items = held && held.exported === false && Array.isArray(held.items) ? held.items.map(sound).filter(Boolean) : [];
      if (items.length) found.push({ key, held, items });
    }
  } catch (problem) { return []; }
  return found;
}
function takeLeftovers() {
  let all = state.items;
  for (const { key, held, items } of leftovers()) {
    const by = typeof held.by === "string" ? held.by.slice(0, 200) : "";
    all = merged(all, items.map((item) => ({ ...item, by: item.by || by }))).items;
    try { localStorage.setItem(key, JSON.stringify({ ...held, exported: true })); } catch (problem) { kept = false; }
  }
  change(all, t("importOld"));
}

function keep() {
  try { localStorage.setItem(KEY, JSON.stringify(state)); kept = true; } catch (problem) { kept = false; }
}

/* The language stays chosen where something can be kept. */
function loadLanguage() {
  try { if (localStorage.getItem("bira:language") === "en") language = "en"; } catch (problem) { kept = false; }
}
function keepLanguage() {
  try { localStorage.setItem("bira:language", language); } catch (problem) { kept = false; }
}

/* Every change of the list goes through here, so that it can be undone. */
function change(items, word) {
  past.push(state.items); future.length = 0;
  state.items = items; state.exported = false;
  keep(); refresh(); say(word);
}
function undo() { if (past.length) step(past, future, "undone"); }
function redo() { if (future.length) step(future, past, "redone"); }
function step(one, other, word) {
  other.push(state.items); state.items = one.pop(); state.exported = false;
  keep(); refresh(); say(t(word));
}

function freshId() {
  const known = new Set(state.items.map((item) => item.id));
  let number = state.items.length + 1, made = "";
  // Others number theirs, too: a little chance keeps the names apart when files are put together.
  do made = `c${number++}-${Math.random().toString(36).slice(2, 7).padEnd(5, "0")}`; while (known.has(made));
  return made;
}

/* A correction as it may be used, or null: files come from anywhere. */
function sound(item) {
  if (!item || typeof item !== "object" || !KINDS.includes(item.kind)) return null;
  const text = (key, most) => typeof item[key] === "string" ? item[key].slice(0, most || 4000) : "";
  const at = Array.isArray(item.at) && item.at.length === 2 && item.at.every((n) => Number.isInteger(n) && n >= 0) ? item.at : [0, 0];
  const made = { id: text("id", 80), kind: item.kind, page: Number.isInteger(item.page) ? item.page : 0, line: text("line", 200), at,
    old: text("old"), new: text("new"), before: text("before"), behind: text("behind"), note: text("note"), made: text("made", 40), by: text("by", 200) };
  if (item.after === true) made.after = true;
  if (item.block) made.block = text("block", 200);
  if (item.thing) made.thing = text("thing", 200);
  if ((made.kind === "replace" || made.kind === "delete") && !made.old) return null;
  if ((made.kind === "replace" || made.kind === "insert") && !made.new) return null;
  return made;
}

const hasWork = () => state.items.length > 0 || Object.keys(state.ticks).length > 0;

function exported() {
  const ticked = data.facts.rows.filter((row) => state.ticks[factKey(row)]).map((row) => ({
    kind: row.kind, printed: row.printed, page: row.page, line: row.line, ...state.ticks[factKey(row)], by: state.ticks[factKey(row)].by || state.by }));
  const held = { "bira-corrections": 1, leaflet: data.leaflet, source: data.source, stage: data.stage, by: state.by,
    items: state.items.map((item) => ({ ...item, by: item.by || state.by })), facts: ticked };
  return JSON.stringify(held, null, 1) + "\n";
}
const factKey = (row) => [row.kind, row.normal, row.line, row.start].join("|");

function save() {
  if (!state.by.trim()) { say(t("needName")); byId("by").focus(); return; }
  const clean = (word) => word.replace(/[\u0000-\u0020\\/:*?"<>|.]+/g, "-").slice(0, 40);
  const file = `${clean(data.leaflet)}-corrections-${clean(state.by.trim())}.json`;
  const url = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  const link = el("a", { href: url, download: file });
  document.body.append(link); link.click(); link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 4000);
  state.exported = true; keep(); refresh(); say(t("exported", { file }));
}

async function take(file) {
  let held = null;
  try { held = file.size < 4000000 ? JSON.parse(await file.text()) : null; } catch (problem) { held = null; }
  if (!held || held["bira-corrections"] !== 1 || !Array.isArray(held.items)) { say(t("importBad")); return; }
  if (held.leaflet !== data.leaflet) { say(t("importOther", { name: String(held.leaflet).slice(0, 60) })); return; }
  const by = typeof held.by === "string" ? held.by.slice(0, 200) : "";
  const theirs = held.items.slice(0, 5000).map(sound).filter(Boolean).map((item) => ({ ...item, by: item.by || by }));
  const { items, added, newer } = merged(state.items, theirs);
  const words = [t("imported", { n: added })];
  if (newer) words.push(t("importNewer", { n: newer }));
  if (theirs.length - added - newer) words.push(t("importKnown", { n: theirs.length - added - newer }));
  if (held.source !== data.source) words.push(t("importOld"));
  const ticked = takeTicks(held.facts);
  if (added || newer) change(items, words.join(" "));
  else { if (ticked) { state.exported = false; keep(); refresh(); } say(words.join(" ")); }
  if (ticked) renderFacts();
}
/* What others checked among the facts; how many of them are new. */
function takeTicks(held) {
  let count = 0;
  for (const each of Array.isArray(held) ? held.slice(0, 5000) : []) {
    const row = each && data.facts.rows.find((one) => ["kind", "printed", "page", "line"].every((key) => one[key] === each[key]) && !state.ticks[factKey(one)]);
    if (!row) continue;
    const text = (value, most) => typeof value === "string" ? value.slice(0, most) : "";
    state.ticks[factKey(row)] = { by: text(each.by, 200), made: text(each.made, 40) };
    count++;
  }
  return count;
}
const OWN = /^c\d+-[a-z0-9]{5,}$/;
/* Two lists as one: nothing twice, nothing lost; of two states of one correction the later. */
function merged(mine, theirs) {
  const told = (item) => JSON.stringify([item.kind, item.line, item.at, item.old, item.new, item.note, item.made || item.by || state.by]);
  const items = [...mine], known = new Set(mine.map(told));
  let added = 0, newer = 0;
  for (const item of theirs) {
    if (known.has(told(item))) continue;
    known.add(told(item));
    const at = items.findIndex((each) => each.id === item.id);
    if (at >= 0 && OWN.test(item.id)) {
      if (items[at].made < item.made) { items[at] = item; newer++; }
      continue;
    }
    let id = item.id || "c";
    while (items.some((each) => each.id === id)) id += "x";
    items.push({ ...item, id }); added++;
  }
  return { items, added, newer };
}
