// On a narrow window the left side is a drawer. The guide stays as its reader left it.

export function start() {
  document.querySelector("[data-drawer]").addEventListener("click", () => toggle(true));
  document.querySelector("[data-close-drawer]").addEventListener("click", () => toggle(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && isOpen() && toggle(false));
  rememberGuide();
}

function isOpen() {
  return document.body.classList.contains("drawer-open");
}

function toggle(open) {
  const button = document.querySelector("[data-drawer]");
  document.body.classList.toggle("drawer-open", open);
  button.setAttribute("aria-expanded", String(open));
  for (const part of document.querySelectorAll("main, aside")) part.inert = open;
  if (open) document.querySelector("[data-close-drawer]").focus();
  else button.focus();
}

function rememberGuide() {
  const guide = document.getElementById("guide");
  if (!guide) return;
  guide.open = localStorage.getItem("guide") !== "closed";
  guide.addEventListener("toggle", () => localStorage.setItem("guide", guide.open ? "open" : "closed"));
}
