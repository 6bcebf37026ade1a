// Events on the map: sites gather into clusters, and a change of view touches only what differs.
"use strict";
// Precisions that say "somewhere in here": drawn as an area with its name, never as a pin on a point.
dateline.AREAS = ["region", "country", "admin1", "admin2"];

dateline.Markers = class {
  constructor(map, model, open) {
    Object.assign(this, { map, model, open, drawn: new Map(), areas: new Map(), circles: new Map(), siteKey: new Map() });
    this.on = { events: true, areas: true, circles: true };
    this.outlines = new Map(Object.entries(dateline.data.outlines));
    this.shift = this.meridian();
    this.rings = new Map();
    map.on("moveend", () => this.draw());
  }

  // Where to cut the world so that events on both sides of the antimeridian stay together: 0 or 180.
  meridian() {
    const { sites } = this.model;
    let west = 0, east = 0, middle = 0;
    for (let i = 0; i < sites.n; i++) {
      const lon = sites.lon(i);
      if (lon === null) continue;
      if (lon < -120) west++; else if (lon > 120) east++; else middle++;
    }
    return west && east && !middle ? 180 : 0;
  }

  lonOf(site) { const lon = this.model.sites.lon(site); return this.shift && lon < 0 ? lon + 360 : lon; }
  latOf(site) { return Math.max(-85, Math.min(85, this.model.sites.lat(site))); }

  load() {
    const features = [], { events } = this.model;
    const typeColour = new Map([...dateline.symbols].map(([type, look]) => [type, look.colour]));
    this.colours = [...new Set(typeColour.values())];
    // Counts are numbers of their own, `n` and one for each colour: supercluster copies properties, but not deeply.
    const keys = ["n", ...this.colours];
    for (const [site, list] of this.model.bySite) {
      const properties = { site };
      for (const key of keys) properties[key] = 0;
      for (const i of list) properties[typeColour.get(events.type(i))]++;
      properties.n = list.length;
      features.push({ type: "Feature", properties, geometry: { type: "Point", coordinates: [this.lonOf(site) - this.shift, this.latOf(site)] } });
    }
    // A small map joins only pins that cover each other; a large one gathers, to stay readable and fast.
    this.index = new Supercluster({ radius: features.length > 400 ? 64 : 26, maxZoom: 10, minPoints: 3,
      reduce: (sum, part) => { for (const key of keys) sum[key] += part[key]; } }).load(features);
    this.version = (this.version || 0) + 1;
    this.draw();
  }

  // What a first view must hold: of an area its largest part, or France would stretch over four oceans.
  bounds() {
    const box = L.latLngBounds([]);
    for (const site of this.model.bySite.keys()) {
      box.extend([this.latOf(site), this.lonOf(site)]);
      const outline = this.areaOf(site);
      if (outline) box.extend(L.latLngBounds(outline.getLatLngs()[0]));
    }
    return box;
  }

  draw() {
    if (!this.index) return;
    const { map } = this, wanted = new Map(), sites = [];
    const view = map.getBounds().pad(0.1), zoom = Math.round(map.getZoom());
    if (this.on.events) {
      const west = Math.max(-180, view.getWest() - this.shift), east = Math.min(180, view.getEast() - this.shift);
      const found = west < east ? this.index.getClusters([west, Math.max(-86, view.getSouth()), east, Math.min(86, view.getNorth())], zoom) : [];
      for (const feature of found) {
        const { cluster, cluster_id: id, site, n } = feature.properties;
        const list = cluster ? null : this.model.bySite.get(site);
        if (!cluster) sites.push(site);
        wanted.set(cluster ? `c${id}/${n}/${this.version}` : `s${site}/${list.length}/${list[0]}/${list[list.length - 1]}`, feature);
      }
    }
    for (const [key, marker] of this.drawn) if (!wanted.has(key)) { marker.remove(); this.drawn.delete(key); }
    for (const [key, feature] of wanted) if (!this.drawn.has(key)) this.drawn.set(key, this.marker(feature).addTo(map));
    // From afar the names of areas would cover one another.
    map.getContainer().classList.toggle("dl-far", zoom < 5);
    this.drawExtents(sites);
    this.mark(this.marked);
  }

  marker(feature) {
    const { site, cluster, cluster_id: id, n } = feature.properties, [lon, lat] = feature.geometry.coordinates;
    const at = [lat, lon + this.shift];
    let node, label, size;
    if (cluster) {
      size = 28 + Math.min(24, 5 * Math.log10(n));
      node = dateline.ring(this.colours.map((colour) => [colour, feature.properties[colour]]).filter(([, k]) => k), n, size);
      label = dateline.t("n_events", { n });
    } else {
      const list = this.model.bySite.get(site), { events, sites } = this.model;
      const counts = new Map();
      for (const i of list) counts.set(events.type(i), (counts.get(events.type(i)) || 0) + 1);
      const styles = new Set(list.map((i) => this.model.style[i]));
      size = 24 + Math.min(20, 5 * Math.sqrt(list.length - 1));
      if (counts.size === 1) node = dateline.glyph(events.type(list[0]), styles.size === 1 ? this.model.style[list[0]] : "reported", size, list.length);
      else { size += 6; node = dateline.ring([...counts].map(([type, k]) => [dateline.symbols.get(type).colour, k]), list.length, size); }
      if (dateline.AREAS.includes(sites.precision(site))) {
        node = dateline.el("span", { class: "dl-pill" }, node, dateline.el("span", { dir: "auto" }, sites.place(site) || ""));
        size = 0;
      }
      const what = list.length === 1 && styles.size === 1 && this.model.style[list[0]] !== "reported" ? `, ${dateline.t(this.model.style[list[0]])}` : "";
      label = `${sites.place(site) || ""}: ${dateline.summary(counts)}${what}`;
    }
    const icon = L.divIcon({ className: size ? "dl-pin" : "dl-pin dl-wide", iconSize: size ? [size, size] : null, html: node });
    const marker = L.marker(at, { icon, keyboard: true, riseOnHover: true, zIndexOffset: size ? 0 : -1000 });
    marker.on("add", () => { const el = marker.getElement(); el.setAttribute("aria-label", label); el.title = label; });
    const act = (byKey) => (cluster ? this.expand(id, at, byKey) : this.open(this.model.bySite.get(site), null, byKey));
    marker.on("click", () => act(false));
    marker.on("keydown", ({ originalEvent: event }) => { if ([" ", "Enter"].includes(event.key)) { event.preventDefault(); act(true); } });
    marker.sites = cluster ? null : [site];
    marker.cluster = cluster ? id : null;
    return marker;
  }

  // Zooms to where a cluster falls apart; one that never does opens as a list of its events.
  expand(id, at, byKey) {
    const zoom = this.index.getClusterExpansionZoom(id);
    if (zoom <= this.map.getMaxZoom()) { this.map.setView(at, zoom); return; }
    const list = this.index.getLeaves(id, Infinity).flatMap((leaf) => this.model.bySite.get(leaf.properties.site));
    this.open(list, at, byKey);
  }

  // The outline of an area that events are known to lie in, not where in it.
  areaOf(site) {
    const { sites } = this.model;
    if (!dateline.AREAS.includes(sites.precision(site))) return null;
    const rings = this.outlines.get(sites.place_id(site));
    if (!rings) return null;
    const key = sites.place_id(site);
    if (!this.areas.has(key)) this.areas.set(key, this.polygon(rings, sites.precision(site)));
    return this.areas.get(key);
  }

  polygon(rings, precision) {
    const country = precision === "country";
    return L.polygon(rings.map((steps) => {
      const line = [];
      for (let x = 0, y = 0, i = 0; i < steps.length; i += 2) {
        x += steps[i]; y += steps[i + 1];
        const lon = x * 0.002;
        line.push([y * 0.002, this.shift && lon < 0 ? lon + 360 : lon]);
      }
      return line;
    }), { className: country ? "dl-country" : "dl-area", interactive: false, smoothFactor: 1 });
  }

  // Outlines and uncertainty circles of the sites in view: each says "somewhere in here".
  drawExtents(inView) {
    const areas = new Set(), circles = new Map(), { sites } = this.model;
    if (this.on.events && this.on.areas) for (const site of [...this.model.bySite.keys()].slice(0, 400)) { const area = this.areaOf(site); if (area) areas.add(area); }
    for (const area of this.areas.values()) if (!areas.has(area)) area.remove(); else if (!this.map.hasLayer(area)) area.addTo(this.map);
    if (this.on.circles) for (const site of inView.slice(0, 300)) {
      const km = sites.radius_km(site), metres = 1000 * km;
      const pixel = (40075017 * Math.cos((this.latOf(site) * Math.PI) / 180)) / (256 * 2 ** this.map.getZoom());
      if (km > 0 && metres / pixel > 16 && metres / pixel < 900 && !this.areaOf(site)) circles.set(site, metres);
    }
    for (const [site, circle] of this.circles) if (!circles.has(site)) { circle.remove(); this.circles.delete(site); }
    for (const [site, radius] of circles) if (!this.circles.has(site)) {
      this.circles.set(site, L.circle([this.latOf(site), this.lonOf(site)], { radius, className: "dl-circle", interactive: false }).addTo(this.map));
    }
  }

  // Makes the pin of an event, or the cluster that holds it, stand out.
  mark(i) {
    this.marked = i;
    const site = i === undefined || i === null ? null : this.model.events.site(i);
    for (const marker of this.drawn.values()) {
      const hit = site !== null && (marker.sites ? marker.sites.includes(site) : this.holds(marker.cluster, site));
      marker.getElement()?.classList.toggle("dl-marked", hit);
    }
  }

  holds(cluster, site) {
    return this.index.getLeaves(cluster, Infinity).some((leaf) => leaf.properties.site === site);
  }
};
