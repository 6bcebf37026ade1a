// Symbols: a shape and a colour for each event type, a look for how it was reported, rings for several at once.
"use strict";
dateline.NEUTRAL = { colour: "#59636e", shape: "circle" };
dateline.glyph = function (type, style, size, count) {
  const { colour, shape } = dateline.symbols.get(type) || dateline.NEUTRAL;
  const outline = dateline.data.shapes[shape];
  const icon = dateline.el("svg", { viewBox: "-2 -2 4 4", width: size, height: size, "aria-hidden": "true", class: `dl-glyph dl-${style}` },
    dateline.el("path", { d: outline, class: "dl-halo" }),
    dateline.el("path", { d: outline, class: "dl-shape", fill: colour }));
  // A darker edge keeps light colours apart from land and snow.
  icon.lastChild.style.stroke = `color-mix(in srgb, ${colour} 75%, #000)`;
  if (style === "denied") icon.append(dateline.el("path", { d: "M-1.5 1.5L1.5 -1.5", class: "dl-strike" }));
  if (style === "uncertain") icon.append(dateline.el("text", { y: "0.62", class: "dl-mark" }, "?"));
  else if (count > 1) icon.append(dateline.el("text", { y: "0.5", class: "dl-mark dl-n" }, count > 99 ? "99+" : String(count)));
  return icon;
};

// A ring whose arcs are the event types of a group; `parts` are [colour, count], the whole count in the middle.
// One gradient and not many arcs, because hundreds of rings are drawn at every step of the zoom.
dateline.ring = function (parts, count, size) {
  const stops = [];
  let turned = 0;
  for (const [colour, share] of parts) stops.push(`${colour} ${turned}% ${(turned += (100 * share) / count)}%`);
  const ring = dateline.el("span", { class: "dl-ring", "aria-hidden": "true" },
    dateline.el("b", {}, count > 9999 ? `${Math.round(count / 1000)}k` : String(count)));
  Object.assign(ring.style, { background: `conic-gradient(${stops.join(",")})`, width: `${size}px`, height: `${size}px` });
  return ring;
};

dateline.summary = function (counts) {
  const parts = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 4).map(([type, n]) => `${dateline.typeLabel(type)}: ${dateline.number(n)}`);
  return parts.join(", ");
};
