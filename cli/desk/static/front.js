"use strict";
// The front page: takes pasted text and dropped files.
const said = document.getElementById("said");

async function take(name, content) {
  said.textContent = "Reading...";
  const address = "/api/articles?name=" + encodeURIComponent(name);
  const answer = await fetch(address, { method: "POST", body: content });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body.ids;
}

// One article is shown, of many the list.
function open(ids) {
  location.href = ids.length === 1 ? "/article/" + encodeURIComponent(ids[0]) : "/";
}

document.getElementById("paste").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    open(await take("pasted.txt", document.getElementById("text").value));
  } catch (error) {
    said.textContent = error.message;
  }
});

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", async (event) => {
  event.preventDefault();
  const refused = [];
  const taken = [];
  for (const file of event.dataTransfer.files) {
    try {
      taken.push(...(await take(file.name, await file.arrayBuffer())));
    } catch (error) {
      refused.push(file.name + " " + error.message);
    }
  }
  if (refused.length) said.textContent = refused.join("; ");
  else open(taken);
});
