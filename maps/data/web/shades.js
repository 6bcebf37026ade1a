// A table of counts: areas shaded by how many events they hold, in classes that the legend explains.
"use strict";
// The id of the area that a site is shaded as; null where it has no outline, or is only a country or region that the
// shaded areas lie in.
dateline.shadedBy = function (model, site) {
  const key = model.sites.place_id(site);
  return ["country", "region"].includes(model.sites.precision(site)) || !Object.hasOwn(dateline.data.outlines, key) ? null : key;
};

dateline.areaName = (model, site) =>
  [model.sites.place(site), model.sites.country(site)].filter((part, k, all) => part && all.indexOf(part) === k).join(", ");

dateline.Shades = class {
  constructor(map, model, markers, open) {
    Object.assign(this, { map, model, markers, open, layers: new Map() });
    // Lower ends of the classes.
    this.limits = dateline.data.limits;
  }

  // Areas with their rows and counts, the largest first.
  rank(rows) {
    const areas = new Map();
    for (const i of rows) {
      const site = this.model.events.site(i), key = this.model.sites.place_id(site);
      const area = areas.get(key);
      if (area) area.push(i); else areas.set(key, [i]);
    }
    return [...areas].map(([key, list]) => ({ key, rows: list, n: this.model.count(list) })).sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
  }

  // Class of a count, 1 to 5; few classes take the strong colours of the end too.
  shade(n) {
    const last = this.limits.length - 1, at = this.limits.findLastIndex((limit) => limit <= n);
    return last ? 1 + Math.round((4 * Math.max(0, at)) / last) : 3;
  }

  load() {
    this.ranked = this.rank(this.model.located);
    const shown = new Map(this.ranked.map((area) => [area.key, area]));
    for (const [key, layer] of this.layers) if (!shown.has(key)) { layer.remove(); this.layers.delete(key); }
    for (const { key, rows, n } of this.ranked) {
      const site = this.model.events.site(rows[0]);
      if (dateline.shadedBy(this.model, site) === null) continue;
      if (!this.layers.has(key)) this.layers.set(key, this.area(key, site));
      const layer = this.layers.get(key);
      Object.assign(layer, { rows, n });
      layer.getElement().setAttribute("class", `dl-shade dl-shade-${this.shade(n)} leaflet-interactive`);
    }
  }

  area(key, site) {
    const layer = this.markers.polygon(this.markers.outlines.get(key), "dl-shade", true, "shades").addTo(this.map);
    layer.bindTooltip(() => dateline.el("span", { dir: "auto" }, `${dateline.areaName(this.model, site)}: ${dateline.t("n_events", { n: layer.n })}`), { sticky: true });
    layer.on("click", ({ latlng }) => this.open(layer.rows, latlng));
    return layer;
  }

  mark(key) {
    for (const [one, layer] of this.layers) layer.getElement().classList.toggle("dl-marked", one === key);
    if (this.layers.has(key)) this.layers.get(key).bringToFront();
  }

  legend(before) {
    const { el, t, number } = dateline;
    before.before(el("fieldset", { class: "dl-classes" }, el("legend", {}, t("per_area")), ...this.limits.map((limit, k) => {
      const next = this.limits[k + 1], range = next === undefined ? `${number(limit)}+` : next - 1 > limit ? `${number(limit)}–${number(next - 1)}` : number(limit);
      return el("span", {}, el("i", { class: `dl-swatch dl-swatch-${this.shade(limit)}` }), range);
    })));
  }
};

// The card of an area: its events by type, and what else its rows say.
dateline.counts = function (model, rows) {
  const { el, t } = dateline, site = model.events.site(rows[0]), types = [...model.tally(rows, model.events.type)].sort((a, b) => b[1] - a[1]);
  const first = Math.min(...rows.map((i) => model.start[i]).filter((day) => !isNaN(day))), last = Math.max(...rows.map((i) => model.end[i]).filter((day) => !isNaN(day)));
  const card = el("article", { class: "dl-card" }, el("h3", { dir: "auto" }, dateline.areaName(model, site)),
    el("p", { class: "dl-source" }, t("n_events", { n: model.count(rows) }), isFinite(first) ? el("span", {}, dateline.span(first, last)) : ""),
    el("ul", { class: "dl-tally" }, ...types.map(([type, n]) => el("li", {}, dateline.glyph(type, "reported", 18),
      el("span", { dir: "auto" }, dateline.typeLabel(type)), el("b", {}, dateline.number(n)),
      ...rows.filter((i) => model.events.type(i) === type).map((i) => el("p", { class: "dl-source", dir: "auto" }, model.events.quote(i) || ""))))));
  return { box: el("div", { class: "dl-pages" }, card), current: () => rows[0] };
};
