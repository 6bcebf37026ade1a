// The events, which of them the filters let through, and how they gather at sites.
"use strict";
// Looks of what did not happen in the news reported.
dateline.ASIDE = ["planned", "denied", "hypothetical", "background"];

dateline.Model = class {
  constructor(data) {
    const { event, count, ...columns } = data.events;
    this.events = dateline.columns(columns);
    this.sites = dateline.columns(data.sites);
    this.articles = dateline.columns(data.articles);
    this.n = data.events.n;
    // An event has a row for each of its places; in a table of counts a row stands for many events.
    this.eventOf = event;
    this.seen = event && new Uint32Array(this.n);
    this.round = 0;
    this.weight = count && dateline.column(count);
    const { start, end, type, site } = this.events;
    this.start = new Float64Array(this.n);
    this.end = new Float64Array(this.n);
    this.style = new Array(this.n);
    this.onMap = new Uint8Array(this.n);
    for (let i = 0; i < this.n; i++) {
      this.start[i] = start(i) ?? end(i) ?? NaN;
      this.end[i] = end(i) ?? start(i) ?? NaN;
      this.style[i] = this.styleOf(i);
      this.onMap[i] = this.sites.lon(site(i)) === null || this.events.site(i) === null ? 0 : 1;
    }
    // The news in time order, what has no date last; then likewise what is planned, denied, supposed or past.
    const far = (i) => (isNaN(this.start[i]) ? Infinity : this.start[i]), part = this.style.map((style) => dateline.ASIDE.indexOf(style));
    this.order = Array.from({ length: this.n }, (_, i) => i)
      .sort((a, b) => part[a] - part[b] || (far(a) === far(b) ? a - b : far(a) - far(b)));
    this.dated = this.order.filter((i) => !isNaN(this.start[i]));
    const news = this.dated.filter((i) => part[i] < 0);
    // What the time bar spans; where there is no news, all that has a date.
    this.news = news.length ? news : this.dated;
    this.total = this.count(this.order);
    this.types = this.tally(this.order, type);
    this.styles = this.tally(this.order, (i) => this.style[i]);
    this.texts = null;
    this.filter = { hidden: new Set(), hiddenStyles: new Set(), from: null, to: null, undated: true, words: [] };
  }

  // How an event was reported: planned, denied, hypothetical, background, else uncertain or reported.
  styleOf(i) {
    const status = this.events.status(i);
    if (dateline.ASIDE.includes(status)) return status;
    const confidence = this.events.confidence(i);
    return confidence !== null && confidence < dateline.data.unsure ? "uncertain" : "reported";
  }

  // The first row of each event among rows.
  firsts(rows) {
    if (!this.eventOf) return rows;
    const { eventOf, seen } = this, round = ++this.round;
    return rows.filter((i) => seen[eventOf[i]] !== round && (seen[eventOf[i]] = round));
  }

  // How many events rows tell of.
  count(rows) {
    if (!this.weight) return this.firsts(rows).length;
    let sum = 0;
    for (const i of rows) sum += this.weight(i);
    return sum;
  }

  // Events by what `key` says of their rows.
  tally(rows, key) {
    const groups = new Map();
    for (const i of rows) {
      const name = key(i), group = groups.get(name);
      if (group) group.push(i); else groups.set(name, [i]);
    }
    for (const [name, group] of groups) groups.set(name, this.count(group));
    return groups;
  }

  // All rows of a row's event, one for each of its places.
  rowsOf(i) {
    if (!this.eventOf) return [i];
    if (!this.rows) {
      this.rows = this.eventOf.map(() => []);
      this.eventOf.forEach((event, k) => this.rows[event].push(k));
    }
    return this.rows[this.eventOf[i]];
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
    // What the list holds: each event once, and apart those that no place is known of.
    this.listed = this.firsts(this.located);
    this.unlocated = this.firsts([...this.listed, ...this.shown.filter((i) => !this.onMap[i])]).slice(this.listed.length);
    this.bySite = new Map();
    for (const i of this.located) {
      const site = events.site(i);
      const there = this.bySite.get(site);
      if (there) there.push(i); else this.bySite.set(site, [i]);
    }
  }
};

dateline.fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
