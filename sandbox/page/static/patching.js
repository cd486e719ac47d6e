// Brings the page up to date from a fresh copy of it. What did not change is left alone, so that nobody
// loses their place, their focus or what they are typing.

const received = new WeakMap();

export function start() {
  for (const part of document.querySelectorAll("[data-key]")) received.set(part, part.outerHTML);
  for (const box of document.querySelectorAll("[data-follow]")) follow(box);
}

export function patch(fresh) {
  const bottoms = [...document.querySelectorAll("[data-follow]")].filter(isAtBottom);
  document.title = fresh.title;
  for (const part of document.querySelectorAll("[data-key]")) {
    const counterpart = fresh.querySelector(`[data-key="${CSS.escape(part.dataset.key)}"]`);
    if (!part.parentElement.matches("[data-list]") && counterpart) renew(part, counterpart);
  }
  for (const list of document.querySelectorAll("[data-list]")) {
    const counterpart = fresh.getElementById(list.id);
    if (counterpart) reconcile(list, counterpart, bottoms);
  }
  for (const box of bottoms) toBottom(box);
}

function reconcile(list, fresh, bottoms) {
  const before = new Map([...list.children].map((item) => [item.dataset.key, item]));
  const arrived = [];
  let place = null;
  for (const item of [...fresh.children]) {
    const kept = before.get(item.dataset.key);
    before.delete(item.dataset.key);
    const node = kept ? renew(kept, item) : take(item);
    if (node !== kept) arrived.push(node);
    const next = place ? place.nextElementSibling : list.firstElementChild;
    if (node !== next) list.insertBefore(node, next);
    place = node;
  }
  for (const gone of before.values()) gone.remove();
  if (arrived.some((node) => node.matches("[data-own]"))) bottoms.push(...ownBoxes(list));
  if (list.matches("[data-speaks]")) speak(arrived);
}

function renew(part, counterpart) {
  if (received.get(part) === counterpart.outerHTML) return part;
  const node = take(counterpart);
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const wasModal = part.matches("dialog:modal");
  carry(part, node);
  part.replaceWith(node);
  if (focused && wasModal) node.dataset.focus = focused.dataset.then ?? focused.id;
  else if (focused) focusAgain(focused, node);
  return node;
}

function take(item) {
  const html = item.outerHTML;
  const node = document.adoptNode(item);
  received.set(node, html);
  return node;
}

// What somebody changed and has not sent yet goes over into the new copy.
function carry(part, node) {
  for (const open of part.querySelectorAll("details[open][id]")) {
    const same = node.querySelector(`#${CSS.escape(open.id)}`);
    if (same) same.open = true;
  }
  for (const control of part.querySelectorAll("input, textarea, select")) {
    if (["hidden", "file"].includes(control.type) || !isTouched(control)) continue;
    const same = node.querySelector(`#${CSS.escape(control.id)}[name="${CSS.escape(control.name)}"]`);
    if (!same) continue;
    if ("checked" in control && control.matches("[type=checkbox], [type=radio]")) same.checked = control.checked;
    else same.value = control.value;
  }
}

function isTouched(control) {
  if (control.matches("select")) return [...control.options].some((o) => o.selected !== o.defaultSelected);
  if (control.matches("[type=checkbox], [type=radio]")) return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}

function focusAgain(focused, node) {
  const same = focused.id ? node.querySelector(`#${CSS.escape(focused.id)}`) : counterpartOf(focused, node);
  if (same) return same.focus({ preventScroll: true });
  node.tabIndex = -1;
  node.focus({ preventScroll: true });
}

// The same words, and of several with the same words the one with the same value.
function counterpartOf(focused, node) {
  const alike = [...node.querySelectorAll(focused.tagName)].filter((other) => other.textContent === focused.textContent);
  return alike.find((other) => other.value === focused.value) ?? alike[0];
}

function speak(nodes) {
  const words = nodes.map((node) => node.dataset.spoken).filter(Boolean);
  if (words.length) document.getElementById("announcer").textContent = words.join(". ");
}

function follow(box) {
  const wanted = location.hash && box.querySelector(`#${CSS.escape(location.hash.slice(1))}`);
  if (wanted) wanted.scrollIntoView({ block: "center" });
  else toBottom(box);
  // Pictures find their height only after they have loaded.
  box.addEventListener("load", () => box.dataset.below === undefined && toBottom(box), true);
  box.addEventListener("scroll", () => {
    if (isAtBottom(box)) delete box.dataset.below;
    else box.dataset.below = "";
  });
}

function ownBoxes(list) {
  return [...document.querySelectorAll("[data-follow]")].filter((box) => box.contains(list));
}

function isAtBottom(box) {
  return box.scrollHeight - box.scrollTop - box.clientHeight < 40;
}

function toBottom(box) {
  box.scrollTop = box.scrollHeight;
}
