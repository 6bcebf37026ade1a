// Sites gathered for a zoom: one that would be covered by a weightier one joins it, so that no two pins overlap and
// each group stands at its weightiest place; groups under one ring, or whose rings would cover each other,
// join as well.  Made for one zoom when it is first looked at.
"use strict";
dateline.Clusters = class {
  // Places in Web Mercator (0..1) with their weights, the distance in pixels that keeps two pins apart, and how wide
  // the ring of a group is, 0 for a plain pin.
  constructor(x, y, weights, radius, widthOf) {
    Object.assign(this, { x, y, radius, widthOf, zooms: new Map() });
    const most = x.length + 1;
    // Heaviest first, then as given: one number for both, since numbers sort many times faster than pairs.
    this.order = Float64Array.from(weights, (weight, i) => i - weight * most).sort().map((key) => ((key % most) + most) % most);
  }

  at(zoom) {
    const across = 256 * 2 ** zoom;
    if (!this.zooms.has(zoom)) this.zooms.set(zoom, this.merge(this.gather(this.radius / across), across));
    return this.zooms.get(zoom);
  }

  // Joins groups nearer than their widths, to the weightier one, until none covers another.
  merge(groups, across) {
    const { x, y, radius } = this, kept = [];
    if (radius >= dateline.WIDEST) return groups;
    for (const group of groups) {
      const width = this.widthOf(group), [i] = group;
      const other = kept.find(({ group: [j], width: wide }) => Math.hypot(x[i] - x[j], y[i] - y[j]) * across < (width + wide) / 2);
      if (other) { other.group.push(...group); other.width = this.widthOf(other.group); } else kept.push({ group: [...group], width });
    }
    const merged = kept.map(({ group }) => group);
    return merged.length < groups.length ? this.merge(merged, across) : merged;
  }

  // Groups of indices, the weightiest first in each.  Neighbours are found in a grid of cells as wide as the reach.
  gather(reach) {
    const { x, y, order } = this, across = Math.ceil(3 / reach), heads = new Map(), next = new Int32Array(x.length);
    const cell = (i) => Math.floor(y[i] / reach) * across + Math.floor(x[i] / reach);
    for (let k = order.length - 1; k >= 0; k--) {
      const key = cell(order[k]);
      next[order[k]] = heads.get(key) ?? -1;
      heads.set(key, order[k]);
    }
    const taken = new Uint8Array(x.length), groups = [];
    for (const i of order) {
      if (taken[i]) continue;
      const group = [i], middle = cell(i);
      taken[i] = 1;
      for (let row = -across; row <= across; row += across) for (let column = -1; column <= 1; column++) {
        for (let j = heads.get(middle + row + column) ?? -1; j >= 0; j = next[j]) {
          if (taken[j] || (x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2 > reach ** 2) continue;
          taken[j] = 1;
          group.push(j);
        }
      }
      groups.push(group);
    }
    return groups;
  }
};
