// The panel beside the map: search, the legend that filters, layers, and the list in time order.
"use strict";
dateline.PAGE = 120;
dateline.Panel = class {
  constructor(model, app) {
    Object.assign(this, { model, app, first: 0 });
    const { t } = dateline, id = (name) => (this[name] = document.getElementById(`dl-${name}`));
    ["title", "count", "search", "reset", "types", "certainty", "layers", "list", "filters", "skip"].forEach(id);
    this.title.textContent = dateline.data.title || t("map");
    this.skip.textContent = t("skip");
    this.search.setAttribute("aria-label", t("search"));
    this.search.placeholder = t("search_hint");
    this.reset.textContent = t("reset");
    document.getElementById("dl-filters-title").textContent = t("filters");
    document.getElementById("dl-list-title").textContent = t("list");
    document.getElementById("dateline-map").setAttribute("aria-label", t("map"));
    if (window.matchMedia("(max-width: 760px)").matches) this.filters.open = false;
    let wait;
    this.search.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(() => { this.readSearch(); app.changed(); }, 150); });
    this.reset.addEventListener("click", () => app.reset());
    this.legend();
  }

  readSearch() { this.model.filter.words = dateline.fold(this.search.value).split(/\s+/).filter(Boolean); }

  legend() {
    const { model } = this, { t, el } = dateline, { filter } = model;
    this.types.querySelector("legend").textContent = t("types");
    this.certainty.querySelector("legend").textContent = t("certainty");
    this.layers.querySelector("legend").textContent = t("layers");
    const types = [...model.types].sort((a, b) => b[1] - a[1]);
    this.types.append(...types.map(([type, n]) => this.box(dateline.glyph(type, "reported", 20), dateline.typeLabel(type), n,
      (on) => { if (on) filter.hidden.delete(type); else filter.hidden.add(type); }, () => !filter.hidden.has(type))));
    if (types.length > 2) this.types.append(el("p", { class: "dl-all" },
      el("button", { type: "button", onclick: () => { filter.hidden.clear(); this.app.changed(); this.sync(); } }, t("all")),
      el("button", { type: "button", onclick: () => { types.forEach(([type]) => filter.hidden.add(type)); this.app.changed(); this.sync(); } }, t("none"))));
    for (const style of ["reported", "uncertain", "planned", "denied", "hypothetical", "background"]) {
      if (!model.styles.has(style)) continue;
      this.certainty.append(this.box(dateline.glyph(null, style, 20), t(style), model.styles.get(style),
        (on) => { if (on) filter.hiddenStyles.delete(style); else filter.hiddenStyles.add(style); }, () => !filter.hiddenStyles.has(style)));
    }
    if (model.styles.size < 2 && model.styles.has("reported")) this.certainty.hidden = true;
    if (!model.n) this.types.hidden = this.certainty.hidden = true;
    for (const name of this.app.layers().keys()) {
      this.layers.append(this.box(null, t(name), null, (shown) => this.app.layer(name, shown), () => this.app.layers().get(name)));
    }
  }

  box(icon, label, n, set, get) {
    const { el } = dateline, input = el("input", { type: "checkbox" });
    input.checked = get();
    input.sync = () => { input.checked = get(); };
    input.addEventListener("change", () => { set(input.checked); this.app.changed(); });
    return el("label", {}, input, icon, el("span", { dir: "auto" }, label), n === null ? "" : el("span", { class: "dl-number" }, dateline.number(n)));
  }

  sync() { for (const input of document.querySelectorAll("#dl-filters input")) input.sync(); }

  // The list holds one page at a time, however many events there are.
  show() {
    const { model } = this, { el, t } = dateline, total = model.n;
    const { shown, unlocated } = model;
    this.count.textContent = [t("n_events", { n: total }), shown.length < total ? t("shown", { n: shown.length, total: dateline.number(total) }) : "",
      t("n_articles", { n: dateline.data.n_articles })].filter(Boolean).join(" · ");
    this.first = Math.max(0, Math.min(this.first, model.located.length - 1));
    this.first -= this.first % dateline.PAGE;
    const page = model.located.slice(this.first, this.first + dateline.PAGE), parts = [];
    const more = (key, by) => el("button", { type: "button", class: "dl-more", onclick: () => { this.first += by; this.show(); this.list.scrollTop = 0; } }, t(key));
    if (this.first > 0) parts.push(more("earlier", -dateline.PAGE));
    parts.push(...this.days(page));
    if (this.first + dateline.PAGE < model.located.length) parts.push(more("later", dateline.PAGE));
    if (!shown.length) parts.push(el("p", { class: "dl-none" }, t(total ? "no_events" : "empty")));
    if (unlocated.length) parts.push(el("h3", {}, t("off_map", { n: unlocated.length })), el("p", { class: "dl-why" }, t("off_map_why")),
      el("ul", {}, ...unlocated.slice(0, dateline.PAGE).map((i) => el("li", {}, this.unlocated(i)))));
    this.list.replaceChildren(...parts);
    this.mark(this.marked);
  }

  days(page) {
    const { el } = dateline, parts = [];
    let list = null, last;
    for (const i of page) {
      const heading = dateline.span(this.model.events.start(i), this.model.events.end(i)) || dateline.t("undated_heading");
      if (heading !== last) { list = el("ul", {}); parts.push(el("h3", {}, heading), list); last = heading; }
      list.append(el("li", {}, this.item(i)));
    }
    return parts;
  }

  item(i) {
    const { el } = dateline, where = dateline.whereText(this.model, i);
    const hover = (on) => () => this.app.hover(on ? i : null);
    const quote = dateline.quote(this.model, i);
    const button = el("button", { type: "button", class: "dl-item", onclick: () => this.app.show(i), onmouseenter: hover(true), onmouseleave: hover(false), onfocus: hover(true), onblur: hover(false) },
      dateline.kicker(this.model, i), el("span", { class: "dl-place", dir: "auto" }, where.name), el("span", { class: "dl-said", dir: "auto" }, ...quote.childNodes));
    button.event = i;
    return button;
  }

  unlocated(i) {
    const { el } = dateline, card = el("details", { class: "dl-item" });
    card.append(el("summary", {}, dateline.kicker(this.model, i), el("span", { class: "dl-said", dir: "auto" }, ...dateline.quote(this.model, i).childNodes)));
    card.addEventListener("toggle", () => { if (card.open && !card.querySelector("article")) card.append(dateline.card(this.model, i)); });
    card.event = i;
    return card;
  }

  // Marks an event's item, turning to its page when asked to show it.
  mark(i, reveal) {
    this.marked = i;
    const at = reveal ? this.model.located.indexOf(i) : -1;
    if (at >= 0 && (at < this.first || at >= this.first + dateline.PAGE)) { this.first = at; this.show(); }
    for (const item of this.list.querySelectorAll(".dl-item")) {
      const hit = i !== null && i !== undefined && item.event === i;
      item.classList.toggle("dl-marked", hit);
      if (hit) item.setAttribute("aria-current", "true"); else item.removeAttribute("aria-current");
      if (hit && reveal && this.list.scrollHeight > this.list.clientHeight) this.list.scrollTop = item.offsetTop - this.list.offsetTop - 60;
    }
  }
};
