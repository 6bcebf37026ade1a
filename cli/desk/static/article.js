// The article as the desk knows it, and the corrections on their way there: one at a time, in order.

import { $, ask, say } from "./page.js";

export class Article {
  // `changed` is called with the start of the one mention that a guess is about, or with nothing.
  constructor(id, changed) {
    this.address = "/api/article?id=" + encodeURIComponent(id);
    this.changed = changed;
    this.state = null;
    this.queue = [];
    this.refused = [];
    // What a correction will do, shown until the desk's answer replaces it: start of a mention -> fields.
    this.pending = new Map();
    $("repeat").addEventListener("click", () => this.repeat());
    addEventListener("beforeunload", (event) => this.queue.length && event.preventDefault());
  }

  async load() {
    this.show(await ask(this.address));
  }

  show(state) {
    this.state = state;
    this.pending.clear();
    this.changed();
  }

  get mentions() {
    return this.state.mentions;
  }

  // A mention as it will be.
  look(mention) {
    return { ...mention, ...this.pending.get(mention.start) };
  }

  place(id) {
    return id === null ? null : this.state.places[id];
  }

  // Returns whether it was saved.
  correct(line, words, guess) {
    if (guess) this.pending.set(line.start, { ...this.pending.get(line.start), ...guess });
    const saved = new Promise((done) => this.queue.push({ line, words, done }));
    if (guess) this.changed(line.start);
    if (this.queue.length === 1) this.send();
    return saved;
  }

  async send() {
    while (this.queue.length) {
      const { line, words, done } = this.queue[0];
      try {
        const body = JSON.stringify({ revision: this.state.revision, line });
        const state = await ask(this.address, { method: "POST", body });
        this.queue.shift();
        $("repeat").hidden = true;
        if (this.queue.length) this.state.revision = state.revision;
        else this.show(state);
        say(words);
        done(true);
      } catch (error) {
        await this.fail(error);
      }
    }
  }

  // What was not saved is kept, so that one press repeats it on what the article is now.
  async fail(error) {
    this.refused = this.queue.splice(0);
    await this.load().catch(() => this.show(this.state));
    say("Not saved: " + error.message, true);
    const count = this.refused.length;
    const again = error.status === 409 || !error.status;
    $("repeat").hidden = !again;
    $("repeat").textContent = count === 1 ? "Repeat mine" : `Repeat my ${count} corrections`;
    if (!again) this.refused.splice(0).forEach(({ done }) => done(false));
  }

  repeat() {
    $("repeat").hidden = true;
    this.queue.push(...this.refused.splice(0));
    this.send();
  }
}
