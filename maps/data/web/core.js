// What everything else uses: the data, strings, elements and dates.  Article text enters the page through
// `el` alone, as text nodes.
"use strict";
const dateline = {};

dateline.el = function (tag, attributes, ...children) {
  const svg = ["svg", "path", "text"].includes(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
};

// Reads a JSON element; long content is gzipped and written in base64.
dateline.read = async function (id) {
  const element = document.getElementById(id);
  if (!element) return null;
  if (!element.dataset.packed) return JSON.parse(element.textContent);
  const letters = atob(element.textContent), bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = letters.charCodeAt(i);
  element.remove();
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};

// A column of the data, as a function of the row (see `column` in payload.py).
dateline.column = function (stored) {
  if (Array.isArray(stored)) return (row) => stored[row];
  if ("all" in stored) return () => stored.all;
  return (row) => (stored.at[row] < 0 ? null : stored.of[stored.at[row]]);
};

dateline.columns = function (table) {
  const read = {};
  for (const [name, stored] of Object.entries(table)) if (name !== "n") read[name] = dateline.column(stored);
  read.n = table.n;
  return read;
};

dateline.fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

// A string of the interface; one with plural forms takes its form from `n`.
dateline.t = function (key, values) {
  let text = dateline.strings[key];
  if (typeof text === "object") text = text[dateline.plurals.select(values.n)] || text.other;
  const shown = { ...values };
  if (values && typeof values.n === "number") shown.n = dateline.number(values.n);
  return values ? dateline.fill(text, shown) : text;
};

dateline.typeLabel = (type) =>
  Object.hasOwn(dateline.strings.type_labels, type) ? dateline.strings.type_labels[type] : dateline.symbols.get(type).label;

dateline.number = (n) => dateline.numbers.format(n);
dateline.date = (seconds) => dateline.dates.format(new Date(seconds * 1000));
dateline.day = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);

// A country's name as the basemap has it; online, the browser's.
dateline.country = function (code) {
  if (dateline.countries?.has(code)) return dateline.countries.get(code);
  try { return new Intl.DisplayNames(dateline.data.language, { type: "region" }).of(code); } catch { return code; }
};

// One day, or a span, in the reader's words.
dateline.span = function (start, end) {
  if (start === null && end === null) return null;
  const first = start ?? end, last = end ?? start;
  if (dateline.day(first) === dateline.day(last)) return dateline.date(first);
  return dateline.dates.formatRange(new Date(first * 1000), new Date(last * 1000));
};

// Only web addresses become links, and only as their own parser reads them.
dateline.link = function (address) {
  if (typeof address !== "string" || !/^https?:\/\/[^\s"'<>\\]+$/i.test(address)) return null;
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch { return null; }
};

dateline.prepare = function (data) {
  Object.assign(dateline, { data, strings: data.strings, symbols: new Map(Object.entries(data.symbols)) });
  const locale = data.language;
  dateline.spaced = !["ar", "fa", "he", "ur"].includes(locale); // letters that join lose their shape apart
  dateline.plurals = new Intl.PluralRules(locale);
  dateline.numbers = new Intl.NumberFormat(locale);
  dateline.dates = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
};
