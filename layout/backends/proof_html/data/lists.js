/* Lists: corrections, findings, facts, changes. */
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
  const loader = el("input", { type: "file", id: "import", accept: ".json,application/json", on: { change: (event) => { if (event.target.files[0]) take(event.target.files[0]); event.target.value = ""; } } });
  view.replaceChildren(el("h2", { textContent: t("items") }),
    el("label", { className: "field" }, el("span", { textContent: t("by") }), name),
    el("div", { className: "row" }, button(t("undo"), undo, { disabled: !past.length, id: "undo" }), button(t("redo"), redo, { disabled: !future.length, id: "redo" })),
    state.items.length ? el("ol", {}, ...state.items.map(itemCard)) : el("p", { className: "hint", textContent: t("itemsNone") }),
    el("div", { className: "row" }, button(t("export"), save, { className: "main", id: "export", disabled: !state.items.length && !Object.keys(state.ticks).length }),
      el("label", { className: "file" }, t("import"), loader)),
    el("p", { className: "hint", textContent: t("exportHint") }));
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
  const line = lines.has(found.line) ? found.line : placeAtYaml(found.yaml);
  return el("div", { className: `card ${found.severity}` },
    el("p", { className: "head" }, el("span", { className: `word ${colour}`, textContent: severity }),
      found.page ? t("page", { n: found.page }) : "", found.yaml ? `${t("yamlLine")} ${found.yaml}` : ""),
    el("p", { textContent: found[language] }),
    ...found.hints[language].map((hint) => el("p", { className: "hint", textContent: hint })),
    linked && line ? el("div", { className: "row" }, showButton(line, found[language].slice(0, 40))) : null);
}
function placeAtYaml(row) {
  if (!row) return "";
  for (const [id, line] of lines) if (line.from.some(([, at]) => at === row)) return id;
  return "";
}

function renderFindings() {
  byId("view-findings").replaceChildren(el("h2", { textContent: t("findings") }),
    ...(data.findings.length ? data.findings.map((each) => findingCard(each, true)) : [el("p", { className: "hint", textContent: t("findingsNone") })]));
}

function renderFacts() {
  const { rows, unused } = data.facts, done = rows.filter((row) => state.ticks[factKey(row)]).length;
  const colours = { declared: "ok", typed: "ok", other: "", near: "amber", wrong: "red" };
  byId("view-facts").replaceChildren(el("h2", { textContent: t("facts") }),
    el("p", { className: "hint", textContent: rows.length ? t("factsHint") : t("factsNone") }),
    el("p", { className: "hint", id: "facts-done", "aria-live": "polite", textContent: rows.length ? t("factsDone", { n: done, total: rows.length }) : "" }),
    ...rows.map((row) => {
      const tick = el("input", { type: "checkbox", checked: Boolean(state.ticks[factKey(row)]), on: { change: (event) => {
        if (event.target.checked) state.ticks[factKey(row)] = { by: state.by, made: new Date().toISOString() };
        else delete state.ticks[factKey(row)];
        state.exported = false; keep();
        byId("facts-done").textContent = t("factsDone", { n: rows.filter((each) => state.ticks[factKey(each)]).length, total: rows.length });
        renderItems(); counts();
      } } });
      const kind = t(row.kind === "code" ? "codeKind" : row.kind);
      return el("div", { className: "card" }, el("label", { className: "tick" }, tick, el("span", {},
        el("span", { className: "head" }, kind, " ", t("page", { n: row.page }), " ", el("span", { className: `word ${colours[row.verdict]}`, textContent: t(row.verdict) })),
        el("strong", { textContent: row.printed, lang: "ja" }))), el("div", { className: "row" }, showButton(row.line, row.printed)));
    }), unused.length ? el("p", { className: "hint", textContent: t("unused", { names: unused.join("、") }) }) : "");
}

function renderChanges() {
  const kinds = { changed: "changed", added: "added_", removed: "removed_", moved: "moved", figure: "figure_" };
  byId("view-changes").replaceChildren(el("h2", { textContent: t("changes") }),
    el("p", { className: "hint", textContent: !data.since ? t("changesFirst") : data.changes.length ? t("changesSince", { stage: data.since }) : t("changesNone") }),
    ...data.changes.map((made) => el("div", { className: `card ${made.asked ? "asked" : "unasked"}` },
      el("p", { className: "head" }, el("span", { className: `word ${made.asked ? "ok" : "violet"}`, textContent: t(made.asked ? "asked" : "unasked") }),
        t(kinds[made.kind] || made.kind), made.page ? t("page", { n: made.page }) : ""),
      el("p", { lang: "ja" }, ...made.parts.map(([what, text]) => what === "out" ? el("del", { textContent: text }) : what === "in" ? el("ins", { textContent: text }) : shortened(text))),
      el("div", { className: "row" }, showButton(made.line, t(kinds[made.kind] || made.kind))))));
}
const shortened = (text) => text.length > 40 ? `${text.slice(0, 18)}…${text.slice(-18)}` : text;
