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
    document.getElementById("dl-list-title").textContent = t(app.shades ? "ranked" : "list");
    document.getElementById("dateline-map").setAttribute("aria-label", t("map"));
    if (window.matchMedia("(max-width: 760px)").matches) this.filters.open = false;
    window.addEventListener("beforeprint", () => { this.filters.open = true; }); // paper has no button to show the legend
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
    if (this.app.shades) this.app.shades.legend(this.types);
    if (model.weight || (model.styles.size < 2 && model.styles.has("reported"))) this.certainty.hidden = true;
    this.layers.hidden = Boolean(model.weight) || !(model.n || this.app.overlays.size);
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
    return el("label", {}, input, icon, el("span", { dir: "auto" }, label), n === null ? "" : " ", n === null ? "" : el("b", { class: "dl-number" }, dateline.number(n)));
  }

  sync() { for (const input of document.querySelectorAll("#dl-filters input")) input.sync(); }

  // The list holds one page at a time, however many events there are.
  show() {
    const { model } = this, { el, t } = dateline, total = model.total;
    const shown = model.count(model.shown), { unlocated } = model, listed = this.app.shades ? this.app.shades.ranked : model.listed;
    this.count.textContent = [t("n_events", { n: total }), shown < total ? t("shown", { n: shown, total: dateline.number(total) }) : "",
      t("n_articles", { n: dateline.data.n_articles })].filter(Boolean).join(" · ");
    this.first = Math.max(0, Math.min(this.first, listed.length - 1));
    this.first -= this.first % dateline.PAGE;
    const page = listed.slice(this.first, this.first + dateline.PAGE), parts = [];
    const more = (key, by) => el("button", { type: "button", class: "dl-more", onclick: () => { this.first += by; this.show(); this.list.scrollTop = 0; } }, t(key));
    if (this.first > 0) parts.push(more("earlier", -dateline.PAGE));
    parts.push(...(this.app.shades ? this.ranks(page) : this.days(page)));
    if (this.first + dateline.PAGE < listed.length) parts.push(more("later", dateline.PAGE));
    if (!shown) parts.push(el("p", { class: "dl-none" }, t(total ? "no_events" : "empty")));
    if (this.app.layers().get("places") && !model.located.length) parts.push(el("p", { class: "dl-none" }, t("dots")));
    if (unlocated.length) parts.push(el("h3", {}, t("off_map", { n: unlocated.length })), el("p", { class: "dl-why" }, t("off_map_why")),
      el("ul", {}, ...unlocated.slice(0, dateline.PAGE).map((i) => el("li", {}, this.unlocated(i)))));
    this.list.replaceChildren(...parts);
    this.mark(this.marked);
  }

  days(page) {
    const { el } = dateline, parts = [];
    let list = null, last;
    for (const i of page) {
      const day = dateline.span(this.model.events.start(i), this.model.events.end(i)) || dateline.t("undated_heading"), style = this.model.style[i];
      const heading = dateline.ASIDE.includes(style) ? `${dateline.t(style)} · ${day}` : day;
      if (heading !== last) { list = el("ul", {}); parts.push(el("h3", {}, heading), list); last = heading; }
      list.append(el("li", {}, this.item(i)));
    }
    return parts;
  }

  // Areas by their counts, the largest first, each with a bar.
  ranks(page) {
    const { el } = dateline, { shades, model } = this.app, most = shades.ranked[0]?.n;
    return [el("ol", { class: "dl-ranks", start: this.first + 1 }, ...page.map(({ key, n, rows }) => {
      const site = model.events.site(rows[0]), button = el("button", { type: "button", class: "dl-item dl-rank", onclick: () => this.app.show(rows[0]),
        onmouseenter: () => shades.mark(key), onmouseleave: () => shades.mark(null), onfocus: () => shades.mark(key), onblur: () => shades.mark(null) },
        el("span", { class: "dl-place", dir: "auto" }, dateline.areaName(model, site)), el("span", { class: "dl-number" }, dateline.number(n)),
        el("span", { class: "dl-length", "aria-hidden": "true" }));
      button.lastChild.style.inlineSize = `${(100 * n) / most}%`;
      button.event = rows[0];
      return el("li", {}, button);
    }))];
  }

  item(i) {
    const { el } = dateline, where = [dateline.whereText(this.model, i).name, ...dateline.elsewhere(this.model, i)].filter(Boolean).join("; ");
    const hover = (on) => () => this.app.hover(on ? i : null);
    const quote = dateline.quote(this.model, i);
    const button = el("button", { type: "button", class: "dl-item", onclick: () => this.app.show(i), onmouseenter: hover(true), onmouseleave: hover(false), onfocus: hover(true), onblur: hover(false) },
      dateline.kicker(this.model, i), el("span", { class: "dl-place", dir: "auto" }, where), el("span", { class: "dl-said", dir: "auto" }, ...quote.childNodes));
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
    const known = i !== null && i !== undefined;
    const same = known ? new Set(this.model.rowsOf(i)) : new Set();
    const at = reveal ? this.model.listed.findIndex((k) => same.has(k)) : -1;
    if (at >= 0 && (at < this.first || at >= this.first + dateline.PAGE)) { this.first = at; this.show(); }
    for (const item of this.list.querySelectorAll(".dl-item")) {
      const hit = same.has(item.event);
      item.classList.toggle("dl-marked", hit);
      if (hit) item.setAttribute("aria-current", "true"); else item.removeAttribute("aria-current");
      if (hit && reveal && this.list.scrollHeight > this.list.clientHeight) this.list.scrollTop = item.offsetTop - this.list.offsetTop - 60;
    }
  }
};
