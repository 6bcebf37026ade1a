// Names on a canvas above the ground: those of events' places first, then countries, seas and cities where there is room.
"use strict";
dateline.LabelLayer = L.Layer.extend({
  initialize(labels) { Object.assign(this, { labels, pins: [], widths: new Map() }); },

  onAdd(map) {
    this.map = map;
    this.canvas = dateline.el("canvas", { class: "dl-labels leaflet-zoom-hide", "aria-hidden": "true" });
    map.getPane("labels").append(this.canvas);
  },
  onRemove() { this.canvas.remove(); },

  // What the pins cover: `{ at, half: [width, height], text }`, the weightiest first; those with a text are named.
  show(pins) { this.pins = pins; this.redraw(); },

  redraw() {
    const { map, canvas } = this, { x: width, y: height } = map.getSize(), ratio = Math.min(window.devicePixelRatio || 1, 2);
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const context = canvas.getContext("2d"), look = dateline.look;
    context.scale(ratio, ratio);
    Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", strokeStyle: look("--halo"), lineWidth: 3 });
    this.pen = { context, width, height, taken: [], colours: { pin: look("--ink"), country: look("--label"), city: look("--city"), sea: look("--sea") } };
    this.namePins();
    // The corners with the buttons and the scale.
    this.pen.taken.push([width - 56, 0, width, 130], [0, height - 50, 110, height]);
    this.nameGround();
  },

  namePins() {
    const { map, pen } = this, placed = this.pins.map((pin) => ({ ...pin, ...map.latLngToContainerPoint(pin.at) }));
    for (const { x, y, half: [w, h] } of placed) pen.taken.push([x - w, y - h, x + w, y + h]);
    for (const { x, y, half: [w, h], text } of placed) {
      if (!text) continue;
      const label = this.measure(text, "pin"), aside = w + label.width / 2 + 3, above = h + label.height / 2 + 1;
      this.place(label, [[x + aside, y], [x - aside, y], [x, y + above], [x, y - above]]);
    }
  },

  nameGround() {
    const { map, pen } = this, zoom = map.getZoom(), world = 256 * 2 ** zoom, corner = map.getPixelBounds().min;
    for (const { text, at, zoom: from, kind, capital } of this.labels) {
      if (zoom < from || (kind === "country" && zoom > from + 5)) continue;
      for (let shift = Math.floor(corner.x / world) - 1; shift <= Math.ceil((corner.x + pen.width) / world); shift++) {
        const x = (at[0] + shift) * world - corner.x, y = at[1] * world - corner.y;
        if (x < -20 || y < 0 || x > pen.width + 20 || y > pen.height) continue;
        const label = this.measure(text, kind === "city" && capital ? "capital" : kind), aside = label.width / 2 + 6;
        if (kind !== "city") this.place(label, [0, -20, 20, -40, 40].map((down) => [x, y + down]));
        else if (this.free(this.spot(x, y)) && this.place(label, [[x + aside, y], [x - aside, y]])) this.dot(x, y, capital);
      }
    }
  },

  measure(text, kind) {
    const key = `${kind} ${text}`, { context } = this.pen;
    const fonts = { pin: "700 12.5px", country: "600 11px", city: "11px", capital: "600 11px", sea: "italic 12px" };
    const spaced = kind === "country" && dateline.spaced;
    context.font = `${fonts[kind]} system-ui, sans-serif`;
    // Where the browser knows no spacing, capitals stand closer.
    context.letterSpacing = spaced ? "0.8px" : "0px";
    if (!this.widths.has(key)) {
      const lines = kind === "country" || kind === "sea" ? this.wrap(spaced ? text.toLocaleUpperCase(dateline.data.language) : text) : [text];
      const width = Math.max(...lines.map((line) => context.measureText(line).width)) + 4;
      this.widths.set(key, { lines, width, height: 13 * lines.length + 2, kind: kind === "capital" ? "city" : kind });
    }
    return this.widths.get(key);
  },

  // Long names in lines of about 16 letters.
  wrap(text) {
    const lines = [];
    for (const word of text.split(" ")) {
      const last = lines.at(-1);
      if (last && last.length + word.length < 16) lines[lines.length - 1] = `${last} ${word}`; else lines.push(word);
    }
    return lines;
  },

  free(box) {
    const { taken, width } = this.pen;
    return box[0] >= 0 && box[2] <= width && !taken.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]);
  },

  // Writes a label at the first of the spots where it covers nothing that matters more.
  place({ lines, width, height, kind }, spots) {
    const { context, taken, colours } = this.pen, box = ([x, y]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    const spot = spots.find((one) => this.free(box(one)));
    if (!spot) return false;
    taken.push(box(spot));
    context.fillStyle = colours[kind];
    lines.forEach((line, k) => {
      const y = spot[1] + 13 * (k - (lines.length - 1) / 2);
      context.strokeText(line, spot[0], y);
      context.fillText(line, spot[0], y);
    });
    return true;
  },

  spot(x, y) { return [x - 3, y - 3, x + 3, y + 3]; },

  dot(x, y, capital) {
    const { context, taken } = this.pen;
    taken.push(this.spot(x, y));
    context.beginPath();
    context.arc(x, y, capital ? 2.6 : 1.8, 0, 7);
    context.fill();
  },
});
