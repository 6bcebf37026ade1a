"use strict";
// The front page: takes pasted text and dropped files.
const said = document.getElementById("said");

async function take(content) {
  said.textContent = "Reading...";
  const answer = await fetch("/api/articles", { method: "POST", body: content });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error);
  return body.id;
}

document.getElementById("paste").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    location.href = "/article/" + encodeURIComponent(await take(document.getElementById("text").value));
  } catch (error) {
    said.textContent = "This " + error.message;
  }
});

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", async (event) => {
  event.preventDefault();
  const refused = [];
  let last = null;
  for (const file of event.dataTransfer.files) {
    try {
      last = await take(await file.arrayBuffer());
    } catch (error) {
      refused.push(file.name + " " + error.message);
    }
  }
  if (refused.length) said.textContent = refused.join("; ");
  else if (event.dataTransfer.files.length === 1) location.href = "/article/" + encodeURIComponent(last);
  else location.reload();
});
