// The offline basemap: land, borders and lakes drawn on canvas tiles; the names in labels.js.
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
    this.countries = new Map(content.countries.filter((c) => c.iso).map((c) => [c.iso, c.names[language] || c.names.en]));
    this.labels = [
      ...content.countries.filter((c) => c.at).map((c) => ({ text: c.names[language] || c.names.en, at: at(c.at), zoom: Math.max(2, c.zoom), kind: "country" })),
      ...content.seas.map(([text, lon, lat, zoom]) => ({ text, at: at([lon, lat]), zoom: zoom + 1, kind: "sea" })),
      ...content.cities.map(([text, lon, lat, zoom, capital]) => ({ text, at: at([lon, lat]), zoom: zoom + (capital ? 0 : 0.3), kind: "city", capital })),
      ...content.towns.flatMap(([zoom, names, steps]) => {
        let lon = 0, lat = 0;
        return names.map((text, k) => ({ text, at: at([(lon += steps[2 * k]) / 100, (lat += steps[2 * k + 1]) / 100]), zoom, kind: "city", capital: 0 }));
      }),
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
    // The shore first: the land then covers its inner half, and what of it lies between countries.
    Object.assign(context, { strokeStyle: look("--shore"), lineWidth: zoom < 4 ? 1.4 : 2, lineJoin: "round", fillStyle: look("--land") });
    context.setLineDash([]);
    context.stroke();
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
