// The modal on top of the stack is the browser's own: it keeps the focus in and everything else out.

let opener = null;
let byKeys = false;

export function start() {
  document.addEventListener("keydown", () => (byKeys = true), true);
  document.addEventListener("pointerdown", () => (byKeys = false), true);
  document.addEventListener("cancel", onCancel, true);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-deny]")) deny(event.target.closest("dialog"));
  });
  showTop();
}

export function showTop() {
  const dialog = document.querySelector("#modals > dialog");
  if (!dialog) return giveBackFocus();
  if (dialog.matches(":modal")) return;
  opener ??= { element: document.activeElement, line: document.activeElement.closest?.(".line")?.id };
  dialog.removeAttribute("open");
  dialog.showModal();
  focusIn(dialog);
}

// Opens the question that stands beside a control; `extra` is sent along when the answer is yes.
export function confirm(id, extra, undo) {
  const dialog = document.getElementById(id);
  dialog.extra = extra;
  dialog.undo = undo;
  dialog.showModal();
}

function focusIn(dialog) {
  const body = dialog.querySelector(".modal-body");
  const first =
    body.querySelector("[aria-invalid], .wrong input") ??
    body.querySelector(`#${CSS.escape(dialog.dataset.focus || "none")}`) ??
    body.querySelector("[autofocus]") ??
    body.querySelector("input:not([type=hidden]), textarea, select") ??
    dialog.querySelector("[data-submit], [data-cancel]");
  first.focus();
}

function giveBackFocus() {
  if (!opener) return;
  const { element, line } = opener;
  opener = null;
  const place = document.getElementById(line);
  // Who uses a mouse stays where the news is; who uses keys has to see where they are.
  if (element.isConnected && element !== document.body) element.focus({ preventScroll: !byKeys });
  else if (place) focusPlace(place);
  else document.getElementById("words")?.focus();
}

function focusPlace(place) {
  place.tabIndex = -1;
  place.focus({ preventScroll: !byKeys });
}

function onCancel(event) {
  if (event.target.matches("dialog.confirm")) deny(event.target);
  if (!event.target.matches("dialog.modal")) return;
  event.preventDefault();
  event.target.querySelector("[data-cancel]").click();
}

function deny(dialog) {
  dialog.undo?.();
  dialog.close();
}
