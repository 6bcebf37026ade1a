// The time bar: a histogram of events, a range of two sliders over it, play and pause.
"use strict";
dateline.Timeline = class {
  constructor(model, changed) {
    Object.assign(this, { model, changed, timer: null });
    const id = (name) => document.getElementById(`dl-${name}`);
    Object.assign(this, { box: id("time"), bars: id("bars"), from: id("from"), to: id("to"), play: id("play"), undated: id("undated") });
    const missing = model.total - model.count(model.dated);
    id("undated-box").hidden = !missing || !model.dated.length;
    id("undated-box").querySelector("span").textContent = dateline.t("undated", { n: missing });
    this.undated.addEventListener("change", () => { model.filter.undated = this.undated.checked; changed(); });
    if (!model.dated.length || model.weight) { this.box.hidden = true; return; }
    this.bins = this.binning();
    for (const [input, value, label] of [[this.from, 0, "from"], [this.to, this.bins.length - 2, "to"]]) {
      Object.assign(input, { min: 0, max: this.bins.length - 2, value });
      input.setAttribute("aria-label", dateline.t(label));
      input.addEventListener("input", () => { this.pause(); this.move(input); });
    }
    this.play.addEventListener("click", () => (this.timer ? this.pause() : this.start()));
    this.pause();
    if (this.bins.length < 3) this.box.classList.add("dl-one");
  }

  // Edges of days, weeks, months or years, at most 90 of them; far outliers make the bins wide, not many.  They span
  // the news: what is planned or past beyond it has a bin of its own at either end.
  binning() {
    const { start, end, dated, news } = this.model, day = 86400;
    const first = Math.floor(Math.min(...this.ends(news, start)) / day) * day;
    this.last = Math.max(first, ...this.ends(news, end));
    const steps = [1, 2, 7, 14, 30.4369, 91.3107, 365.2425, 3652.425, 36524.25].map((days) => days * day);
    const step = steps.find((width) => (this.last - first) / width < 90) || (this.last - first) / 90;
    const edges = [first];
    while (edges[edges.length - 1] <= this.last) edges.push(first + step * edges.length);
    const earliest = Math.min(...this.ends(dated, start)), latest = Math.max(...this.ends(dated, start));
    this.early = earliest < first;
    this.late = latest >= edges[edges.length - 1];
    if (this.early) edges.unshift(Math.floor(earliest / day) * day);
    if (this.late) edges.push(Math.max(latest, ...this.ends(dated, end)) + 1);
    return edges;
  }

  // The least and the greatest of some events' times.
  ends(rows, times) {
    let least = Infinity, most = -Infinity;
    for (const i of rows) {
      if (times[i] < least) least = times[i];
      if (times[i] > most) most = times[i];
    }
    return [least, most];
  }

  binOf(seconds) { return Math.max(0, Math.min(this.bins.length - 2, this.bins.findLastIndex((edge) => edge <= seconds))); }

  // The histogram counts what the other filters let through.
  count() {
    const counts = new Array(this.bins.length - 1).fill(0), { start, filter, events, style } = this.model;
    const passed = this.model.dated.filter((i) => !filter.hidden.has(events.type(i)) && !filter.hiddenStyles.has(style[i]));
    for (const i of this.model.firsts(passed)) counts[this.binOf(start[i])]++;
    return counts;
  }

  beyond(k) { return (this.early && k === 0) || (this.late && k === this.bins.length - 2); }

  show() {
    if (this.box.hidden) return;
    const counts = this.count(), most = Math.max(1, ...counts), from = +this.from.value, to = +this.to.value, width = 100 / counts.length;
    this.bars.setAttribute("viewBox", "0 0 100 40");
    this.bars.replaceChildren(...counts.map((n, k) => {
      const height = n ? Math.max(2, (40 * n) / most) : 0;
      // Few bars stay slim, or they would look like a filled band.
      const slim = Math.min(0.8 * width, 4), look = k < from || k > to ? "dl-bar dl-out" : this.beyond(k) ? "dl-bar dl-beyond" : "dl-bar";
      return dateline.el("path", { class: look, d: `M${(k + 0.5) * width - slim / 2} 40v${-height}h${slim}v${height}Z` });
    }));
    this.label(counts);
  }

  // The days chosen; at an end also how many events lie beyond the news.
  label(counts) {
    const { bins } = this, from = +this.from.value, to = +this.to.value, { t } = dateline;
    const texts = [dateline.date(bins[from]), dateline.date(Math.min(bins[to + 1] - 1, this.last))];
    if (this.beyond(from) && from === 0) texts[0] = [t("n_earlier", { n: counts[0] }), to > 0 ? dateline.date(bins[1]) : ""].filter(Boolean).join(" · ");
    if (this.beyond(to) && to > 0) texts[1] = `${dateline.date(this.last)} · ${t("n_later", { n: counts[to] })}`;
    document.getElementById("dl-from-text").textContent = texts[0];
    document.getElementById("dl-to-text").textContent = texts[1];
    this.from.setAttribute("aria-valuetext", texts[0]);
    this.to.setAttribute("aria-valuetext", texts[1]);
  }

  move(input) {
    if (+this.from.value > +this.to.value) { if (input === this.from) this.to.value = this.from.value; else this.from.value = this.to.value; }
    this.apply();
  }

  // What the sliders say; the whole range hides nothing.
  read() {
    const { filter } = this.model, whole = +this.from.value === 0 && +this.to.value === this.bins.length - 2;
    filter.from = whole ? null : this.bins[+this.from.value];
    filter.to = whole ? null : this.bins[+this.to.value + 1] - 1;
  }

  apply() {
    this.read();
    this.changed();
  }

  // Sets the range without telling, from a link's dates.
  set(from, to) {
    if (this.box.hidden) return;
    this.from.value = this.binOf(from);
    this.to.value = this.binOf(to);
    this.read();
  }

  reset() {
    this.undated.checked = true;
    if (!this.box.hidden) this.set(this.bins[0], this.bins[this.bins.length - 1]);
  }

  start() {
    if (+this.to.value === this.bins.length - 2) this.to.value = this.from.value;
    this.play.textContent = "❚❚";
    this.play.setAttribute("aria-label", dateline.t("pause"));
    const pace = Math.max(120, Math.min(900, 12000 / this.bins.length));
    this.timer = setInterval(() => {
      if (+this.to.value >= this.bins.length - 2) { this.pause(); return; }
      this.to.value = +this.to.value + 1;
      this.apply();
    }, pace);
    this.apply();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.play.textContent = "▶";
    this.play.setAttribute("aria-label", dateline.t("play"));
  }
};
