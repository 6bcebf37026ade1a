// The page of one article: joins its text, its map, its events and the inspector; everything by mouse or by key.

import { Article } from "./article.js";
import { Events } from "./events.js";
import { Frame } from "./frame.js";
import { Inspector } from "./inspector.js";
import { $, say } from "./page.js";
import { Text } from "./text.js";

const main = document.querySelector("main");
const id = main.dataset.article;
let current = null; // where the selected mention starts

const article = new Article(id, paint);
const text = new Text($("text"), select, (start) => article.state && markEvents(start ?? current));
const frame = new Frame($("map"), id, (eventId) => events.open(eventId));
const events = new Events($("events"), article, { selected: mention, linked: link });
const inspector = new Inspector($("inspector"), main.dataset.geocoder, {
  accept, reject, nowhere, role, choose, put: choose, close: () => select(null, false),
});
let painted = null;

function mention() {
  const found = article.state?.mentions.find((one) => one.start === current);
  return found ? article.look(found) : null;
}

function label(one) {
  const words = one.place === null ? "not resolved" : article.place(one.place)?.label || one.label || "";
  return `${words}, ${one.role}${one.sure ? "" : ", unsure"}`;
}

function paint(touched) {
  if (touched !== undefined) {
    const one = article.mentions.find((other) => other.start === touched);
    if (one) text.repaint(article.look(one), label);
    return select(current, false);
  }
  text.paint(article.state.text, article.mentions.map((one) => article.look(one)), label);
  if (painted !== article.state) {
    if (!painted) frame.load();
    else if (painted.revision !== article.state.revision) frame.refresh();
    painted = article.state;
    events.paint();
    $("undo").disabled = !painted.can_undo;
    $("redo").disabled = !painted.can_redo;
    $("checked").textContent = painted.checked ? "Checked; next" : "Checked, next";
  }
  return select(mention() ? current : null, false);
}

function select(start, focus) {
  current = start;
  text.select(start, focus);
  const one = mention();
  inspector.show(one, article.state.places);
  markEvents(one ? start : null);
}

// Shows in the list and on the map the events that happened at a mention.
function markEvents(start) {
  const named = article.state.events.filter((event) => event.mentions.includes(start));
  events.mark(named.map((event) => event.start));
  frame.mark(named[0]?.id);
}

// Hover or focus on an event shows it in the text and on the map.
function link(event) {
  text.link(event ? event.mentions : []);
  frame.mark(event?.id);
}

const unsure = (one) => !one.sure && !one.corrected && !one.removed && one.role !== "demonym";

function step(by, wanted = () => true) {
  const all = article.mentions;
  const at = all.findIndex((one) => one.start === current);
  const from = at < 0 ? (by > 0 ? -1 : all.length) : at;
  for (let walked = 1; walked <= all.length; walked += 1) {
    const one = article.look(all[(((from + by * walked) % all.length) + all.length) % all.length]);
    if (wanted(one)) return select(one.start, true);
  }
  return say(wanted === unsure ? "No unsure mention is left. Press c when all is right: on to the next article." : "There is no mention.");
}

// Sends a decision on the selected mention; after one on an unsure mention, goes on to the next.
function decide(action, fields, words, guess) {
  const one = mention();
  if (!one) return;
  const goOn = $("go-on").checked && unsure(one);
  const { start, end, text: named } = one;
  article.correct({ action, scope: inspector.scope, start, end, text: named, ...fields }, words, guess);
  if (goOn && article.mentions.some((other) => unsure(article.look(other)))) step(1, unsure);
}

function choose(place) {
  const { name, lat, lon } = place;
  const chosen = place.id ? { id: place.id, name, lat, lon } : { name, lat, lon, radius_km: place.radius_km };
  // What the gazetteer lacks reaches as far as its finder says.
  if (place.id && place.radius_km && !place.id.startsWith("geonames:")) chosen.radius_km = place.radius_km;
  decide("place", { place: chosen }, `Put at ${place.label}.`, { place: place.id || "pin", label: place.label, sure: true, corrected: true });
}

function accept() {
  const one = mention();
  if (one && one.place !== null) choose(article.place(one.place));
}

function reject() {
  decide("remove", {}, "Marked as not a place.", { removed: true });
}

function nowhere() {
  decide("place", { place: {} }, "Marked as none of these places.", { place: null, sure: true, corrected: true });
}

function role(name) {
  decide("role", { role: name }, name === "metonym" ? "Stands for a government: no pin." : "The place itself.", { role: name });
}

// Adds the selected words as a place; without any, asks for them.
function add() {
  const chosen = text.selected();
  if (chosen) return addWords(chosen);
  $("add").hidden = false;
  return $("words").focus();
}

function addWords(chosen) {
  const { scope } = inspector;
  return article.correct({ action: "add", scope, ...chosen }, `Added ${chosen.text}.`).then((saved) => saved && select(chosen.start, true));
}

$("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = $("words").value.trim();
  const found = words && text.find(words, current ?? 0, article.mentions);
  if (!found) return say(`“${words}” does not stand in the text, or is a mention already.`, true);
  $("add").hidden = true;
  $("words").value = "";
  return addWords(found);
});

const undo = () => article.correct({ undo: "last" }, "Undone.");
const redo = () => article.correct({ undo: "undone" }, "Done again.");
const next = () => (location.href = "/next?id=" + encodeURIComponent(id));

let warned = false;

async function checked() {
  const open = article.mentions.filter((one) => unsure(article.look(one))).length;
  if (open && !warned && !article.state.checked) {
    warned = true;
    say(`${open} ${open === 1 ? "mention is" : "mentions are"} still unsure. If all are right as they stand, press c again.`, true);
    return;
  }
  if (article.state.checked || (await article.correct({ action: "checked" }, "Checked."))) next();
}

function help() {
  $("help").hidden = !$("help").hidden;
  $("keys").setAttribute("aria-expanded", String(!$("help").hidden));
}

function candidate(number) {
  const place = inspector.candidates[number - 1];
  if (place) choose(place);
  else say(`There is no candidate ${number}.`);
}

const KEYS = {
  n: () => step(1, unsure),
  p: () => step(-1, unsure),
  j: () => step(1),
  k: () => step(-1),
  a: accept,
  x: reject,
  0: nowhere,
  m: () => role("metonym"),
  l: () => role("literal"),
  u: undo,
  r: redo,
  c: checked,
  g: next,
  e: () => events.step(1),
  w: () => events.step(-1),
  d: () => mention() && inspector.chart.draw(),
  "+": add,
  s: () => mention() && inspector.nextScope(),
  "/": () => ($("search") ? $("search").focus() : say("Choose a mention first: n, or a click.")),
  "?": help,
};

addEventListener("keydown", (event) => {
  const typing = event.target.matches("select, textarea, input:not([type=radio], [type=checkbox])");
  if (typing && event.key === "Escape") {
    $("add").hidden = true;
    event.target.blur();
    text.select(current, true);
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !article.state) return;
  if (event.key >= "1" && event.key <= "9") candidate(Number(event.key));
  else if (event.key === "Escape") select(null, false);
  else if (KEYS[event.key]) KEYS[event.key]();
  else if (event.key === "Enter" && event.target.matches("mark")) select(Number(event.target.dataset.start), true);
  else return;
  event.preventDefault();
});

for (const [name, act] of Object.entries({ undo, redo, checked, keys: help })) $(name).addEventListener("click", act);
$("go-on").checked = localStorage.getItem("go-on") !== "no";
$("go-on").addEventListener("change", () => localStorage.setItem("go-on", $("go-on").checked ? "yes" : "no"));

article
  .load()
  .then(() => {
    const open = article.mentions.filter(unsure).length;
    const lost = article.state.misplaced;
    if (lost.length) say(lost.join(" "), true);
    else say(open ? `${open} unsure; press n for the first.` : "Nothing is unsure here. Press c when all is right, ? for the keys.");
  })
  .catch((error) => say(error.message, true));
