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

  // Edges of days, weeks, months or years, at most 90 of them; far outliers make the bins wide, not many.
  binning() {
    const { start, end, dated } = this.model, day = 86400;
    const first = Math.floor(start[dated[0]] / day) * day;
    let last = first;
    for (const i of dated) if (end[i] > last) last = end[i];
    const steps = [1, 2, 7, 14, 30.4369, 91.3107, 365.2425, 3652.425, 36524.25].map((days) => days * day);
    const step = steps.find((width) => (last - first) / width < 90) || (last - first) / 90;
    this.last = last;
    const edges = [first];
    while (edges[edges.length - 1] <= last) edges.push(first + step * edges.length);
    return edges;
  }

  // The histogram counts what the other filters let through.
  count() {
    const counts = new Array(this.bins.length - 1).fill(0), { start, filter, events, style } = this.model;
    const passed = this.model.dated.filter((i) => !filter.hidden.has(events.type(i)) && !filter.hiddenStyles.has(style[i]));
    for (const i of this.model.firsts(passed)) {
      counts[Math.min(counts.length - 1, Math.floor((start[i] - this.bins[0]) / (this.bins[1] - this.bins[0])))]++;
    }
    return counts;
  }

  show() {
    if (this.box.hidden) return;
    const counts = this.count(), most = Math.max(1, ...counts), from = +this.from.value, to = +this.to.value, width = 100 / counts.length;
    this.bars.setAttribute("viewBox", "0 0 100 40");
    this.bars.replaceChildren(...counts.map((n, k) => {
      const height = n ? Math.max(2, (40 * n) / most) : 0;
      // Few bars stay slim, or they would look like a filled band.
      const slim = Math.min(0.8 * width, 4);
      return dateline.el("path", { class: k >= from && k <= to ? "dl-bar" : "dl-bar dl-out", d: `M${(k + 0.5) * width - slim / 2} 40v${-height}h${slim}v${height}Z` });
    }));
    this.label();
  }

  label() {
    const first = this.bins[+this.from.value], last = Math.min(this.bins[+this.to.value + 1] - 1, this.last);
    const texts = [dateline.date(first), dateline.date(last)];
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
    const bin = (seconds) => Math.max(0, Math.min(this.bins.length - 2, Math.floor((seconds - this.bins[0]) / (this.bins[1] - this.bins[0]))));
    this.from.value = bin(from);
    this.to.value = bin(to);
    this.read();
  }

  reset() {
    this.undated.checked = true;
    if (!this.box.hidden) this.set(this.bins[0], this.last);
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
