// The text with every mention underlined. It is cut into blocks, so that half a million characters stay quick:
// a block is painted again only when a mention in it has changed, and laid out only when it comes into view.

import { make } from "./page.js";

const BLOCK = 2000;

export class Text {
  // `hovered` is called with where the mention under the pointer starts, null for none.
  constructor(box, chosen, hovered) {
    this.box = box;
    this.blocks = null;
    this.nodes = new Map();
    const pick = (focus) => (event) => event.target.matches("mark") && chosen(Number(event.target.dataset.start), focus);
    box.addEventListener("click", pick(true));
    box.addEventListener("focusin", pick(false));
    box.addEventListener("mouseover", (event) => hovered(event.target.matches("mark") ? Number(event.target.dataset.start) : null));
    box.addEventListener("mouseleave", () => hovered(null));
  }

  // Cuts the text at line ends; offsets count Unicode characters, JavaScript counts UTF-16 units.
  cut(text) {
    this.unit = units(text);
    this.text = text;
    this.blocks = [];
    for (let from = 0; from < text.length; ) {
      const end = text.indexOf("\n", from + BLOCK);
      const to = end < 0 ? text.length : end + 1;
      this.blocks.push({ from, to, look: null, node: make("div", { className: "block" }) });
      from = to;
    }
    this.box.replaceChildren(...this.blocks.map((block) => block.node));
  }

  paint(text, mentions, labels) {
    if (this.text !== text) this.cut(text);
    let next = 0;
    for (const block of this.blocks) {
      const inside = [];
      while (next < mentions.length && this.unit(mentions[next].start) < block.to) inside.push(mentions[next++]);
      const look = inside.map((mention) => [mention.start, mention.end, mention.role, state(mention), labels(mention)].join("|")).join("\n");
      if (block.look === look) continue;
      block.look = look;
      block.mentions = inside;
      this.fill(block, inside, labels);
    }
  }

  // Paints one mention anew, and no more than its block.
  repaint(mention, labels) {
    const node = this.nodes.get(mention.start)?.closest(".block");
    const block = this.blocks.find((one) => one.node === node);
    if (!block) return;
    block.look = null;
    block.mentions = block.mentions.map((one) => (one.start === mention.start ? mention : one));
    this.fill(block, block.mentions, labels);
  }

  fill(block, mentions, labels) {
    for (const old of block.node.querySelectorAll("mark")) this.nodes.delete(Number(old.dataset.start));
    const parts = [];
    let at = block.from;
    for (const mention of mentions) {
      const start = this.unit(mention.start);
      const end = Math.min(this.unit(mention.end), block.to);
      if (start < at) continue;
      const words = this.text.slice(start, end);
      const node = mark(mention, words, labels(mention));
      this.nodes.set(mention.start, node);
      parts.push(this.text.slice(at, start), node);
      at = end;
    }
    block.node.replaceChildren(...parts, this.text.slice(at, block.to));
  }

  select(start, focus) {
    this.current?.removeAttribute("aria-current");
    const node = (this.current = this.nodes.get(start));
    if (!node) return;
    node.setAttribute("aria-current", "true");
    if (focus) node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  }

  link(starts) {
    for (const node of this.linked || []) node.classList.remove("linked");
    this.linked = starts.map((start) => this.nodes.get(start)).filter(Boolean);
    for (const node of this.linked) node.classList.add("linked");
  }

  // The next place from an offset on, round to the beginning, where words stand whole and no mention covers them.
  find(words, from, mentions) {
    const spans = mentions.map((mention) => [this.unit(mention.start), this.unit(mention.end)]);
    const letter = /[\p{L}\p{N}]/u;
    const free = (at) => {
      const to = at + words.length;
      const whole = !letter.test(this.text[at - 1] || "") && !letter.test(this.text[to] || "");
      return whole && spans.every(([start, end]) => to <= start || at >= end);
    };
    const all = [];
    for (let at = this.text.indexOf(words); at >= 0; at = this.text.indexOf(words, at + 1)) if (free(at)) all.push(at);
    const at = all.find((one) => one >= this.unit(from)) ?? all[0];
    if (at === undefined) return null;
    const start = [...this.text.slice(0, at)].length;
    return { start, end: start + [...words].length, text: words };
  }

  // The words a person selected, as offsets; null when there are none.
  selected() {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return null;
    const range = chosen.getRangeAt(0);
    if (!this.box.contains(range.startContainer) || !this.box.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.setStart(this.box, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const lead = before.toString() + words.slice(0, words.length - words.trimStart().length);
    const text = words.trim();
    const start = [...lead].length;
    return text ? { start, end: start + [...text].length, text } : null;
  }
}

function state(mention) {
  if (mention.removed) return "removed";
  if (mention.place === null) return mention.corrected ? "nowhere" : "none";
  return mention.sure ? "sure" : "unsure";
}

function mark(mention, words, label) {
  const node = make("mark", { textContent: words, tabIndex: 0 });
  Object.assign(node.dataset, { start: mention.start, role: mention.role, state: state(mention) });
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", `${words}: ${label}`);
  return node;
}

// Returns the function from characters to UTF-16 units; for most texts they are the same.
function units(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (offset) => offset;
  const wide = [];
  let character = 0;
  for (const one of text) {
    if (one.length === 2) wide.push(character);
    character += 1;
  }
  return (offset) => {
    let low = 0;
    let high = wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wide[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  };
}
