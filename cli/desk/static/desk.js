"use strict";
// One article: its text with every mention underlined, its map, its events; everything by mouse or by key.
// All text is set as text, never as HTML.

const $ = (id) => document.getElementById(id);
const id = document.querySelector("main").dataset.article;
const SCOPES = { mention: "this mention", article: "this article", always: "from now on" };
const STATUSES = ["actual", "planned", "denied", "hypothetical", "background"];

const outline = fetch("/outline").then((answer) => answer.text()).catch(() => "");

let state = null;
let current = -1;
let scope = "mention";

function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function say(words) {
  $("said").textContent = words;
}

async function ask(url, options) {
  const answer = await fetch(url, options);
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.error || "the desk did not answer"), { status: answer.status });
  return body;
}

async function load(keep) {
  show(await ask("/api/article/" + id), keep);
}

function show(next, keep) {
  state = next;
  paintText();
  paintEvents();
  $("undo").disabled = !state.can_undo;
  $("redo").disabled = !state.can_redo;
  const at = keep ? state.mentions.findIndex((mention) => mention.start === keep) : -1;
  select(at, false);
}

async function correct(line, words) {
  const keep = current >= 0 ? state.mentions[current].start : line.start;
  paintPending(line);
  try {
    const body = JSON.stringify({ revision: state.revision, line: { by: localStorage.getItem("by") || "", ...line } });
    show(await ask("/api/article/" + id, { method: "POST", body }), keep);
    say(words);
    $("map").contentWindow.location.replace("/article/" + id + "/map");
  } catch (error) {
    await load(keep).catch(() => {});
    say("Not saved: " + error.message);
  }
}

// A correction is seen at once; the desk's answer then replaces this guess.
function paintPending(line) {
  const mark = current >= 0 && $("text").querySelectorAll("mark")[current];
  if (!mark || line.undo) return;
  mark.dataset.state = line.action === "remove" ? "removed" : "sure";
  if (line.role) mark.dataset.role = line.role;
}

function paintText() {
  const text = state.text;
  const box = make("div");
  let at = 0;
  // Offsets count Unicode characters; JavaScript counts UTF-16 units, so the text is walked once.
  const units = utf16(text, state.mentions.flatMap((mention) => [mention.start, mention.end]));
  state.mentions.forEach((mention, index) => {
    const start = units.get(mention.start);
    const end = units.get(mention.end);
    box.append(text.slice(at, start), mark(mention, index, text.slice(start, end)));
    at = end;
  });
  box.append(text.slice(at));
  $("text").replaceChildren(...box.childNodes);
}

function utf16(text, offsets) {
  const wanted = [...new Set(offsets)].sort((a, b) => a - b);
  const found = new Map();
  let unit = 0;
  let character = 0;
  for (const offset of wanted) {
    while (character < offset) {
      const code = text.codePointAt(unit);
      unit += code > 0xffff ? 2 : 1;
      character += 1;
    }
    found.set(offset, unit);
  }
  return found;
}

function mark(mention, index, words) {
  const node = make("mark", { textContent: words, tabIndex: 0 });
  node.dataset.role = mention.role;
  node.dataset.state = mention.place ? (mention.sure ? "sure" : "unsure") : "none";
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", `${words}: ${mention.place ? mention.place.label : "not resolved"}, ${mention.role}`);
  node.addEventListener("click", () => select(index, true));
  node.addEventListener("focus", () => select(index, false));
  return node;
}

function select(index, focus) {
  const marks = $("text").querySelectorAll("mark");
  if (current >= 0 && marks[current]) marks[current].removeAttribute("aria-current");
  current = index;
  const mention = state.mentions[index];
  paintInspector(mention);
  paintLinked(mention);
  if (!mention) return;
  marks[index].setAttribute("aria-current", "true");
  if (focus) marks[index].focus({ preventScroll: true });
  marks[index].scrollIntoView({ block: "nearest" });
}

function paintLinked(mention) {
  for (const row of $("events").querySelectorAll("[data-mentions]")) {
    const linked = mention && JSON.parse(row.dataset.mentions).some(([start]) => start === mention.start);
    row.classList.toggle("linked", Boolean(linked));
  }
}

function candidates(mention) {
  const own = mention.place ? [{ ...mention.place, probability: mention.probability }] : [];
  return [...own, ...mention.alternatives].slice(0, 9);
}

function paintInspector(mention) {
  const box = $("inspector");
  if (!mention) {
    box.replaceChildren(make("p", { className: "dim", textContent: "Choose a mention in the text." }));
    return;
  }
  const places = candidates(mention);
  const list = make("ol", { className: "candidates" });
  places.forEach((place, index) => list.append(make("li", {}, choice(place, index))));
  box.replaceChildren(
    make("h2", { textContent: mention.text }),
    make("p", { className: "dim", textContent: mention.reasons.join("; ") }),
    scopeButtons(),
    list,
    smallMap(places),
    actions(),
    searchBox(),
  );
}

function choice(place, index) {
  const share = place.probability === undefined ? "" : ` ${Math.round(100 * place.probability)} %`;
  const button = make("button", { type: "button" }, make("b", { textContent: `${index + 1} ` }), place.label + share);
  button.addEventListener("click", () => choose(place));
  return button;
}

function scopeButtons() {
  const set = make("fieldset", { className: "scope" }, make("legend", { textContent: "Applies to" }));
  for (const [name, words] of Object.entries(SCOPES)) {
    const input = make("input", { type: "radio", name: "scope", value: name, checked: scope === name });
    input.addEventListener("change", () => (scope = name));
    set.append(make("label", {}, input, " " + words));
  }
  return set;
}

function actions() {
  const row = make("div", { className: "actions" });
  const add = (words, act) => {
    const button = make("button", { type: "button", textContent: words });
    button.addEventListener("click", act);
    row.append(button);
  };
  add("Accept (a)", accept);
  add("Not a place (x)", reject);
  add("Stands for a government (m)", () => role("metonym"));
  add("The place itself (l)", () => role("literal"));
  add("None of these", () => about("place", { place: {} }, "Marked as none of these."));
  return row;
}

function searchBox() {
  const input = make("input", { type: "search", id: "search", placeholder: "Search the gazetteer, or lat, lon" });
  input.setAttribute("aria-label", "Search the gazetteer, or give latitude, longitude and radius in km");
  const list = make("ol", { className: "candidates" });
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const pin = parsePin(input.value);
      const places = pin ? [pin] : await search(input.value.trim());
      list.replaceChildren(...places.map((place, index) => make("li", {}, choice(place, index))));
    }, 120);
  });
  return make("div", { className: "search" }, input, list);
}

async function search(words) {
  if (!words) return [];
  try {
    return await ask("/api/places?q=" + encodeURIComponent(words));
  } catch (error) {
    say(error.message);
    return [];
  }
}

// "50.45, 30.52" or "50.45, 30.52, 2" drops a pin, the third number its radius in km.
function parsePin(words) {
  const numbers = words.split(/[\s,;]+/).filter(Boolean).map(Number);
  if (numbers.length < 2 || numbers.length > 3 || numbers.some(Number.isNaN)) return null;
  const [lat, lon, radius = 1] = numbers;
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180 || radius <= 0) return null;
  return { lat, lon, radius_km: radius, name: state.mentions[current].text, label: `Pin at ${lat}, ${lon}, ${radius} km` };
}

// Candidates on a map as big as a stamp: the same outlines as the big one, numbered dots.
function smallMap(places) {
  const svgns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(svgns, "svg");
  svg.setAttribute("class", "small-map");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "The candidates: " + places.map((place) => place.label).join(", "));
  if (!places.length) return make("span");
  const lats = places.map((place) => place.lat);
  const lons = places.map((place) => place.lon);
  const middle = [(Math.min(...lats) + Math.max(...lats)) / 2, (Math.min(...lons) + Math.max(...lons)) / 2];
  const height = Math.max(4, Math.max(...lats) - Math.min(...lats)) * 1.5;
  const width = Math.max(2 * height, (Math.max(...lons) - Math.min(...lons)) * 1.3);
  svg.setAttribute("viewBox", `${middle[1] - width / 2} ${-middle[0] - width / 4} ${width} ${width / 2}`);
  const land = document.createElementNS(svgns, "path");
  outline.then((path) => land.setAttribute("d", path));
  svg.append(land);
  places.forEach((place, index) => {
    const dot = document.createElementNS(svgns, "circle");
    for (const [name, value] of Object.entries({ cx: place.lon, cy: -place.lat, r: width / 45 })) dot.setAttribute(name, value);
    const label = document.createElementNS(svgns, "text");
    for (const [name, value] of Object.entries({ x: place.lon, y: -place.lat + width / 75, "font-size": width / 26 })) label.setAttribute(name, value);
    label.textContent = index + 1;
    svg.append(dot, label);
  });
  return svg;
}

function about(action, fields, words) {
  const mention = state.mentions[current];
  if (!mention) return;
  correct({ action, scope, start: mention.start, end: mention.end, text: mention.text, ...fields }, words);
}

function choose(place) {
  const chosen = place.id ? { id: place.id } : { name: place.name, lat: place.lat, lon: place.lon, radius_km: place.radius_km };
  about("place", { place: chosen }, `Put at ${place.label}.`);
}

function accept() {
  const mention = state.mentions[current];
  if (mention && mention.place) choose(mention.place);
}

function reject() {
  about("remove", {}, "Marked as not a place.");
}

function role(name) {
  about("role", { role: name }, name === "metonym" ? "Stands for a government: no pin." : "The place itself.");
}

function addSelected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed || !$("text").contains(chosen.anchorNode)) {
    say("Select the words of the place first.");
    return;
  }
  const before = document.createRange();
  before.setStart($("text"), 0);
  const range = chosen.getRangeAt(0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const start = [...before.toString()].length;
  correct({ action: "add", scope, start, end: start + [...words].length, text: words }, `Added ${words}.`);
}

function paintEvents() {
  const rows = state.events.map((event) => {
    const row = make("li", { tabIndex: 0 });
    row.dataset.mentions = JSON.stringify(event.mentions);
    const when = [...new Set([event.from, event.to].filter(Boolean))].join(" to ") || "no date given";
    const where = event.places.map((place) => place.name).join(", ") || "no place given";
    row.append(
      make("b", { textContent: event.mode || event.type.toLowerCase() }),
      ` ${where}, ${when} (${Math.round(100 * event.confidence)} %)`,
      make("q", { textContent: event.quote }),
      menu("Type", state.types, event.type, (type) => change(event, { type }, `Now ${type}.`)),
      menu("Status", STATUSES, event.status, (status) => change(event, { status }, `Now ${status}.`)),
      placer(event),
      dates(event),
      remover(event),
    );
    row.addEventListener("mouseenter", () => highlight(event.mentions, true));
    row.addEventListener("mouseleave", () => highlight(event.mentions, false));
    row.addEventListener("focus", () => highlight(event.mentions, true));
    row.addEventListener("blur", () => highlight(event.mentions, false));
    return row;
  });
  if (!rows.length) rows.push(make("li", { className: "dim", textContent: "No events were found." }));
  $("events").replaceChildren(...rows);
}

function highlight(mentions, on) {
  const starts = new Set(mentions.map(([start]) => start));
  $("text").querySelectorAll("mark").forEach((node, index) => {
    if (starts.has(state.mentions[index].start)) node.classList.toggle("linked", on);
  });
}

function change(event, set, words) {
  correct({ action: "event", start: event.start, set }, words);
}

function menu(label, names, chosen, act) {
  const list = make("select");
  list.setAttribute("aria-label", label);
  const all = names.includes(chosen) ? names : [chosen, ...names];
  list.append(...all.map((name) => make("option", { textContent: name, selected: name === chosen })));
  list.addEventListener("change", () => act(list.value));
  return list;
}

// An event happens where the selected mention is, or nowhere that the article tells.
function placer(event) {
  const put = make("button", { type: "button", textContent: "Happened at the selected place" });
  put.addEventListener("click", () => {
    const mention = state.mentions[current];
    if (mention && mention.place) change(event, { place: { id: mention.place.id } }, `Put at ${mention.place.label}.`);
    else say("Choose a mention that has a place first.");
  });
  const none = make("button", { type: "button", textContent: "No place" });
  none.addEventListener("click", () => change(event, { place: {} }, "The event has no place now."));
  return make("span", {}, put, none);
}

function dates(event) {
  const box = make("span", { className: "dates" });
  for (const [name, key, label] of [["start", "from", "First day"], ["end", "to", "Last day"]]) {
    const input = make("input", { type: "date", value: event[key] || "" });
    input.setAttribute("aria-label", label);
    input.addEventListener("change", () => change(event, { [name]: input.value || null }, `${label} set.`));
    box.append(input);
  }
  return box;
}

function remover(event) {
  const button = make("button", { type: "button", textContent: "Remove" });
  button.addEventListener("click", () => correct({ action: "remove-event", start: event.start }, "Event removed."));
  return button;
}

function step(by, only) {
  const count = state.mentions.length;
  for (let walked = 1; walked <= count; walked += 1) {
    const index = (((current < 0 && by < 0 ? 0 : current) + by * walked) % count + count) % count;
    if (!only || only(state.mentions[index])) return select(index, true);
  }
  return say(only ? "No unsure mention is left." : "There is no mention.");
}

const unsure = (mention) => !mention.sure && mention.role !== "demonym";
const KEYS = {
  n: () => step(1, unsure),
  p: () => step(-1, unsure),
  j: () => step(1),
  k: () => step(-1),
  a: accept,
  x: reject,
  m: () => role("metonym"),
  l: () => role("literal"),
  u: () => correct({ undo: "last" }, "Undone."),
  r: () => correct({ undo: "undone" }, "Done again."),
  "+": addSelected,
  s: () => {
    const names = Object.keys(SCOPES);
    scope = names[(names.indexOf(scope) + 1) % names.length];
    paintInspector(state.mentions[current]);
    say("Applies to " + SCOPES[scope] + ".");
  },
  "/": () => $("search") && $("search").focus(),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const mention = state && state.mentions[current];
  const number = Number(event.key);
  if (mention && number >= 1 && candidates(mention)[number - 1]) choose(candidates(mention)[number - 1]);
  else if (state && KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
});

$("undo").addEventListener("click", KEYS.u);
$("redo").addEventListener("click", KEYS.r);
$("keys").addEventListener("click", () => {
  $("help").hidden = !$("help").hidden;
  $("keys").setAttribute("aria-expanded", String(!$("help").hidden));
});

load().catch((error) => say(error.message));
