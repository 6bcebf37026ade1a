// Puts the parts together: the map and its layers, pop-ups, the view in the address.
"use strict";
dateline.createMap = (id) => L.map(id, { zoomControl: false, attributionControl: false, minZoom: 1, maxZoom: 12, maxBoundsViscosity: 1 });

dateline.start = async function (map) {
  dateline.prepare(await dateline.read("dateline-data"));
  document.querySelector(".dl-main").append(dateline.el("footer", { class: "dl-credit", dir: "auto" }, dateline.data.credit));
  map.createPane("shades").style.zIndex = 300;
  map.createPane("labels").style.zIndex = 350;
  map.getPane("labels").style.pointerEvents = "none";
  const labels = await dateline.ground(map, dateline.data);
  dateline.controls(map);
  const app = new dateline.App(map, labels);
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    window.matchMedia(query).addEventListener("change", () => { map.invalidateSize({ animate: false }); app.redraw(); });
  }
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
};

dateline.App = class {
  constructor(map, labels) {
    Object.assign(this, { map, labels, model: new dateline.Model(dateline.data), popup: null, pages: null, cameFrom: null });
    this.markers = new dateline.Markers(map, this.model, (list, at, byKey) => { this.open(list, list[0], at); if (byKey) this.focus(); });
    this.markers.labels = labels;
    this.shades = this.model.weight && new dateline.Shades(map, this.model, this.markers, (rows, at) => this.open(rows, rows[0], at));
    this.overlays = new Map(["places", "mentions"].map((name) => [name, dateline.overlay(dateline.data[name], this.markers, name)]).filter(([, layer]) => layer));
    const nothing = !this.model.onMap.includes(1), places = this.overlays.get("places");
    if (nothing) places?.addTo(map);
    this.panel = new dateline.Panel(this.model, this);
    this.timeline = new dateline.Timeline(this.model, () => this.changed());
    map.invalidateSize({ animate: false }); // without dates the time bar has left its room to the map
    this.model.apply();
    const bounds = nothing && places ? places.getBounds() : this.markers.bounds();
    map.setMinZoom(Math.max(0, Math.min(map.getSize().x > 600 ? 2 : 1, bounds.isValid() ? map.getBoundsZoom(bounds) : 2)));
    if (bounds.isValid()) map.fitBounds(bounds, { padding: [36, 36], maxZoom: 7, animate: false });
    map.setMaxBounds([[-86, this.markers.shift - 260], [86, this.markers.shift + 260]]);
    const hash = location.hash.slice(1);
    this.changed();
    if (hash) this.readHash(new URLSearchParams(hash));
    map.on("moveend", () => this.saveHash());
    map.on("popupopen popupclose", () => map.getContainer().classList.toggle("dl-reading", Boolean(this.popup?.isOpen())));
    map.getContainer().addEventListener("keydown", (event) => { if (event.key === "Escape" && this.popup) this.leave(); });
    addEventListener("message", (event) => this.pointed(event));
  }

  // A page around the map, such as the desk, may point at an event by its id; it is then told which one is opened.
  pointed({ source, data }) {
    if (source !== parent || parent === window || !data || !("datelineMark" in data)) return;
    this.around = source;
    const { located, events } = this.model, wanted = String(data.datelineMark);
    this.hover(data.datelineMark === null ? null : located.find((i) => events.id(i) === wanted || events.id(i).startsWith(`${wanted}/`)));
  }

  // Name of a layer -> whether it is shown.
  layers() {
    return new Map([...Object.entries(this.markers.on), ...[...this.overlays].map(([name, layer]) => [name, this.map.hasLayer(layer)])]);
  }

  layer(name, shown) {
    if (name in this.markers.on) this.markers.on[name] = shown;
    else if (shown) this.overlays.get(name).addTo(this.map);
    else this.overlays.get(name).remove();
  }

  redraw() {
    this.map.eachLayer((layer) => { if (layer instanceof L.GridLayer) layer.redraw(); });
    this.labels?.redraw();
  }

  changed() {
    this.model.apply();
    this.timeline.show();
    this.shades?.load();
    this.markers.load();
    this.panel.show();
    this.saveHash();
  }

  reset() {
    Object.assign(this.model.filter, { hidden: new Set(), hiddenStyles: new Set(), words: [], undated: true });
    this.panel.search.value = "";
    this.timeline.reset();
    this.changed();
    this.panel.sync();
  }

  opened() { return this.pages ? this.pages.current() : null; }

  hover(i) { this.markers.mark(i ?? this.opened()); }

  open(list, first, at) {
    const { map, markers, panel } = this, site = this.model.events.site(first), size = map.getSize();
    const turned = (i) => { panel.mark(i, true); markers.mark(i); this.saveHash(); };
    const pages = this.model.weight ? dateline.counts(this.model, list) : dateline.pages(this.model, this.model.firsts(list), first, turned);
    const popup = L.popup({ maxWidth: Math.min(340, size.x - 64), minWidth: Math.min(280, size.x - 64), maxHeight: Math.max(140, size.y - 80), autoPanPadding: [12, 12] })
      .setLatLng(at || [markers.latOf(site), markers.lonOf(site)]).setContent(pages.box);
    popup.on("remove", () => {
      if (this.popup !== popup) return;
      this.popup = this.pages = null;
      markers.mark(null);
      panel.mark(null);
      this.saveHash();
    });
    Object.assign(this, { popup, pages });
    popup.openOn(map);
    const box = popup.getElement();
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", dateline.t("events"));
    box.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", dateline.t("close"));
    box.querySelector(".leaflet-popup-content").tabIndex = 0;
    markers.mark(first);
    panel.mark(first, true);
    this.saveHash();
    this.around?.postMessage({ datelineOpened: this.model.events.id(first) }, "*");
  }

  // Opens an event from the list, with its pin in view.
  show(i) {
    const { map, model, markers } = this, site = model.events.site(i), at = [markers.latOf(site), markers.lonOf(site)];
    if (!map.getBounds().pad(-0.1).contains(at) || map.getZoom() < 4) map.setView(at, Math.max(map.getZoom(), 5), { animate: false });
    this.open(model.bySite.get(site) || [i], i);
    map.getContainer().scrollIntoView({ block: "nearest" });
    this.focus();
  }

  // Who opens by keyboard reads on in the pop-up; Escape leads back to where they were.
  focus() {
    this.cameFrom = document.activeElement;
    this.popup.getElement().querySelector(".leaflet-popup-content").focus({ preventScroll: true });
  }

  leave() {
    this.map.closePopup();
    this.cameFrom?.focus({ preventScroll: true });
  }

  saveHash() {
    const { map, model: { filter } } = this, centre = map.getCenter(), parts = new URLSearchParams(), i = this.opened();
    parts.set("m", `${map.getZoom()}/${centre.lat.toFixed(3)}/${centre.lng.toFixed(3)}`);
    if (filter.from !== null) parts.set("t", `${dateline.day(filter.from)}/${dateline.day(filter.to)}`);
    if (this.panel.search.value) parts.set("q", this.panel.search.value);
    if (filter.hidden.size) parts.set("x", [...filter.hidden].join(","));
    if (filter.hiddenStyles.size) parts.set("s", [...filter.hiddenStyles].join(","));
    if (i !== null) parts.set("e", this.model.events.id(i));
    // An embedded page may not write its address; the map works without.
    try { history.replaceState(null, "", `#${parts}`); } catch { /* see above */ }
  }

  readHash(parts) {
    const { map, model, panel } = this, { filter, events } = model, list = (name) => (parts.get(name) || "").split(",");
    const view = /^(\d+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(parts.get("m") || "");
    const days = /^(\d{4}-\d\d-\d\d)\/(\d{4}-\d\d-\d\d)$/.exec(parts.get("t") || "");
    if (view) map.setView([+view[2], +view[3]], Math.min(12, +view[1]), { animate: false });
    filter.hidden = new Set(list("x").filter((type) => model.types.has(type)));
    filter.hiddenStyles = new Set(list("s").filter((style) => model.styles.has(style)));
    panel.search.value = parts.get("q") || "";
    panel.readSearch();
    if (days) this.timeline.set(Date.parse(days[1]) / 1000, Date.parse(days[2]) / 1000);
    this.changed();
    panel.sync();
    const i = parts.has("e") ? model.located.find((k) => events.id(k) === parts.get("e")) : undefined;
    if (i !== undefined) this.open(model.bySite.get(events.site(i)), i);
  }
};

// The ground under the events: the bundled basemap, or tiles from the provider that was asked for.
dateline.ground = async function (map, data) {
  if (data.tiles) {
    const { url, attribution, maxZoom } = data.tiles;
    L.tileLayer(url, { maxZoom }).addTo(map);
    L.control.attribution({ prefix: false }).addAttribution(attribution).addTo(map);
    return null;
  }
  map.setView([20, 10], 2);
  const basemap = new dateline.Basemap(await dateline.read("dateline-basemap"), data.language);
  dateline.countries = basemap.countries;
  dateline.basemapLayer(basemap).addTo(map);
  return new dateline.LabelLayer(basemap.labels).addTo(map);
};

dateline.controls = function (map) {
  const { t, el } = dateline;
  L.control.zoom({ zoomInTitle: t("zoom_in"), zoomOutTitle: t("zoom_out"), position: "topright" }).addTo(map);
  L.control.scale({ position: "bottomleft", imperial: dateline.data.language === "en" }).addTo(map);
  if (!document.fullscreenEnabled) return;
  const Control = L.Control.extend({ onAdd() {
    const box = el("div", { class: "leaflet-bar" });
    const toggle = () => (document.fullscreenElement ? document.exitFullscreen() : document.getElementById("dateline").requestFullscreen());
    box.append(el("a", { href: "#", role: "button", title: t("fullscreen"), "aria-label": t("fullscreen"), class: "dl-full",
      onclick: (event) => { event.preventDefault(); toggle(); } },
      el("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
        el("path", { d: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", fill: "none", stroke: "currentColor", "stroke-width": 2 }))));
    L.DomEvent.disableClickPropagation(box);
    return box;
  } });
  new Control({ position: "topright" }).addTo(map);
};

// Places and toponyms as plain dots, off until asked for, or until no event can be pinned.
dateline.overlay = function (table, markers, name) {
  const rows = dateline.columns(table), { el, t } = dateline, group = L.featureGroup(), most = 3000;
  let drawn = 0;
  for (let i = 0; i < rows.n && drawn < most; i++) {
    const lon = rows.lon(i), lat = rows.lat(i);
    if (lon === null || lat === null) continue;
    drawn++;
    const n = name === "places" ? rows.n_mentions(i) : rows.count(i);
    const text = name === "places" ? [rows.name(i), rows.admin1(i), rows.country_name(i)].filter(Boolean).join(", ") : `“${rows.text(i)}” → ${rows.place(i)}`;
    const dot = L.circleMarker([Math.max(-85, Math.min(85, lat)), markers.shift && lon < 0 ? lon + 360 : lon],
      { radius: 3 + Math.min(7, Math.sqrt(n || 1)), className: `dl-dot dl-dot-${name}`, weight: 1.5 });
    dot.bindTooltip(() => el("span", { dir: "auto" }, `${text} · ${t("n_mentions", { n: n || 0 })}`));
    dot.addTo(group);
  }
  return drawn ? group : null;
};
