// The map of the article, as `dateline map` writes it, in a frame of its own. A new map is loaded behind the
// old one, which stays until the new one has come, so that nothing flickers while a person works.

import { make } from "./page.js";

const WAIT = 600;

export class Frame {
  constructor(box, articleId, opened) {
    this.box = box;
    this.source = "/map?id=" + encodeURIComponent(articleId);
    addEventListener("message", (event) => {
      if (event.source === this.frame?.contentWindow && typeof event.data?.datelineOpened === "string") opened(event.data.datelineOpened);
    });
  }

  refresh() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.load(), WAIT);
  }

  load() {
    this.coming?.remove();
    const frame = (this.coming = make("iframe", { title: "Map of this article", src: this.source }));
    frame.setAttribute("sandbox", "allow-scripts allow-popups");
    frame.addEventListener("load", () => {
      if (frame !== this.coming) return;
      this.frame?.remove();
      this.frame = frame;
      this.coming = null;
      this.mark(this.marked);
    });
    this.box.append(frame);
  }

  // Shows on the map where an event lies; the frame has no origin that it could be named by.
  mark(eventId) {
    this.marked = eventId;
    this.frame?.contentWindow.postMessage({ datelineMark: eventId ?? null }, "*");
  }
}
