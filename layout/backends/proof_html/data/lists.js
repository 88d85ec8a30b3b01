/* Lists: corrections, findings, facts. */
function go(id, focus) {
  const place = elements.get(id), line = lines.get(id);
  if (!place) return;
  reveal(place); rove(place);
  if (focus) place.focus();
  if (line || things.has(id)) {
    for (const each of document.querySelectorAll(".chosen")) each.classList.remove("chosen");
    place.classList.add("chosen");
  }
}
const showButton = (id, name) => elements.has(id) ? button(t("show"), () => go(id, true), { "aria-label": `${t("show")}：${name}` }) : null;
/* The same with its very characters marked. */
function showPlaceButton(place, name) {
  if (!place) return null;
  return button(t("show"), () => {
    target = place; editing = null; draft = { kind: place.thing ? "query" : "replace", new: "", note: "" };
    renderLine(); draw(); go(placeId(place), true);
    if (NARROW.matches) open(false);
  }, { "aria-label": `${t("show")}：${name}` });
}

function difference(item) {
  const made = el("p", { lang: "ja" });
  if (item.before) made.append(item.before.slice(-6));
  if (item.kind === "query") made.append(el("mark", { textContent: item.old || "…" }));
  else { if (item.old) made.append(el("del", { textContent: item.old })); if (item.new) made.append(el("ins", { textContent: item.new })); }
  if (item.behind) made.append(item.behind.slice(0, 6));
  return made;
}

function renderItems() {
  const view = byId("view-items");
  const name = el("input", { id: "by", type: "text", value: state.by, maxLength: 100, autocomplete: "name", on: { input: (event) => { state.by = event.target.value; keep(); } } });
  const loader = el("input", { type: "file", id: "import", accept: ".json,application/json", multiple: true, on: { change: async (event) => { for (const file of [...event.target.files]) await take(file); event.target.value = ""; } } });
  view.replaceChildren(el("h2", { textContent: t("items") }),
    leftCard(), el("label", { className: "field" }, el("span", { textContent: t("by") }), name),
    el("div", { className: "row" }, button(t("undo"), undo, { disabled: !past.length, id: "undo" }), button(t("redo"), redo, { disabled: !future.length, id: "redo" })),
    state.items.length ? el("ol", {}, ...state.items.map(itemCard)) : el("p", { className: "hint", textContent: t("itemsNone") }),
    el("div", { className: "row" }, button(t("export"), save, { className: "main", id: "export", disabled: !hasWork() }),
      el("label", { className: "file" }, t("import"), loader)),
    el("p", { className: "hint", id: "not-exported" }), el("p", { className: "hint", textContent: t("exportHint") }), otherWay());
  byId("not-exported").textContent = hasWork() && !state.exported ? t("notExported") : "";
}

/* Where a browser saves no files: the same as text. */
function otherWay() {
  const field = el("textarea", { id: "as-text", readOnly: true, spellcheck: false, lang: "ja", "aria-label": t("asText") });
  const copy = button(t("copy"), () => { field.value = exported(); field.focus(); field.select(); say(t(document.execCommand("copy") ? "copied" : "copyNot")); });
  const summary = el("summary", { textContent: t("asText"), on: { click: () => { field.value = exported(); } } });
  return el("details", {}, summary, el("p", { className: "hint", textContent: t("asTextHint") }), field, el("div", { className: "row" }, copy));
}
function leftCard() {
  const count = leftovers().reduce((sum, { items }) => sum + items.length, 0);
  return count ? el("div", { className: "card warning", id: "left" }, el("p", { textContent: t("left", { n: count }) }), el("div", { className: "row" }, button(t("leftTake"), takeLeftovers))) : "";
}

function itemCard(item, index) {
  const name = t("mark", { n: index + 1, kind: t(item.kind) }), thing = things.get(item.thing);
  return el("li", { className: "card" },
    el("p", { className: "head" }, el("span", { className: "word red", textContent: name }), t("page", { n: item.page }), el("span", { textContent: item.by || state.by || t("anonymous") })),
    thing ? el("p", { textContent: thing.alt || thing.says }) : difference(item),
    item.note ? el("p", { className: "hint", textContent: item.note }) : null,
    el("div", { className: "row" }, showButton(item.line, name),
      placeOf(item) ? button(t("edit"), () => edit(item), { "aria-label": `${t("edit")}：${name}` }) : null,
      button(t("remove"), () => { change(state.items.filter((each) => each !== item), t("removed")); byId("undo").focus(); }, { "aria-label": `${t("remove")}：${name}` })));
}

function findingCard(found, linked) {
  const severity = t(found.severity === "note" ? "note_" : found.severity);
  const colour = { error: "red", warning: "amber", note: "" }[found.severity];
  return el("div", { className: `card ${found.severity}` },
    el("p", { className: "head" }, el("span", { className: `word ${colour}`, textContent: severity }),
      found.page ? el("span", { textContent: t("page", { n: found.page }) }) : "", found.yaml ? `${t("yamlLine")} ${found.yaml}` : ""),
    el("p", { textContent: found[language] }),
    ...found.hints[language].map((hint) => el("p", { className: "hint", textContent: hint })),
    linked ? el("div", { className: "row" }, showPlaceButton(findingPlace(found), found[language].slice(0, 40))) : null);
}

function renderFindings() {
  byId("view-findings").replaceChildren(el("h2", { textContent: t("findings") }),
    ...(data.findings.length ? data.findings.map((each) => findingCard(each, true)) : [el("p", { className: "hint", textContent: t("findingsNone") })]));
}

/* The occurrences of each fact together. */
function renderFacts() {
  const { rows, unused } = data.facts, groups = new Map();
  for (const row of rows) {
    const key = `${row.kind}|${row.normal}`;
    groups.set(key, [...(groups.get(key) || []), row]);
  }
  byId("view-facts").replaceChildren(el("h2", { textContent: t("facts") }),
    el("p", { className: "hint", textContent: rows.length ? t("factsHint") : t("factsNone") }),
    el("p", { className: "hint", id: "facts-done", "aria-live": "polite", textContent: factsDone() }),
    ...[...groups.values()].map(factCard),
    unused.length ? el("p", { className: "hint", textContent: t("unused", { names: unused.join("、") }) }) : "");
}
function factsDone() {
  const { rows } = data.facts;
  return rows.length ? t("factsDone", { n: rows.filter((row) => state.ticks[factKey(row)]).length, total: rows.length }) : "";
}
function factCard(rows) {
  const [{ kind, printed, fact }] = rows;
  return el("div", { className: "card", role: "group", "aria-label": printed },
    el("p", { className: "head" }, t(kind === "code" ? "codeKind" : kind), fact ? el("span", { textContent: fact }) : null),
    el("p", {}, el("strong", { textContent: printed, lang: "ja" })), ...rows.map(occurrence));
}
const COLOURS = { declared: "ok", typed: "ok", other: "", near: "amber", wrong: "red" };
function occurrence(row) {
  const line = lines.get(row.line), thing = things.get(row.line);
  const place = line ? { block: line.block, start: line.first + row.start, end: line.first + row.end } : thing ? { thing } : null;
  const name = `${row.printed} ${t("page", { n: row.page })}`;
  const ticked = state.ticks[factKey(row)];
  const tick = el("input", { type: "checkbox", checked: Boolean(ticked), "aria-label": `${t("checked")}：${name}`, on: { change: (event) => {
    if (event.target.checked) state.ticks[factKey(row)] = { by: state.by, made: new Date().toISOString() };
    else delete state.ticks[factKey(row)];
    state.exported = false; keep();
    byId("facts-done").textContent = factsDone();
    renderItems(); counts();
  } } });
  return el("div", { className: "fact" }, el("label", { className: "tick" }, tick, el("span", {}, t("page", { n: row.page }), " ", el("span", { className: `word ${COLOURS[row.verdict]}`, textContent: t(row.verdict) }), " ", el("span", { textContent: ticked && ticked.by ? t("checkedBy", { name: ticked.by }) : "" }))),
    showPlaceButton(place, name));
}
