// The front page: takes pasted text, dropped and chosen files.

import { $, ask, say } from "./page.js";

async function take(name, content) {
  return ask("/api/articles?name=" + encodeURIComponent(name), { method: "POST", body: content });
}

// One article is shown, of many the list.
function open(ids) {
  location.href = ids.length === 1 ? "/article?id=" + encodeURIComponent(ids[0]) : "/";
}

async function takeFiles(files) {
  const refused = [];
  const taken = [];
  for (const file of files) {
    say(`Reading ${file.name}…`);
    try {
      const { ids, problems } = await take(file.name, file);
      taken.push(...ids);
      refused.push(...problems);
    } catch (error) {
      refused.push(`${file.name}: ${error.message}`);
    }
  }
  if (!refused.length) open(taken);
  else say(`${taken.length} articles taken; left out: ${refused.join("; ")}`, true);
}

$("paste").addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = $("text").value;
  if (!words.trim()) return say("Paste the text of an article first.", true);
  say("Reading…");
  try {
    return open((await take("pasted.txt", words)).ids);
  } catch (error) {
    return say(error.message, true);
  }
});

$("files").addEventListener("change", () => takeFiles($("files").files));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  takeFiles(event.dataTransfer.files);
});
