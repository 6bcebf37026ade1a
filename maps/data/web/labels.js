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

  // What the pins cover: `{ at, half: [width, height], texts }`, the weightiest first; the first text with room names it.
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
    for (const own of placed) own.texts.some((text) => this.namePin(own, text, placed)) || (own.ringed && this.leadToPin(own, placed));
  },

  // Writes a pin's name beside it, where it is not nearer to another pin, which it would then seem to name.
  namePin(own, text, placed) {
    const { x, y, half: [w, h] } = own, label = this.measure(text, "pin");
    const aside = w + label.width / 2 + 3, above = h + label.height / 2 + 1, slant = (h + label.height) / 2;
    const spots = [[x + aside, y], [x - aside, y], [x, y + above], [x, y - above],
      ...[[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([right, down]) => [x + right * aside, y + down * slant])];
    return this.place(label, spots.filter((spot) => this.apart(own, placed, spot, label.width / 2, label.height / 2)));
  },

  // Writes the shortest name of a ring that has no room beside it at the end of a line.
  leadToPin(own, placed) {
    const label = this.measure(own.texts.at(-1), "pin"), dot = ([x, y]) => [x - 2, y - 2, x + 2, y + 2], lines = new Map();
    for (const length of [14, 30, 46]) for (let turn = 0; turn < 16; turn++) {
      const right = Math.cos((turn * Math.PI) / 8), down = Math.sin((turn * Math.PI) / 8);
      const line = [0.2, 0.4, 0.6, 0.8, 1].map((share) => own.half[0] + 2 + share * length).map((far) => [own.x + right * far, own.y + down * far]);
      const [x, y] = line.at(-1), spot = [x + (Math.round(1.3 * right) * label.width) / 2, y + (Math.round(1.3 * down) * label.height) / 2];
      const clear = line.every((one) => this.apart(own, placed, one, 0, 0) && this.free(dot(one)));
      if (clear && this.apart(own, placed, spot, label.width / 2, label.height / 2)) lines.set(spot, line);
    }
    const line = lines.get(this.place(label, [...lines.keys()]));
    if (!line) return;
    const { context, taken } = this.pen;
    taken.push(...line.map(dot));
    Object.assign(context, { strokeStyle: dateline.look("--ink"), lineWidth: 1 });
    context.beginPath();
    context.moveTo(own.x, own.y);
    context.lineTo(...line.at(-1));
    context.stroke();
    Object.assign(context, { strokeStyle: dateline.look("--halo"), lineWidth: 3 });
  },

  // Whether a box about a spot keeps away from all pins but one.
  apart(own, placed, [x, y], w, h) {
    return placed.every((pin) => pin === own || Math.abs(pin.x - x) > pin.half[0] + w + 4 || Math.abs(pin.y - y) > pin.half[1] + h + 4);
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

  // Writes a label at the first of the spots where it covers nothing that matters more, and returns that.
  place({ lines, width, height, kind }, spots) {
    const { context, taken, colours } = this.pen, box = ([x, y]) => [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    const spot = spots.find((one) => this.free(box(one)));
    if (!spot) return null;
    taken.push(box(spot));
    context.fillStyle = colours[kind];
    lines.forEach((line, k) => {
      const y = spot[1] + 13 * (k - (lines.length - 1) / 2);
      context.strokeText(line, spot[0], y);
      context.fillText(line, spot[0], y);
    });
    return spot;
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
