// Small helpers that every part of the page uses. All text is set as text, never as HTML.

export const $ = (id) => document.getElementById(id);

export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

export function button(words, act, properties = {}) {
  const node = make("button", { type: "button", textContent: words, ...properties });
  node.addEventListener("click", act);
  return node;
}

export function say(words, trouble = false) {
  $("said").textContent = words;
  $("said").classList.toggle("trouble", trouble);
}

// An open menu closes when one goes elsewhere, or by Escape.
for (const name of ["click", "focusin", "keydown"]) {
  addEventListener(name, (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (event.key === "Escape" || (name !== "keydown" && !menu.contains(event.target))) menu.open = false;
    }
  });
}

export async function ask(url, options) {
  let answer;
  try {
    answer = await fetch(url, options);
  } catch {
    throw new Error("the desk does not answer; is `dateline serve` still running?");
  }
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw Object.assign(new Error(body.error || `the desk answered ${answer.status}`), { status: answer.status });
  return body;
}
