"use strict";
(function () {
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
let language = "ja";

/* The words of the page in the language chosen. */
function t(name, values) {
  const text = data.words[language][name] || name;
  return text.replace(/\{(\w+)\}/g, (all, key) => values && key in values ? String(values[key]) : all);
}

/* An element; `given` are properties, or attributes where a name has a dash or is none of them. */
function el(tag, given, ...inside) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(given || {})) {
    if (key === "on") for (const [event, action] of Object.entries(value)) made.addEventListener(event, action);
    else if (key in made && key !== "role" && key !== "lang") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...inside.filter((each) => each !== null && each !== undefined));
  return made;
}
const button = (word, action, given) => el("button", { type: "button", textContent: word, on: { click: action }, ...given });

/* Blocks with their characters one by one; lines and things by their names. */
const lines = new Map(), things = new Map();
for (const block of data.blocks) {
  block.chars = []; block.from = []; block.owner = [];
  for (const line of block.lines) {
    line.block = block; line.first = block.chars.length;
    const chars = [...(typeof line.chars === "string" ? line.chars.split("") : line.chars)];
    line.chars = chars;
    block.chars.push(...chars);
    for (const [count, row, column] of line.from) {
      let along = column;
      for (let n = 0; n < count; n++) {
        block.from.push([row, along]);
        if (row) along += block.chars[block.from.length - 1].length ? [...block.chars[block.from.length - 1]].length : 1;
      }
    }
    for (let n = 0; n < chars.length; n++) block.owner.push(line);
    lines.set(line.id, line);
  }
}
for (const thing of data.things) things.set(thing.id, thing);
const places = [...document.querySelectorAll("[data-line]")];
const elements = new Map(places.map((each) => [each.dataset.line, each]));

/* Offsets in a JavaScript string and numbers of characters. */
function toIndex(chars, offset) {
  let at = 0, index = 0;
  while (index < chars.length && at + chars[index].length <= offset) at += chars[index++].length;
  return index;
}
const toOffset = (chars, index) => chars.slice(0, index).join("").length;

function say(text) {
  const notice = byId("notice");
  notice.textContent = "";
  clearTimeout(say.later);
  if (text) setTimeout(() => { notice.textContent = text; }, 30);
  if (text) say.later = setTimeout(() => { notice.textContent = ""; }, 8000);
}
