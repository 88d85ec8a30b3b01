/* What is drawn over the pages, and the places of characters. */
const HUNDREDTH = 0.01;

/* The printed rectangles of characters of a block, one for each line: hundredths of a millimetre. */
function boxes(block, start, end) {
  const found = [];
  for (const line of block.lines) {
    const from = Math.max(0, start - line.first), to = Math.min(line.chars.length, end - line.first);
    if (from >= to) continue;
    const [x, y, w, h] = line.box, head = line.at[from], reach = line.at[to - 1] + line.size[to - 1] - head;
    found.push({ page: block.page, v: line.v, box: line.v ? [x, y + head, w, reach] : [x + head, y, reach, h] });
  }
  return found;
}

/* The edge before a character, or behind the last one. */
function edge(block, index) {
  const last = index >= block.chars.length;
  const [found] = boxes(block, last ? index - 1 : index, last ? index : index + 1);
  if (!found) return null;
  const [x, y, w, h] = found.box, thick = 60;
  const box = found.v ? [x, (last ? y + h : y) - thick / 2, w, thick] : [(last ? x + w : x) - thick / 2, y, thick, h];
  return { ...found, box };
}

/* Where a correction stands now: its block and characters, its thing, or null. */
function placeOf(item) {
  if (item.thing && things.has(item.thing)) return { thing: things.get(item.thing) };
  const line = lines.get(item.line);
  if (!line) return null;
  const block = line.block, length = item.kind === "insert" ? 0 : [...item.old].length;
  let start = item.at[0] ? block.from.findIndex(([row, column]) => row === item.at[0] && column === item.at[1]) : -1;
  if (start < 0 && item.old) {
    const at = block.chars.join("").indexOf(item.old, toOffset(block.chars, line.first));
    start = at < 0 ? -1 : toIndex(block.chars, at);
  }
  if (start < 0) start = line.first;
  if (item.after) start++;
  const size = length ? toIndex(block.chars.slice(start), item.old.length) : 0;
  return { block, start, end: start + size };
}

/* What a finding is about: printed characters, a thing, or the first of what its source line became. */
function findingPlace(found) {
  const line = lines.get(found.line);
  if (line) return { block: line.block, start: line.first + found.start, end: line.first + Math.max(found.start, found.end) };
  if (things.has(found.line)) return { thing: things.get(found.line) };
  if (!found.yaml) return null;
  for (const thing of data.things) if (thing.span[0] === found.yaml) return { thing };
  const [from, to] = [found.column, found.column + found.length];
  let first = null;
  for (const block of data.blocks) {
    const inside = ([row, column]) => row === found.yaml && column >= from && column < to;
    const start = from ? block.from.findIndex(inside) : -1;
    if (start >= 0) {
      let end = start;
      while (end < block.from.length && inside(block.from[end])) end++;
      return { block, start, end };
    }
    const any = first ? -1 : block.from.findIndex(([row]) => row === found.yaml);
    if (any >= 0) first = { block, start: any, end: any };
  }
  return first;
}

function put(page, box, kind, text) {
  const layer = document.querySelector(`#page-${page} .marks`);
  if (!layer) return;
  const [x, y, w, h] = box.map((n) => n * HUNDREDTH);
  const made = el("div", { className: kind, textContent: text || "" });
  const length = (n) => `calc(${n.toFixed(2)} * var(--mm))`;
  made.style.left = length(x); made.style.top = length(y);
  if (!text) { made.style.width = length(w); made.style.height = length(h); }
  layer.append(made);
}

function drawRange(block, start, end, kind) {
  for (const { page, box, v } of boxes(block, start, end)) put(page, box, `mark ${kind}${v ? " v" : ""}`);
}

function draw() {
  for (const layer of document.querySelectorAll(".marks")) layer.replaceChildren();
  for (const finding of data.findings) {
    const place = findingPlace(finding), kind = `finding ${finding.severity}`;
    if (place && place.thing) put(place.thing.page, place.thing.box, `mark thing-${kind}`);
    else if (place && place.end > place.start) drawRange(place.block, place.start, place.end, kind);
  }
  for (const made of data.changes) {
    const line = lines.get(made.line);
    if (line && made.kind !== "removed") drawChange(line, made);
  }
  if (target && target.block && target.end > target.start) drawRange(target.block, target.start, target.end, "chosen-text");
  state.items.forEach((item, index) => drawItem(item, index + 1));
}

function drawChange(line, made) {
  let at = 0;
  const text = line.block.chars;
  for (const [what, words, asked] of made.parts) {
    const from = toIndex(text, at), kind = asked ? "changed" : "unasked";
    if (what === "in") drawRange(line.block, from, toIndex(text, at + words.length), kind);
    if (what === "out") { const gap = edge(line.block, from); if (gap) put(gap.page, gap.box, `mark gone ${kind}`); }
    if (what !== "out") at += words.length;
  }
}

function drawItem(item, number) {
  const place = placeOf(item);
  if (!place) return;
  if (place.thing) {
    put(place.thing.page, place.thing.box, `mark ${item.kind}`);
    put(place.thing.page, place.thing.box, "badge", String(number));
    return;
  }
  const { block, start, end } = place;
  const empty = start === end ? edge(block, start) : null;
  if (empty) put(empty.page, empty.box, `mark ${item.kind}`);
  else drawRange(block, start, end, item.kind);
  const first = empty || boxes(block, start, end)[0];
  if (first) put(first.page, first.box, "badge", String(number));
}

/* The browser's own type has other widths than the printed one: each stretch is spread to fit. */
function spread() {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = '100px "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho", serif';
  const widths = new Map();
  const width = (char) => {
    if (!widths.has(char)) widths.set(char, pen.measureText(char).width / 100);
    return widths.get(char);
  };
  for (const [id, line] of lines) {
    const place = elements.get(id), em = parseFloat(place.style.getPropertyValue("--s")) * 100;
    const runs = [];
    line.chars.forEach((char, n) => {
      const advance = n + 1 < line.at.length ? line.at[n + 1] - line.at[n] : line.size[n];
      const own = line.v && char.codePointAt(0) > 0x2e80 ? 1 : width(char);
      const gap = Math.max(-own, Math.round((advance / em - own) * 100) / 100);
      if (runs.length && Math.abs(runs[runs.length - 1].gap - gap) < 0.006) runs[runs.length - 1].text += char;
      else runs.push({ gap, text: char });
    });
    place.replaceChildren(...runs.map((run) => {
      if (!run.gap) return document.createTextNode(run.text);
      const made = el("span", { textContent: run.text });
      made.style.letterSpacing = `${run.gap}em`;
      return made;
    }));
  }
}
