/* The line that is chosen, and the form for a correction. */
let target = null, draft = { kind: "replace", new: "", note: "" }, editing = null;

function choose(next, focus) {
  target = next; editing = null; draft = { kind: next.thing ? "query" : "replace", new: "", note: "" };
  showPlace(); selectTab("line");
  open(true);
  renderLine(); draw();
  if (focus) focusForm();
}
function focusForm() {
  const field = byId("printed") && target.start === target.end ? byId("printed") : byId("new") || byId("note");
  if (field) field.focus();
}
const placeId = (of) => of.thing ? of.thing.id : ownerAt(of.block, of.start).id;
const ownerAt = (block, index) => block.owner[Math.min(index, block.owner.length - 1)];

function showPlace() {
  for (const each of document.querySelectorAll(".chosen")) each.classList.remove("chosen");
  const place = target && elements.get(placeId(target));
  if (place) { place.classList.add("chosen"); rove(place); }
}
function reveal(place) {
  if (place) place.scrollIntoView({ block: "center", inline: "nearest" });
}

/* The correction that the form stands for, or the word that says what is missing. */
function written() {
  const item = { id: editing || freshId(), kind: draft.kind, page: 0, line: "", at: [0, 0], old: "", new: "", before: "", behind: "", note: draft.note.trim(), made: new Date().toISOString(), by: state.by };
  if (target.thing) {
    if (!item.note) return "needNote";
    return { ...item, kind: "query", page: target.thing.page, line: target.thing.id, thing: target.thing.id };
  }
  const { block } = target, start = target.start, end = item.kind === "insert" ? start : target.end;
  item.old = block.chars.slice(start, end).join("");
  item.new = item.kind === "replace" || item.kind === "insert" ? draft.new : "";
  if (!item.old && (item.kind === "replace" || item.kind === "delete")) return "needOld";
  if (!item.new && (item.kind === "replace" || item.kind === "insert")) return "needNew";
  if (!item.note && item.kind === "query") return "needNote";
  if (item.kind === "replace" && item.old === item.new) return "same";
  const owner = ownerAt(block, start);
  item.page = block.page; item.line = owner.id;
  const here = block.from[start], before = block.from[start - 1];
  if (here && here[0]) item.at = here;
  else if (item.kind === "insert" && before && before[0]) { item.at = before; item.after = true; }
  if (!item.at[0]) item.block = block.id;
  item.before = around(block, start, -1); item.behind = around(block, end, 1);
  return item;
}
/* Up to twelve typed characters beside a place; what was not typed is not in the source. */
function around(block, at, step) {
  const found = [];
  let index = step < 0 ? at - 1 : at;
  while (found.length < 12 && block.from[index] && block.from[index][0]) { found.push(block.chars[index]); index += step; }
  return (step < 0 ? found.reverse() : found).join("");
}

function submit() {
  const item = written();
  const problem = byId("problem");
  if (typeof item === "string") { problem.textContent = t(item); (item === "needOld" ? byId("printed") : item === "needNote" ? byId("note") : byId("new")).focus(); return; }
  const items = editing ? state.items.map((each) => each.id === editing ? { ...item, by: each.by } : each) : [...state.items, item];
  editing = null; draft = { kind: target.thing ? "query" : "replace", new: "", note: "" };
  change(items, t("added")); renderLine();
  const place = elements.get(item.line);
  if (place) place.focus();
}

function edit(item) {
  const place = placeOf(item);
  if (!place) return;
  choose(place.thing ? { thing: place.thing } : place);
  editing = item.id; draft = { kind: item.kind, new: item.new, note: item.note };
  renderLine(); focusForm();
}

function renderLine() {
  const view = byId("view-line");
  if (!target) {
    view.replaceChildren(el("h2", { textContent: t("begin") }), el("ol", { className: "steps" }, ...steps()));
    return;
  }
  view.replaceChildren(...(target.thing ? thingHead(target.thing) : lineHead()), ...form(), el("div", { id: "about-line" }));
  renderAbout(); renderForm();
}

const steps = () => data.words[language].steps.map((step) => el("li", { textContent: step }));

function thingHead(thing) {
  return [el("h2", { textContent: `${t(thing.kind)}　${t("page", { n: thing.page })}` }),
    el("p", { textContent: thing.alt }), thing.says ? el("p", {}, `${t("says")}：`, el("strong", { textContent: thing.says })) : null,
    thing.file ? el("p", { className: "hint", textContent: `${t("file")}：${thing.file}` }) : null].filter(Boolean);
}

function lineHead() {
  const printed = el("textarea", { id: "printed", className: "printed", value: target.block.chars.join(""), lang: "ja", "aria-readonly": "true", inputmode: "none", spellcheck: false });
  // A field that is really read-only has no caret that keys could move.
  const whole = printed.value, marked = target;
  printed.addEventListener("beforeinput", (event) => event.preventDefault());
  printed.addEventListener("input", () => { printed.value = whole; });
  const pick = () => {
    if (target !== marked) return;
    target.start = toIndex(target.block.chars, printed.selectionStart);
    target.end = toIndex(target.block.chars, printed.selectionEnd);
    renderForm(); renderAbout(); showPlace(); draw();
  };
  for (const event of ["select", "keyup", "pointerup"]) printed.addEventListener(event, pick);
  // At once: keys may come before anything that is put off.
  printed.setSelectionRange(toOffset(target.block.chars, target.start), toOffset(target.block.chars, target.end));
  return [el("h2", { textContent: t("page", { n: target.block.page }) }), el("label", { className: "field" }, el("span", { textContent: t("printed") }), printed)];
}

function form() {
  const kinds = el("div", { className: "kinds" }, ...KINDS.map((kind) => el("label", {},
    el("input", { type: "radio", name: "kind", value: kind, checked: draft.kind === kind, on: { change: () => { draft.kind = kind; renderForm(); } } }), t(kind))));
  const field = (id, word, key) => el("label", { className: "field", id: `field-${id}` }, el("span", { id: `word-${id}`, textContent: t(word) }),
    el("textarea", { id, value: draft[key], maxLength: 4000, lang: "ja", on: { input: (event) => { draft[key] = event.target.value; } } }));
  return [
    target.thing ? null : el("fieldset", {}, el("legend", { textContent: t("kind") }), kinds),
    target.thing ? null : el("p", { className: "old", id: "old", "aria-live": "polite" }),
    target.thing ? null : field("new", "new", "new"),
    field("note", "note", "note"),
    el("p", { className: "problem", id: "problem", role: "alert" }),
    el("div", { className: "row" }, button(t(editing ? "save" : "add"), submit, { className: "main", id: "add" }),
      editing ? button(t("cancel"), () => { editing = null; draft = { kind: "replace", new: "", note: "" }; renderLine(); }) : null),
  ].filter(Boolean);
}

function renderForm() {
  const asks = target.thing || draft.kind === "query";
  byId("word-note").textContent = t(asks ? "question" : "note");
  byId("problem").textContent = "";
  if (target.thing) return;
  byId("field-new").hidden = draft.kind === "delete" || draft.kind === "query";
  const { chars } = target.block, text = chars.slice(target.start, target.end).join("");
  byId("old").textContent = draft.kind === "insert"
    ? t("placeInsert", { before: chars.slice(Math.max(0, target.start - 8), target.start).join(""), behind: chars.slice(target.start, target.start + 8).join("") })
    : text ? t("selected", { text }) : t("selectedNone");
}

function renderAbout() {
  const about = byId("about-line"), list = el("dl", { className: "facts-of" });
  const add = (word, value) => { if (value) list.append(el("dt", { textContent: word }), el("dd", {}, value)); };
  const owner = target.thing || ownerAt(target.block, target.start);
  const [row] = target.thing ? target.thing.span : (target.block.from[target.start] || owner.span);
  const yaml = row || owner.span[0];
  add(t("lineId"), owner.id);
  add(t("yamlLine"), yaml ? String(yaml) : "");
  if (owner.ruby) add(t("ruby"), owner.ruby.map(([, text]) => text).join("・"));
  const typed = yaml && data.yaml[yaml - 1] !== undefined;
  const found = data.findings.filter((each) => each.line ? each.line === owner.id : each.yaml && each.yaml === yaml);
  about.replaceChildren(el("h3", { textContent: t("source") }), list,
    ...(typed ? [el("pre", { className: "yaml", lang: "ja", tabIndex: 0, textContent: data.yaml[yaml - 1].trim() || " " })] : []),
    ...(!target.thing && target.block.from[target.start] && !row ? [el("p", { className: "hint", textContent: t("generated") })] : []),
    ...(found.length ? [el("h3", { textContent: t("lineFindings") }), ...found.map((each) => findingCard(each, false))] : []));
}
