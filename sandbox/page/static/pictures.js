// A picture that cannot be shown says so by its name, where a browser would draw a broken frame.

export function start() {
  document.addEventListener("error", (event) => replace(event.target), true);
  for (const image of document.images) if (image.complete && !image.naturalWidth) replace(image);
}

function replace(image) {
  if (!image.matches?.("img")) return;
  const note = document.createElement("span");
  note.className = "unknown";
  note.textContent = `${image.dataset.name || image.alt || "This picture"} cannot be shown`;
  image.replaceWith(note);
}
