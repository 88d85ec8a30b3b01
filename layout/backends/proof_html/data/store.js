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

function keep() {
  try { localStorage.setItem(KEY, JSON.stringify(state)); kept = true; } catch (problem) { kept = false; }
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
  let number = state.items.length + 1;
  while (known.has(`c${number}`)) number++;
  return `c${number}`;
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

function exported() {
  const ticked = data.facts.rows.filter((row) => state.ticks[factKey(row)]).map((row) => ({
    kind: row.kind, printed: row.printed, page: row.page, line: row.line, ...state.ticks[factKey(row)] }));
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
  const same = (item) => [item.kind, item.line, ...item.at, item.old, item.new, item.note, item.by || state.by].join("\u0001");
  const known = new Set(state.items.map(same)), ids = new Set(state.items.map((item) => item.id));
  const more = [];
  for (const item of held.items.slice(0, 5000).map(sound).filter(Boolean)) {
    item.by = item.by || by;
    if (known.has(same(item))) continue;
    while (!item.id || ids.has(item.id)) item.id = `${item.id || "c"}x`;
    ids.add(item.id); known.add(same(item)); more.push(item);
  }
  change([...state.items, ...more], t("imported", { n: more.length }) + (held.source === data.source ? "" : ` ${t("importOld")}`));
}
