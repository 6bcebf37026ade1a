// The selected mention: its candidates with their probabilities and reasons, what may be decided, the search.

import { Chart } from "./chart.js";
import { ask, button, make, say } from "./page.js";

export const SCOPES = { mention: "this mention", article: "this article", always: "from now on" };

const KINDS = { PPLC: "capital", ADM1: "first-level unit", ADM2: "second-level unit", PCLI: "country", PPL: "settlement", PPLA: "seat of a unit" };

export class Inspector {
  constructor(box, geocoder, decide) {
    Object.assign(this, { box, geocoder, decide, scope: "mention", mention: null, candidates: [] });
  }

  show(mention, places) {
    const same = mention && this.mention && mention.start === this.mention.start && JSON.stringify(mention) === JSON.stringify(this.mention);
    if (same) return;
    this.mention = mention;
    this.box.classList.toggle("open", Boolean(mention));
    if (!mention) {
      this.candidates = [];
      this.box.replaceChildren(make("p", { className: "dim" }, "Choose a mention in the text, or press ", make("kbd", { textContent: "n" }), "."));
      return;
    }
    this.candidates = mention.candidates.map(([id, probability]) => ({ ...places[id], probability }));
    const list = make("ol", { className: "candidates" });
    this.candidates.forEach((place, index) => list.append(make("li", {}, this.choice(place, index))));
    this.chart = new Chart(this.candidates, (pin) => this.decide.put({ ...pin, name: mention.text, label: `your pin at ${pin.lat}, ${pin.lon}` }));
    this.box.replaceChildren(
      make("div", { className: "head" }, make("h2", { textContent: mention.text, dir: "auto" }), button("Close", () => this.decide.close(), { className: "close" })),
      make("p", { className: "dim" }, why(mention)),
      this.scopes(),
      make("div", { className: "pair" }, list, this.chart.node),
      this.actions(),
      this.search(),
    );
  }

  choice(place, index) {
    const share = place.probability === undefined ? "" : `${Math.round(100 * place.probability)} %`;
    const kind = [place.within || "", KINDS[place.kind] || "", place.population ? `${place.population.toLocaleString("en")} people` : ""].filter(Boolean).join(", ");
    const words = make("span", {}, make("span", { textContent: place.label }), kind ? make("small", { className: "dim", textContent: kind }) : "");
    const number = index < 9 ? make("kbd", { textContent: index + 1 }) : "";
    const node = button("", () => this.decide.choose(place), { className: place.id && place.id === this.mention.place ? "chosen" : "" });
    node.append(make("span", { className: "place" }, number, words, make("b", { textContent: share })));
    return node;
  }

  scopes() {
    const set = make("fieldset", { className: "scope" }, make("legend", { textContent: "Applies to" }));
    for (const [name, words] of Object.entries(SCOPES)) {
      const input = make("input", { type: "radio", name: "scope", value: name, checked: this.scope === name });
      input.addEventListener("change", () => (this.scope = name));
      set.append(make("label", {}, input, " " + words));
    }
    return set;
  }

  nextScope() {
    const names = Object.keys(SCOPES);
    this.scope = names[(names.indexOf(this.scope) + 1) % names.length];
    for (const input of this.box.querySelectorAll("[name=scope]")) input.checked = input.value === this.scope;
    say("The next decision applies to " + SCOPES[this.scope] + ".");
  }

  actions() {
    const { decide } = this;
    const other = this.mention.role === "literal" ? ["Stands for a government (m)", () => decide.role("metonym")] : ["The place itself (l)", () => decide.role("literal")];
    return make(
      "div",
      { className: "actions" },
      this.mention.place === null ? "" : button("Accept (a)", decide.accept, { className: "main" }),
      button("Not a place (x)", decide.reject),
      button(...other),
      button("None of these (0)", decide.nowhere),
    );
  }

  search() {
    const input = make("input", { type: "search", id: "search", placeholder: "Another place, or lat, lon, radius in km", autocomplete: "off" });
    input.setAttribute("aria-label", "Search the gazetteer, or give latitude, longitude and radius in km");
    const list = make("ol", { className: "candidates" });
    const found = (places) => list.replaceChildren(...places.map((place, index) => make("li", {}, this.choice(place, index + 9))));
    let waiting = 0;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const words = input.value.trim();
        const pin = parsePin(words, this.mention.text);
        const places = pin ? [pin] : words ? await lookUp(words) : [];
        if (input.value.trim() !== words) return;
        found(places);
        if (words && !places.length) list.replaceChildren(make("li", { className: "dim", textContent: "The gazetteer knows no such place. Draw a pin, or type lat, lon, km." }));
      }, 120);
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") list.querySelector("button")?.click();
    });
    const asked = this.geocoder && button(`Ask ${this.geocoder}`, async () => found(await lookUp(input.value.trim(), "&geocoder=1")));
    return make("div", { className: "search" }, input, asked || "", list);
  }
}

function why(mention) {
  if (mention.reasons.length) return mention.reasons.join("; ");
  return mention.place === null ? "No place was found for it." : "";
}

async function lookUp(words, more = "") {
  try {
    return await ask("/api/places?q=" + encodeURIComponent(words) + more);
  } catch (error) {
    say(error.message, true);
    return [];
  }
}

// "50.45, 30.52" or "50.45, 30.52, 2" drops a pin, the third number its radius in km.
function parsePin(words, name) {
  const numbers = words.split(/[\s,;]+/).filter(Boolean).map(Number);
  if (numbers.length < 2 || numbers.length > 3 || numbers.some(Number.isNaN)) return null;
  const [lat, lon, radius = 1] = numbers;
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180 || radius <= 0) return null;
  return { lat, lon, radius_km: radius, name, label: `Pin at ${lat}, ${lon}, ${radius} km` };
}
