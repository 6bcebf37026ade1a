// The events, which of them the filters let through, and how they gather at sites.
"use strict";
dateline.Model = class {
  constructor(data) {
    this.events = dateline.columns(data.events);
    this.sites = dateline.columns(data.sites);
    this.articles = dateline.columns(data.articles);
    this.n = data.events.n;
    const { start, end, type, site } = this.events;
    this.start = new Float64Array(this.n);
    this.end = new Float64Array(this.n);
    this.style = new Array(this.n);
    this.onMap = new Uint8Array(this.n);
    this.types = new Map();
    this.styles = new Map();
    for (let i = 0; i < this.n; i++) {
      this.start[i] = start(i) ?? end(i) ?? NaN;
      this.end[i] = end(i) ?? start(i) ?? NaN;
      this.style[i] = this.styleOf(i);
      this.onMap[i] = this.sites.lon(site(i)) === null || this.events.site(i) === null ? 0 : 1;
      this.types.set(type(i), (this.types.get(type(i)) || 0) + 1);
      this.styles.set(this.style[i], (this.styles.get(this.style[i]) || 0) + 1);
    }
    // In time order; what has no date comes last.
    this.order = Array.from({ length: this.n }, (_, i) => i)
      .sort((a, b) => (isNaN(this.start[a]) - isNaN(this.start[b])) || this.start[a] - this.start[b] || a - b);
    this.dated = this.order.filter((i) => !isNaN(this.start[i]));
    this.texts = null;
    this.filter = { hidden: new Set(), hiddenStyles: new Set(), from: null, to: null, undated: true, words: [] };
    this.apply();
  }

  // How an event was reported: planned, denied, hypothetical, background, else uncertain or reported.
  styleOf(i) {
    const status = this.events.status(i);
    if (["planned", "denied", "hypothetical", "background"].includes(status)) return status;
    const confidence = this.events.confidence(i);
    return confidence !== null && confidence < dateline.data.unsure ? "uncertain" : "reported";
  }

  textOf(i) {
    const { events, sites, articles } = this;
    const site = events.site(i), article = events.article(i);
    const parts = [events.quote(i), events.actors(i), events.recipients(i), events.mode(i), dateline.typeLabel(events.type(i)),
      sites.place(site), sites.admin1(site), articles.title(article), articles.source(article)];
    return dateline.fold(parts.join(" "));
  }

  apply() {
    const { filter, events } = this;
    if (filter.words.length && !this.texts) this.texts = Array.from({ length: this.n }, (_, i) => this.textOf(i));
    this.shown = this.order.filter((i) => {
      if (filter.hidden.has(events.type(i)) || filter.hiddenStyles.has(this.style[i])) return false;
      if (isNaN(this.start[i])) { if (!filter.undated) return false; }
      else if (filter.from !== null && (this.end[i] < filter.from || this.start[i] > filter.to)) return false;
      return filter.words.every((word) => this.texts[i].includes(word));
    });
    this.located = this.shown.filter((i) => this.onMap[i]);
    this.unlocated = this.shown.filter((i) => !this.onMap[i]);
    this.bySite = new Map();
    for (const i of this.located) {
      const site = events.site(i);
      const there = this.bySite.get(site);
      if (there) there.push(i); else this.bySite.set(site, [i]);
    }
  }
};

dateline.fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
