// The message box: Enter sends, and / or @ at the right place offers what may follow.

const lists = new WeakMap();

export function start() {
  document.addEventListener("input", (event) => event.target.matches("[data-composer]") && offer(event.target));
  document.addEventListener("keydown", onKey);
  document.addEventListener("focusout", (event) => event.target.matches("[data-composer]") && close(event.target));
  // mousedown comes before the focus leaves the box.
  document.addEventListener("mousedown", onPick);
}

function onKey(event) {
  const box = event.target;
  if (!box.matches?.("[data-composer]") || event.isComposing) return;
  const open = lists.get(box);
  if (open && keysOfList(box, open, event)) return event.preventDefault();
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    if (box.value.trim()) box.form.requestSubmit();
  }
}

// True when the key was for the list.
function keysOfList(box, open, event) {
  const { key } = event;
  if (key === "ArrowDown" || key === "ArrowUp") return move(box, open, key === "ArrowDown" ? 1 : -1);
  if (key === "Escape") return close(box);
  if (key === "Tab" && !event.shiftKey) return insert(box, open, open.items[open.at]);
  if (key === "Enter" && !event.shiftKey && open.word !== open.items[open.at].name) {
    return insert(box, open, open.items[open.at]);
  }
  return false;
}

function offer(box) {
  const before = box.value.slice(0, box.selectionStart);
  hint(box);
  const found = /^(\/[^\s]*)$/.exec(before) ?? /(?:^|\s)(@[^\s@]*)$/.exec(before);
  if (!found) return close(box);
  const word = found[1];
  const all = JSON.parse(document.getElementById("completions").textContent)[word[0]];
  const items = all.filter((item) => matches(item, word.toLowerCase())).slice(0, 8);
  if (!items.length) return close(box);
  lists.set(box, { items, word, start: before.length - word.length, at: 0 });
  show(box);
}

function matches(item, word) {
  return item.name.toLowerCase().startsWith(word) || (word[0] === "@" && item.about.toLowerCase().includes(word.slice(1)));
}

function show(box) {
  const { items, at } = lists.get(box);
  const list = listOf(box);
  const wasHidden = list.hidden;
  list.replaceChildren(...items.map((item, index) => option(box, item, index, index === at)));
  list.hidden = false;
  box.setAttribute("aria-activedescendant", `${box.id}-option-${at}`);
  list.children[at].scrollIntoView({ block: "nearest" });
  if (wasHidden) say(`${items.length} suggestions. Arrow keys choose, Enter inserts.`);
}

function option(box, item, index, selected) {
  const row = element("li", "");
  row.id = `${box.id}-option-${index}`;
  row.role = "option";
  row.ariaSelected = String(selected);
  row.dataset.index = index;
  row.append(element("strong", item.name));
  if (item.hint) row.append(" ", element("code", item.hint));
  if (item.about) row.append(element("span", item.about));
  if (item.note) row.append(element("em", item.note));
  return row;
}

function element(tag, words) {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}

function move(box, open, step) {
  open.at = (open.at + step + open.items.length) % open.items.length;
  show(box);
  return true;
}

function insert(box, open, item) {
  box.setRangeText(item.insert, open.start, open.start + open.word.length, "end");
  close(box);
  hint(box);
  return true;
}

function onPick(event) {
  const row = event.target.closest(".completion [role=option]");
  if (!row) return;
  event.preventDefault();
  const box = row.closest("form").querySelector("[data-composer]");
  const open = lists.get(box);
  insert(box, open, open.items[Number(row.dataset.index)]);
}

// Below the box: how the command that is being typed goes on.
function hint(box) {
  const place = document.getElementById(`${box.id}-hint`);
  const commands = JSON.parse(document.getElementById("completions").textContent)["/"];
  const command = commands.find(({ name }) => box.value === name || box.value.startsWith(`${name} `));
  const words = command && [command.name, command.hint, command.note && `(${command.note})`];
  place.textContent = words ? words.filter(Boolean).join(" ") : place.dataset.hint;
}

function close(box) {
  lists.delete(box);
  listOf(box).hidden = true;
  box.removeAttribute("aria-activedescendant");
  return true;
}

function listOf(box) {
  return document.getElementById(`${box.id}-list`);
}

function say(words) {
  document.getElementById("announcer").textContent = words;
}
