// Events on the map as pins and rings; a change of view touches only what differs.
"use strict";
// Precisions that say "somewhere in here": drawn as an area with its name, never as a pin on a point.
dateline.AREAS = ["region", "country", "admin1", "admin2"];
// No ring is wider, its rim included.
dateline.WIDEST = 60;

dateline.Markers = class {
  constructor(map, model, open) {
    Object.assign(this, { map, model, open, drawn: new Map(), areas: new Map(), circles: new Map() });
    this.on = { events: true, areas: true, circles: true };
    this.outlines = new Map(Object.entries(dateline.data.outlines));
    this.shift = this.meridian();
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
    this.sites = [...this.model.bySite.keys()].filter((site) => !this.shaded(site));
    const x = new Float64Array(this.sites.length), y = new Float64Array(this.sites.length);
    this.sites.forEach((site, k) => { [x[k], y[k]] = dateline.Basemap.spot(this.lonOf(site), this.latOf(site)); });
    // A group stands at a place that is known to the point, if it has one.
    const weights = this.sites.map((site) => this.model.count(this.model.bySite.get(site)) + (this.isArea(site) ? 0 : 1e6));
    // A small map joins only pins that cover each other; a large one gathers, to stay readable and fast.
    const widthOf = (group) => { const { ringed, size } = this.look(group.map((k) => this.sites[k])); return ringed ? size + 4 : 0; };
    this.clusters = new dateline.Clusters(x, y, weights, this.sites.length > 400 ? dateline.WIDEST : 20, widthOf);
    this.version = (this.version || 0) + 1;
    this.draw();
  }

  isArea(site) { return dateline.AREAS.includes(this.model.sites.precision(site)); }

  // An area that is shaded by its count needs no pin.
  shaded(site) { return this.model.weight !== null && dateline.shadedBy(this.model, site) !== null; }

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
    if (!this.clusters) return;
    const { map, clusters } = this, wanted = new Map(), alone = [], view = map.getBounds().pad(0.1), zoom = Math.round(map.getZoom());
    const [west, north] = dateline.Basemap.spot(view.getWest(), view.getNorth()), [east, south] = dateline.Basemap.spot(view.getEast(), view.getSouth());
    for (const group of this.on.events ? clusters.at(zoom) : []) {
      const x = clusters.x[group[0]], y = clusters.y[group[0]];
      if (x < west || x > east || y < north || y > south) continue;
      const sites = group.map((k) => this.sites[k]), [site] = sites;
      if (sites.length === 1) alone.push(site);
      const list = this.model.bySite.get(site);
      wanted.set(sites.length > 1 ? `${zoom}/${site}/${this.version}` : `${site}/${list.length}/${list[0]}/${list[list.length - 1]}`, sites);
    }
    for (const [key, marker] of this.drawn) if (!wanted.has(key)) { marker.remove(); this.drawn.delete(key); }
    for (const [key, sites] of wanted) if (!this.drawn.has(key)) this.drawn.set(key, this.marker(sites).addTo(map));
    // From afar the names of areas would cover one another.
    map.getContainer().classList.toggle("dl-far", zoom < 5);
    this.drawExtents(alone);
    this.mark(this.marked);
    this.labels?.show([...wanted.keys()].map((key) => this.drawn.get(key).pin));
  }

  // The names of a pin, the fullest first: its place, and how many more it stands for; of many places their unit or
  // country, of several countries the two with most events.
  namesOf(sites) {
    const { model } = this, { place, admin1, country } = model.sites, more = (n) => (n > 0 ? ` +${dateline.number(n)}` : "");
    const names = [...new Set(sites.map((site) => place(site) || ""))], units = new Set(sites.map(admin1));
    const rows = sites.flatMap((site) => model.bySite.get(site)), countries = model.tally(rows, (i) => country(model.events.site(i)));
    countries.delete(null);
    countries.delete("");
    const codes = [...countries].sort((a, b) => b[1] - a[1]).map(([code]) => code);
    const [first, second] = codes.map(dateline.country);
    if (second) return [`${first}, ${second}${more(codes.length - 2)}`, first + more(codes.length - 1)];
    if (names.length < 4 || !first) return [names[0] + more(names.length - 1)];
    return [(units.size === 1 && [...units][0]) || first];
  }

  // What a pin of some sites stands for, and how it looks: a ring for several events that differ in place or type.
  look(sites) {
    const { model } = this, rows = sites.flatMap((site) => model.bySite.get(site)), n = model.count(rows), types = model.tally(rows, model.events.type);
    const ringed = n > 1 && (sites.length > 1 || types.size > 1);
    const size = Math.round(ringed ? Math.min(52, 28 + 8 * Math.log10(n)) : 24 + Math.min(20, 5 * Math.sqrt(n - 1)));
    return { rows, n, types, ringed, size };
  }

  marker(sites) {
    const { model } = this, [site] = sites, { rows, n, types, ringed, size } = this.look(sites), styles = new Set(rows.map((i) => model.style[i]));
    const style = styles.size === 1 ? [...styles][0] : "reported", at = [this.latOf(site), this.lonOf(site)], names = this.namesOf(sites), [name] = names;
    const area = sites.length === 1 && this.isArea(site);
    let node = ringed ? dateline.ring(this.shares(types), n, size) : dateline.glyph(rows[0] === undefined ? null : [...types.keys()][0], style, size, n);
    if (area) node = dateline.el("span", { class: "dl-pill" }, node, dateline.el("span", { dir: "auto" }, name));
    const label = `${name}: ${dateline.summary(types)}${n === 1 && style !== "reported" ? `, ${dateline.t(style)}` : ""}`;
    const icon = L.divIcon({ className: area ? "dl-pin dl-wide" : "dl-pin", iconSize: area ? null : [size, size], html: node });
    const marker = L.marker(at, { icon, keyboard: true, riseOnHover: true, zIndexOffset: area ? -1000 : 0 });
    marker.on("add", () => { const el = marker.getElement(); el.setAttribute("aria-label", label); el.title = label; });
    const act = (byKey) => (sites.length > 1 ? this.expand(sites, at, byKey) : this.open(rows, null, byKey));
    marker.on("click", () => act(false));
    marker.on("keydown", ({ originalEvent: event }) => { if ([" ", "Enter"].includes(event.key)) { event.preventDefault(); act(true); } });
    marker.sites = sites;
    marker.pin = { at, half: area ? [16, 16] : [size / 2 + 2, size / 2 + 2], texts: area ? [] : names, ringed };
    return marker;
  }

  // [colour, count] for a ring: types of one colour share an arc.
  shares(types) {
    const arcs = new Map();
    for (const [type, n] of types) {
      const { colour } = dateline.symbols.get(type) || dateline.NEUTRAL;
      arcs.set(colour, (arcs.get(colour) || 0) + n);
    }
    return [...arcs].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  // Zooms in on the places of a group; those that no zoom parts open as a list of their events.
  expand(sites, at, byKey) {
    const { map } = this, box = L.latLngBounds(sites.map((site) => [this.latOf(site), this.lonOf(site)])), zoom = map.getZoom();
    if (zoom < map.getMaxZoom() && !box.getSouthWest().equals(box.getNorthEast())) {
      map.setView(box.getCenter(), Math.max(zoom + 1, map.getBoundsZoom(box.pad(0.2))));
    } else this.open(sites.flatMap((site) => this.model.bySite.get(site)), at, byKey);
  }

  // The outline of an area that events are known to lie in, not where in it.
  areaOf(site) {
    const { sites } = this.model;
    if (!this.isArea(site)) return null;
    const rings = this.outlines.get(sites.place_id(site));
    if (!rings) return null;
    const key = sites.place_id(site);
    if (!this.areas.has(key)) this.areas.set(key, this.polygon(rings, sites.precision(site) === "country" ? "dl-country" : "dl-area", false, "overlayPane"));
    return this.areas.get(key);
  }

  polygon(rings, className, interactive, pane) {
    return L.polygon(rings.map((steps) => {
      const line = [];
      for (let x = 0, y = 0, i = 0; i < steps.length; i += 2) {
        x += steps[i]; y += steps[i + 1];
        const lon = x * 0.002;
        line.push([y * 0.002, this.shift && lon < 0 ? lon + 360 : lon]);
      }
      return line;
    }), { className, interactive, smoothFactor: 1, pane });
  }

  // Outlines and uncertainty circles of the sites in view: each says "somewhere in here".
  drawExtents(inView) {
    const areas = new Set(), circles = new Map(), { sites } = this.model;
    for (const site of this.on.events && this.on.areas && !this.model.weight ? this.model.bySite.keys() : []) {
      const area = this.areaOf(site);
      if (area && areas.add(area).size >= 400) break;
    }
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

  // Makes the pins of an event, or the clusters that hold them, stand out.
  mark(i) {
    this.marked = i;
    const rows = i === undefined || i === null ? [] : this.model.rowsOf(i), sites = new Set(rows.map((k) => this.model.events.site(k)));
    for (const marker of this.drawn.values()) marker.getElement()?.classList.toggle("dl-marked", marker.sites.some((site) => sites.has(site)));
  }
};
