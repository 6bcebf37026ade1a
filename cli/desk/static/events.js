// The events below the text: each a line, which opens into what can be put right.

import { button, make, say } from "./page.js";

const STATUSES = ["actual", "planned", "denied", "hypothetical", "background"];
// An event that a person has picked up to merge it into another one, here or in another article of this tab.
const HELD = "dateline-held-event";

export class Events {
  constructor(box, article, { selected, linked }) {
    Object.assign(this, { box, article, selected, linked, opened: new Set(), rows: new Map(), marked: [] });
    const row = (event) => event.target.closest("li[data-start]");
    const link = (event) => this.linked(row(event) ? this.find(Number(row(event).dataset.start)) : null);
    for (const name of ["mouseover", "focusin"]) box.addEventListener(name, link);
    for (const name of ["mouseleave", "focusout"]) box.addEventListener(name, () => this.linked(null));
  }

  find(start) {
    return this.article.state.events.find((event) => event.start === start);
  }

  paint() {
    const at = document.activeElement?.closest("#events li")?.dataset.start;
    const before = this.rows;
    this.rows = new Map();
    const rows = this.article.state.events.map((event) => {
      const look = JSON.stringify([event, event.places.map((id) => this.article.place(id)), sessionStorage.getItem(HELD)]);
      const known = before.get(event.start);
      const row = known?.look === look ? known.row : this.row(event);
      this.rows.set(event.start, { look, row });
      return row;
    });
    if (!rows.length) rows.push(make("li", { className: "dim", textContent: "No events were found." }));
    if (rows.some((row, index) => row !== this.box.children[index]) || rows.length !== this.box.children.length) this.box.replaceChildren(...rows);
    if (at) this.box.querySelector(`li[data-start="${at}"] summary`)?.focus({ preventScroll: true });
  }

  row(event) {
    const when = [...new Set([event.from, event.to].filter(Boolean))].join(" to ") || "no date given";
    const places = event.places.map((id) => this.article.place(id).name).join(", ") || "no place given";
    const status = event.status === "actual" ? "" : make("span", { className: "tag", textContent: event.status });
    const summary = make(
      "summary",
      {},
      make("b", { textContent: event.mode || event.type.toLowerCase() }),
      ` ${places}, ${when} `,
      status,
      event.merged ? make("span", { className: "tag done", textContent: "merged into another report" }) : "",
      make("q", { textContent: event.quote, dir: "auto" }),
    );
    const details = make("details", { open: this.opened.has(event.start) }, summary);
    const fill = () => details.open && details.children.length === 1 && details.append(this.editor(event));
    details.addEventListener("toggle", () => {
      this.opened[details.open ? "add" : "delete"](event.start);
      fill();
    });
    fill();
    const row = make("li", {}, details);
    row.dataset.start = event.start;
    return row;
  }

  editor(event) {
    const menus = make(
      "div",
      { className: "row" },
      this.menu("Type", this.article.state.types, event.type, (type) => this.change(event, { type }, `Now ${type}.`)),
      this.menu("Status", STATUSES, event.status, (status) => this.change(event, { status }, `Now ${status}.`)),
      this.day(event, "start", event.from, "First day"),
      this.day(event, "end", event.to, "Last day"),
    );
    const buttons = make(
      "div",
      { className: "row" },
      button("Happened at the selected place", () => this.move(event)),
      button("No place", () => this.change(event, { place: {} }, "The event has no place now.")),
      button("Remove", () => this.article.correct({ action: "remove-event", start: event.start }, "Event removed.")),
      ...this.mergers(event),
    );
    return make("div", { className: "editor" }, menus, buttons, make("p", { className: "dim", textContent: event.reasons.join("; ") }));
  }

  change(event, set, words) {
    return this.article.correct({ action: "event", start: event.start, set }, words);
  }

  // An event happens where the selected mention is.
  move(event) {
    const mention = this.selected();
    const place = mention && this.article.place(mention.place);
    if (!place) return say("Choose a mention that has a place in the text first.", true);
    return this.change(event, { place: { id: place.id, name: place.name, lat: place.lat, lon: place.lon } }, `Put at ${place.label}.`);
  }

  menu(label, names, chosen, act) {
    const list = make("select");
    const all = names.includes(chosen) ? names : [chosen, ...names];
    list.append(...all.map((name) => make("option", { textContent: name, selected: name === chosen })));
    list.addEventListener("change", () => act(list.value));
    return make("label", {}, make("span", { textContent: label }), list);
  }

  day(event, name, value, label) {
    const input = make("input", { type: "date", value: value || "" });
    input.addEventListener("change", () => this.change(event, { [name]: input.value || null }, `${label} set.`));
    return make("label", {}, make("span", { textContent: label }), input);
  }

  mergers(event) {
    const here = { article: this.article.state.id, start: event.start };
    const held = JSON.parse(sessionStorage.getItem(HELD) || "null");
    const hold = button("Same as another event…", () => {
      sessionStorage.setItem(HELD, JSON.stringify({ ...here, quote: event.quote }));
      say("Now open the event that it is a report of, in this article or another, and press “Merge into this one”.");
      this.paint();
    });
    if (!held || (held.article === here.article && held.start === here.start)) return [hold];
    const merge = button("Merge into this one", () => this.merge(held, here), { className: "main", title: held.quote });
    const drop = button("Forget the picked event", () => {
      sessionStorage.removeItem(HELD);
      this.paint();
    });
    return [hold, merge, drop];
  }

  async merge(held, here) {
    const report = { article: held.article, start: held.start };
    const saved = await this.article.correct({ action: "merge", start: here.start, report }, "Merged: in maps and files both are one event.");
    if (saved) sessionStorage.removeItem(HELD);
    this.paint();
  }

  // Moves the focus along the list; the page's keys.
  step(by) {
    const all = [...this.box.querySelectorAll("summary")];
    if (!all.length) return say("There is no event.");
    const at = all.indexOf(document.activeElement?.closest("li[data-start]")?.querySelector("summary"));
    const next = all[(at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by + all.length) % all.length];
    next.focus();
    return next.scrollIntoView({ block: "nearest" });
  }

  open(eventId) {
    const event = this.article.state.events.find((one) => eventId === one.id || eventId.startsWith(one.id + "/"));
    if (event) this.box.querySelector(`li[data-start="${event.start}"]`)?.scrollIntoView({ block: "nearest" });
    this.mark(event ? [event.start] : []);
    this.linked(event);
  }

  mark(starts) {
    for (const row of this.marked) row.classList.remove("linked");
    this.marked = starts.map((start) => this.rows.get(start)?.row).filter(Boolean);
    for (const row of this.marked) row.classList.add("linked");
  }
}
