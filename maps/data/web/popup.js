// The card of an event, in the list (short) and in pop-ups (whole).  Everything here is set as text.
"use strict";
dateline.PRECISIONS = ["exact", "near", "admin2", "admin1", "region", "country", "unlocated"];
dateline.whereText = function (model, i) {
  const { sites } = model, site = model.events.site(i);
  const name = [sites.place(site), sites.admin1(site)].filter((part, at, all) => part && all.indexOf(part) === at).join(", ");
  return { name, precision: sites.precision(site) || "unlocated", km: sites.radius_km(site), place: sites.place(site) };
};

// The other places of an event; those that are not certain say so.
dateline.elsewhere = function (model, i) {
  const placeOf = (row) => model.sites.place(model.events.site(row)), named = new Set([placeOf(i)]);
  return model.rowsOf(i).filter((row) => placeOf(row) && !named.has(placeOf(row)) && named.add(placeOf(row)))
    .map((row) => (model.style[row] === "uncertain" ? `${placeOf(row)} (${dateline.t("uncertain")})` : placeOf(row)));
};

// The sentence, with the words that name the place and the word that reports the event marked.
dateline.quote = function (model, i) {
  const { events } = model, letters = Array.from(events.quote(i) || "");
  const mark = /^(-?\d+)-(-?\d+)$/.exec(events.mark(i) || "");
  const spans = [];
  if (mark && mark[1] >= 0 && +mark[2] <= letters.length) spans.push([+mark[1], +mark[2], "mark"]);
  const at = events.trigger_at(i), trigger = Array.from(events.trigger(i) || "");
  if (trigger.length && letters.slice(at, at + trigger.length).join("") === trigger.join("")) spans.push([at, at + trigger.length, "em"]);
  spans.sort((a, b) => a[0] - b[0]);
  const quote = dateline.el("blockquote", { dir: "auto" });
  let done = 0;
  for (const [from, to, tag] of spans) {
    if (from < done) continue;
    quote.append(letters.slice(done, from).join(""), dateline.el(tag, {}, letters.slice(from, to).join("")));
    done = to;
  }
  quote.append(letters.slice(done).join(""));
  return quote;
};

dateline.certainty = function (model, i) {
  const confidence = model.events.confidence(i);
  if (confidence === null) return dateline.t("confidence_none");
  const key = confidence >= 0.8 ? "confidence_high" : confidence >= dateline.data.unsure ? "confidence_good" : "confidence_low";
  return dateline.t(key, { n: Math.round(100 * confidence) });
};

dateline.alternatives = function (model, i) {
  let others = [];
  try { others = JSON.parse(model.events.alternatives(i) || "[]"); } catch { return null; }
  if (!Array.isArray(others)) return null;
  others = others.filter((other) => other && other.probability >= 0.03);
  if (!others.length) return null;
  const list = others.slice(0, 4).map((other) => dateline.t("could_be_item", {
    name: [other.name, other.country].filter(Boolean).join(", "), n: Math.round(100 * (other.probability || 0)) }));
  return dateline.t("could_be", { list: list.join("; ") });
};

dateline.people = function (model, i) {
  const bounds = (model.events.at_least(i) || "").split(/;\s*/);
  return ["fatalities", "injured", "affected"].filter((name) => model.events[name](i) !== null).map((name) => {
    const n = dateline.number(model.events[name](i));
    return dateline.t(name, { n: bounds.includes(name) ? dateline.t("at_least", { n }) : n });
  }).join(", ");
};

dateline.kicker = function (model, i) {
  const style = model.style[i], type = model.events.type(i), mode = model.events.mode(i);
  const label = dateline.typeLabel(type);
  return dateline.el("p", { class: "dl-kicker" }, dateline.glyph(type, style, 18),
    dateline.el("span", { dir: "auto" }, mode && mode.toLowerCase() !== label.toLowerCase() ? `${label}: ${mode}` : label),
    style === "reported" ? "" : dateline.el("span", { class: `dl-badge dl-badge-${style}` }, dateline.t(style)));
};

dateline.card = function (model, i) {
  const { events, articles } = model, { el, t } = dateline, article = events.article(i);
  const where = dateline.whereText(model, i), date = dateline.span(events.start(i), events.end(i)), said = events.date_text(i);
  const facts = el("dl", {});
  const fact = (key, ...values) => {
    const shown = values.filter(Boolean);
    if (shown.length) facts.append(el("dt", {}, t(key)), el("dd", {}, ...shown.map((value) => el("span", { dir: "auto" }, value))));
  };
  fact("where", where.name, t(dateline.PRECISIONS.includes(where.precision) ? where.precision : "unlocated",
    { km: where.km === null ? "?" : dateline.number(where.km), place: where.place }));
  fact("also", dateline.elsewhere(model, i).join("; "));
  fact("when", date && said ? t("when_says", { date, text: said }) : date || said || t("undated_heading"));
  fact("who", events.actors(i));
  fact("whom", events.recipients(i));
  fact("people", dateline.people(model, i));
  fact("sure", dateline.certainty(model, i), dateline.alternatives(model, i));
  fact("why", events.reasons(i));
  const reports = events.reports(i);
  fact("sources", events.sources(i) || articles.source(article), reports > 1 ? t("n_reports", { n: reports }) : "");
  fact("gazetteer", model.sites.gazetteer(events.site(i)));
  const published = articles.published(article), link = dateline.link(articles.url(article));
  return el("article", { class: "dl-card" }, dateline.kicker(model, i),
    el("h3", { dir: "auto" }, articles.title(article) || ""),
    el("p", { class: "dl-source" }, el("span", { dir: "auto" }, articles.source(article) || ""),
      published === null ? "" : el("span", {}, t("published", { date: dateline.date(published) }))),
    dateline.quote(model, i), facts,
    link ? el("p", {}, el("a", { href: link, target: "_blank", rel: "noopener noreferrer nofollow" }, t("read"))) : "");
};

// Several events at one site: one card at a time, with buttons to turn the pages.
dateline.pages = function (model, events, first, onTurn) {
  const { el, t } = dateline, box = el("div", { class: "dl-pages" }), body = el("div", {});
  let at = Math.max(0, events.indexOf(first));
  const place = el("span", { "aria-live": "polite" });
  const turn = (by) => { at = (at + by + events.length) % events.length; show(); onTurn(events[at]); };
  const show = () => {
    body.replaceChildren(dateline.card(model, events[at]));
    place.textContent = t("of", { i: dateline.number(at + 1), n: events.length });
  };
  if (events.length > 1) box.append(el("div", { class: "dl-turn" },
    el("button", { type: "button", "aria-label": t("previous"), onclick: () => turn(-1) }, "‹"), place,
    el("button", { type: "button", "aria-label": t("next"), onclick: () => turn(1) }, "›")));
  box.append(body);
  show();
  return { box, current: () => events[at] };
};
