// The small map of candidates: countries' outlines, numbered dots, and a pin with its radius drawn by mouse or
// by keys. One unit of its drawing is a degree of latitude.

import { ask, button, make } from "./page.js";

const KM = 111.195;
const START = 1; // degrees: how high the view is in which a person begins to draw
const NAMES_BELOW = 4; // degrees: a view this high shows names of settlements
const outline = fetch("/outline").then((answer) => answer.text()).catch(() => "");

function svg(tag, attributes = {}) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export class Chart {
  // `put` is called with {lat, lon, radius_km} when a person has drawn a pin.
  constructor(places, put) {
    this.places = places;
    this.put = put;
    this.pin = null;
    this.names = [];
    const lats = places.map((place) => place.lat);
    const lons = places.map((place) => place.lon);
    const middle = (list, otherwise) => (list.length ? (Math.min(...list) + Math.max(...list)) / 2 : otherwise);
    const spread = (list) => (list.length ? Math.max(...list) - Math.min(...list) : 90);
    this.lat = middle(lats, 20);
    this.lon = middle(lons, 10);
    this.squeeze = Math.max(0.2, Math.cos((this.lat * Math.PI) / 180));
    this.height = Math.min(150, Math.max(4, spread(lats) * 1.5, (spread(lons) * this.squeeze * 1.3) / 2));
    this.svg = svg("svg", { class: "small-map", tabindex: "0", role: "application" });
    this.svg.setAttribute("aria-label", "Small map of the candidates: " + places.map((place) => place.label).join("; "));
    this.land = svg("path", { class: "land" });
    outline.then((path) => this.land.setAttribute("d", path));
    this.over = svg("g");
    this.svg.append(this.land, this.over);
    this.hint = make("p", { className: "dim hint" });
    this.node = make("div", { className: "chart" }, this.svg, this.buttons(), this.hint);
    this.listen();
    new ResizeObserver(() => this.paint()).observe(this.svg);
  }

  // How much a pixel of the screen is in the drawing.
  get pixel() {
    return this.height / (this.svg.clientHeight || 150);
  }

  paint() {
    const { height: h, squeeze } = this;
    this.svg.setAttribute("viewBox", `${this.lon * squeeze - h} ${-this.lat - h / 2} ${2 * h} ${h}`);
    this.land.setAttribute("transform", `scale(${squeeze} 1)`);
    const parts = this.names.flatMap(([name, lat, lon]) => this.name(name, lat, lon));
    for (let index = this.places.length - 1; index >= 0; index -= 1) parts.push(...this.dot(this.places[index], index)); // the likeliest on top
    if (this.pin) parts.push(...this.circle());
    this.over.replaceChildren(...parts);
    this.hint.textContent = this.label();
  }

  // Made once: a button that was pressed by key keeps the focus.
  buttons() {
    this.begin = button("Draw a pin (d)", () => this.draw());
    this.done = button("", () => this.finish(), { className: "main" });
    this.stop = button("Cancel", () => this.cancel());
    const near = button("+", () => this.zoom(0.5), { ariaLabel: "Zoom in" });
    const far = button("−", () => this.zoom(2), { ariaLabel: "Zoom out" });
    return make("div", { className: "row" }, near, far, this.begin, this.done, this.stop);
  }

  label() {
    this.begin.hidden = Boolean(this.pin);
    this.done.hidden = this.stop.hidden = !this.pin;
    if (!this.pin) return "";
    const { lat, lon, radius_km } = this.pin;
    this.done.textContent = `Put at ${lat.toFixed(3)}, ${lon.toFixed(3)}, ${Number(radius_km.toPrecision(2))} km`;
    return "Drag from the middle outward, or use the arrow keys, [ and ] for the radius, + and - to zoom; Enter puts it.";
  }

  dot(place, index) {
    const x = place.lon * this.squeeze;
    const label = svg("text", { class: "number", x, y: -place.lat + 4 * this.pixel, "font-size": 11 * this.pixel });
    label.textContent = index + 1;
    return [svg("circle", { class: "dot", cx: x, cy: -place.lat, r: 8 * this.pixel }), label];
  }

  name(words, lat, lon) {
    const x = lon * this.squeeze;
    const label = svg("text", { class: "name", x: x + 5 * this.pixel, y: -lat + 4 * this.pixel, "font-size": 13 * this.pixel });
    label.textContent = words;
    return [svg("circle", { class: "town", cx: x, cy: -lat, r: 2.5 * this.pixel }), label];
  }

  circle() {
    const { lat, lon, radius_km } = this.pin;
    const at = { cx: lon * this.squeeze, cy: -lat };
    return [svg("circle", { class: "reach", ...at, r: radius_km / KM }), svg("circle", { class: "pin", ...at, r: 4 * this.pixel })];
  }

  draw() {
    this.home ??= { lat: this.lat, lon: this.lon, height: this.height };
    const [{ lat, lon }] = this.places.length ? this.places : [this];
    if (this.places.length) this.height = Math.min(this.height, START);
    Object.assign(this, { lat, lon, pin: { lat, lon, radius_km: this.height * 5 } });
    this.svg.classList.add("drawing");
    this.paint();
    this.look();
    this.svg.focus({ preventScroll: true });
  }

  cancel() {
    clearTimeout(this.waiting);
    Object.assign(this, this.home, { pin: null, names: [] });
    this.svg.classList.remove("drawing");
    this.paint();
  }

  finish() {
    const { lat, lon, radius_km } = this.pin;
    this.put({ lat: Number(lat.toFixed(5)), lon: Number(lon.toFixed(5)), radius_km: Number(radius_km.toPrecision(2)) });
  }

  zoom(by) {
    this.height = Math.min(150, Math.max(0.02, this.height * by));
    if (this.pin) Object.assign(this, { lat: this.pin.lat, lon: this.pin.lon });
    this.paint();
    this.look();
  }

  move(target, north, east) {
    target.lat = Math.min(89.9, Math.max(-89.9, target.lat + north));
    target.lon = ((target.lon + east / this.squeeze + 540) % 360) - 180;
    this.paint();
    this.look();
  }

  // Asks for the names of settlements in view, once the view has come to rest.
  look() {
    clearTimeout(this.waiting);
    if (!this.pin || this.height >= NAMES_BELOW) return;
    this.waiting = setTimeout(async () => {
      const { lat, lon, pixel } = this;
      const found = await ask(`/api/around?lat=${lat.toFixed(4)}&lon=${lon.toFixed(4)}`).catch(() => []);
      const kept = this.places.map((place) => ["", place.lat, place.lon]); // their dots are in the way of names
      for (const town of found) {
        const clear = kept.every(([, y, x]) => Math.abs(y - town[1]) > 16 * pixel || Math.abs(x - town[2]) * this.squeeze > 90 * pixel);
        if (clear) kept.push(town);
      }
      if (this.pin) this.names = kept.filter(([name]) => name);
      this.paint();
    }, 200);
  }

  // Where the pointer is, in degrees.
  at(event) {
    const box = this.svg.getBoundingClientRect();
    const scale = this.height / box.height;
    const x = (event.clientX - box.left - box.width / 2) * scale;
    const y = (event.clientY - box.top - box.height / 2) * scale;
    return { lat: this.lat - y, lon: this.lon + x / this.squeeze };
  }

  listen() {
    let from = null;
    this.svg.addEventListener("pointerdown", (event) => {
      from = this.at(event);
      this.svg.setPointerCapture(event.pointerId);
      if (this.pin) {
        Object.assign(this.pin, from);
        this.paint();
      }
    });
    this.svg.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = this.at(event);
      if (!this.pin) this.move(this, from.lat - to.lat, (from.lon - to.lon) * this.squeeze);
      else {
        const km = KM * Math.hypot(to.lat - from.lat, (to.lon - from.lon) * this.squeeze);
        if (km > 5 * this.pixel * KM) this.pin.radius_km = km; // less is a click
        this.paint();
      }
    });
    for (const end of ["pointerup", "pointercancel"]) this.svg.addEventListener(end, () => (from = null));
    this.svg.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.25 : 0.8);
    }, { passive: false });
    this.svg.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const step = this.height / (event.shiftKey ? 200 : 30);
    const target = this.pin || this;
    const keys = {
      ArrowUp: () => this.move(target, step, 0),
      ArrowDown: () => this.move(target, -step, 0),
      ArrowLeft: () => this.move(target, 0, -step),
      ArrowRight: () => this.move(target, 0, step),
      "+": () => this.zoom(0.7),
      "-": () => this.zoom(1.4),
      "]": () => this.pin && this.reach(1.2),
      "[": () => this.pin && this.reach(1 / 1.2),
      Enter: () => this.pin && this.finish(),
      Escape: () => this.cancel(),
    };
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  }

  reach(by) {
    this.pin.radius_km = Math.min(2000, Math.max(0.05, this.pin.radius_km * by));
    this.paint();
  }
}
