// The offline basemap: land, borders and lakes drawn on canvas tiles, labels on a canvas above them.
"use strict";
dateline.Basemap = class {
  constructor(content, language) {
    const grid = content.grid;
    const line = (steps) => dateline.Basemap.project(steps, grid);
    const arcs = content.arcs.map(line);
    this.land = content.countries.flatMap((country) => country.polygons.map((rings) => rings.map((ring) => this.join(ring, arcs))))
      .map((rings) => ({ lines: rings, box: dateline.Basemap.box(rings[0]) }));
    const boxed = (steps) => { const points = line(steps); return { lines: [points], box: dateline.Basemap.box(points) }; };
    this.lakes = content.lakes.map(boxed);
    this.borders = content.borders.map(boxed);
    this.disputed = content.disputed.map(boxed);
    this.admin1 = content.admin1.map(boxed);
    const at = ([lon, lat]) => dateline.Basemap.spot(lon, lat);
    this.labels = [
      ...content.countries.filter((c) => c.at).map((c) => ({ text: c.names[language] || c.names.en, at: at(c.at), zoom: Math.max(2, c.zoom), kind: "country" })),
      ...content.seas.map(([text, lon, lat, zoom]) => ({ text, at: at([lon, lat]), zoom: zoom + 1, kind: "sea" })),
      ...content.cities.map(([text, lon, lat, zoom, capital]) => ({ text, at: at([lon, lat]), zoom: zoom + (capital ? 0 : 0.3), kind: "city", capital })),
    ];
  }

  // Web Mercator in 0..1, from steps on the grid.
  static project(steps, grid) {
    const points = new Float64Array(steps.length);
    let x = 0, y = 0;
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i]; y += steps[i + 1];
      [points[i], points[i + 1]] = dateline.Basemap.spot(x * grid, y * grid);
    }
    return points;
  }

  static spot(lon, lat) {
    const sine = Math.sin((Math.max(-85.06, Math.min(85.06, lat)) * Math.PI) / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  }

  static box(points) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < points.length; i += 2) {
      if (points[i] < box[0]) box[0] = points[i];
      if (points[i] > box[2]) box[2] = points[i];
      if (points[i + 1] < box[1]) box[1] = points[i + 1];
      if (points[i + 1] > box[3]) box[3] = points[i + 1];
    }
    return box;
  }

  // A ring from its arcs; ~i is arc i backwards.
  join(ring, arcs) {
    const points = [];
    for (const i of ring) {
      const arc = i < 0 ? arcs[~i] : arcs[i];
      for (let k = 0; k < arc.length - 2; k += 2) {
        const at = i < 0 ? arc.length - 2 - k : k;
        points.push(arc[at], arc[at + 1]);
      }
    }
    return Float64Array.from(points);
  }

  // Draws features into a tile whose corner is (x, y) and whose side is `side`, leaving out what is below a pixel.
  trace(context, features, x, y, side, size, close) {
    const scale = size / side, margin = side * 0.02;
    context.beginPath();
    for (const { lines, box } of features) {
      if (box[2] < x - margin || box[0] > x + side + margin || box[3] < y - margin || box[1] > y + side + margin) continue;
      if (close && (box[2] - box[0]) * scale < 0.6 && (box[3] - box[1]) * scale < 0.6) continue;
      for (const points of lines) {
        let lastX = (points[0] - x) * scale, lastY = (points[1] - y) * scale;
        context.moveTo(lastX, lastY);
        for (let i = 2; i < points.length; i += 2) {
          const px = (points[i] - x) * scale, py = (points[i + 1] - y) * scale;
          if (Math.abs(px - lastX) + Math.abs(py - lastY) < 0.8 && i < points.length - 2) continue;
          context.lineTo(px, py);
          lastX = px; lastY = py;
        }
        if (close) context.closePath();
      }
    }
  }

  draw(context, zoom, x, y, side, size, look) {
    context.fillStyle = look("--water");
    context.fillRect(0, 0, size, size);
    this.trace(context, this.land, x, y, side, size, true);
    context.fillStyle = look("--land");
    context.fill("evenodd");
    this.trace(context, this.lakes, x, y, side, size, true);
    context.fillStyle = look("--water");
    context.fill();
    const stroke = (features, colour, width, dash) => {
      this.trace(context, features, x, y, side, size, false);
      Object.assign(context, { strokeStyle: look(colour), lineWidth: width, lineJoin: "round" });
      context.setLineDash(dash);
      context.stroke();
    };
    if (zoom >= 5) stroke(this.admin1, "--unit", 0.7, []);
    stroke(this.borders, "--border", zoom < 4 ? 0.7 : 1.1, []);
    stroke(this.disputed, "--border", zoom < 4 ? 0.8 : 1.2, [4, 3]);
  }
};

dateline.look = function (name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
};

dateline.basemapLayer = function (basemap) {
  const Tiles = L.GridLayer.extend({
    createTile({ x, y, z }) {
      const size = this.getTileSize().x, ratio = Math.min(window.devicePixelRatio || 1, 2);
      const tile = dateline.el("canvas", { width: size * ratio, height: size * ratio });
      const context = tile.getContext("2d");
      context.scale(ratio, ratio);
      // A tile of 512 px covers four of the usual ones.
      const across = 2 ** z / (size / 256), side = 1 / across;
      const wrapped = ((x % across) + across) % across;
      const colours = {};
      basemap.draw(context, z, wrapped * side, y * side, side, size, (name) => (colours[name] ??= dateline.look(name)));
      return tile;
    },
  });
  return new Tiles({ tileSize: 512, updateWhenZooming: false, keepBuffer: 1 });
};

dateline.LabelLayer = L.Layer.extend({
  initialize(basemap) { this.labels = basemap.labels; },
  onAdd(map) {
    this.map = map;
    this.canvas = dateline.el("canvas", { class: "dl-labels leaflet-zoom-hide", "aria-hidden": "true" });
    map.getPane("labels").append(this.canvas);
    map.on("moveend resize", this.redraw, this);
    this.redraw();
  },
  onRemove(map) { map.off("moveend resize", this.redraw, this); this.canvas.remove(); },

  redraw() {
    const { map, canvas } = this, { x: width, y: height } = map.getSize(), ratio = Math.min(window.devicePixelRatio || 1, 2);
    L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    const zoom = map.getZoom(), world = 256 * 2 ** zoom, corner = map.getPixelBounds().min, taken = [];
    const halo = dateline.look("--halo"), colours = { country: dateline.look("--label"), city: dateline.look("--city"), sea: dateline.look("--sea") };
    Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", strokeStyle: halo, lineWidth: 3 });
    for (const { text, at, zoom: from, kind, capital } of this.labels) {
      if (zoom < from || (kind === "country" && zoom > from + 5)) continue;
      for (let shift = Math.floor(corner.x / world) - 1; shift <= Math.ceil((corner.x + width) / world); shift++) {
        const x = (at[0] + shift) * world - corner.x, y = at[1] * world - corner.y;
        if (x < -20 || y < 0 || x > width + 20 || y > height) continue;
        this.place(context, text, x, y, kind, capital, taken, colours[kind], width);
      }
    }
  },

  // Draws a label unless it would cover one that matters more, or leave the map.
  place(context, text, x, y, kind, capital, taken, colour, width) {
    const fonts = { country: "600 12px", city: capital ? "600 11px" : "11px", sea: "italic 12px" };
    context.font = `${fonts[kind]} system-ui, sans-serif`;
    const half = context.measureText(text).width / 2 + 3;
    const middle = kind === "city" ? x + half + 4 : x;
    const box = [middle - half, y - 8, middle + half, y + 8];
    if (box[0] < 0 || box[2] > width || taken.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1])) return;
    taken.push(box);
    context.strokeText(text, middle, y);
    context.fillStyle = colour;
    context.fillText(text, middle, y);
    if (kind !== "city") return;
    context.beginPath();
    context.arc(x, y, capital ? 2.6 : 1.8, 0, 7);
    context.fill();
  },
});
