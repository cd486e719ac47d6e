// Forms are sent in the background; what came of it arrives with the fresh copy of the page.

import { confirm } from "./dialogs.js";
import { refresh, request, tell } from "./live.js";

// What each form is sending: a second click on the same button is left out, anything else waits its turn.
const underWay = new WeakMap();
// Arrow keys change a closed select at every step: what is chosen so is sent on Enter or on leaving it.
const chosenByKeys = new Set();
let lastKeyIn = null;
let lastClicked = null;

export function start() {
  document.addEventListener("click", onSecondClick, true);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onKey);
  document.addEventListener("pointerdown", () => (lastKeyIn = null));
  document.addEventListener("focusout", (event) => use(event.target, chosenByKeys.has(event.target)));
  document.addEventListener("click", onClick);
}

function onSubmit(event) {
  const form = event.target;
  if (!form.matches("[data-act]")) return;
  event.preventDefault();
  const submitter = event.submitter;
  const question = submitter?.dataset.confirm;
  if (question) {
    submitter.closest("details")?.removeAttribute("open");
    return confirm(question, { [submitter.name]: submitter.value });
  }
  submitter?.closest("[data-menu]")?.removeAttribute("open");
  const dialog = submitter?.closest("dialog.confirm");
  dialog?.close();
  send(form, submitter, submitter?.matches("[data-yes]") ? dialog.extra : {});
}

async function send(form, submitter, extra) {
  const before = underWay.get(form);
  if (submitter && before?.submitter === submitter) return;
  const body = new FormData(form, submitter);
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  const message = form.querySelector("[data-composer]");
  if (message) empty(message);
  submitter?.setAttribute("aria-busy", "true");
  const sent = post(form.action, body, before?.sent);
  if (!message) underWay.set(form, { submitter, sent });
  await show(await sent, form, message && !message.value ? body.get("text") : "");
  // Only now: until the page shows what came of it, the button that sent it is still there to be clicked.
  if (underWay.get(form)?.sent === sent) underWay.delete(form);
  submitter?.removeAttribute("aria-busy");
}

// `unsent` is what goes back into the box when it was not taken.
async function show(answer, form, unsent) {
  if (!answer?.ok) {
    if (answer) tell(new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent);
    const message = form.querySelector("[data-composer]");
    if (message && unsent) message.value = unsent;
    return;
  }
  const elsewhere = new URL(form.action);
  if (elsewhere.pathname !== location.pathname) location.assign(elsewhere);
  else await refresh();
}

async function post(address, body, before) {
  await before;
  return request(address, { method: "POST", body });
}

function empty(message) {
  message.value = "";
  message.dispatchEvent(new Event("input", { bubbles: true }));
}

function onChange(event) {
  const control = event.target;
  if (control.matches("[data-attach]")) return attach(control);
  if (!control.matches("[data-press]")) return;
  const isTick = control.matches("[type=checkbox], [type=radio]");
  if (!isTick && lastKeyIn === control) chosenByKeys.add(control);
  else use(control, true);
}

// Files are uploaded as soon as they are chosen. An emptied control is not sent a second time.
async function attach(control) {
  const names = [...control.files].map((file) => file.name);
  const sent = send(control.form, null, { act: "attach" });
  control.value = "";
  await sent;
  document.getElementById("announcer").textContent = `Uploaded: ${names.join(", ")}`;
}

function onKey(event) {
  const control = event.target;
  if (event.key === "Escape") return closeMenu(control);
  if (!control.matches?.("[data-press]:not(textarea, [type=checkbox], [type=radio], [data-attach])")) return;
  if (event.key === "Enter") {
    event.preventDefault();
    use(control, chosenByKeys.has(control) || control.matches("input"));
  }
  lastKeyIn = ["Enter", " "].includes(event.key) ? null : control;
}

function use(control, wanted) {
  if (!wanted) return;
  chosenByKeys.delete(control);
  const extra = { pressed: control.name };
  const question = control.dataset.confirm ?? control.closest("fieldset")?.dataset.confirm;
  if (question) confirm(question, extra, () => restore(control));
  else send(control.form, null, extra);
}

function restore(control) {
  if (control.matches("select")) for (const option of control.options) option.selected = option.defaultSelected;
  else if (control.matches("[type=checkbox], [type=radio]")) control.checked = control.defaultChecked;
  else control.value = control.defaultValue;
}

// The second click of a double click is not for what came into the first one's place meanwhile.
function onSecondClick(event) {
  const button = event.target.closest("button");
  if (event.detail > 1 && button !== lastClicked) event.preventDefault();
  else lastClicked = button;
}

// A button with an address opens it and tells the bot as well; a click beside an open menu closes it.
function onClick(event) {
  const link = event.target.closest("a[data-pressed]");
  if (link) send(link.closest("form"), null, { pressed: link.dataset.pressed });
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
}

function closeMenu(inside) {
  const menu = inside.closest?.("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}
