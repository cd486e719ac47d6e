// The server says that something changed; the page then asks for a fresh copy of itself.

import { showTop } from "./dialogs.js";
import { patch } from "./patching.js";

let source = null;
let asking = null;
let askAgain = false;
let timer = 0;
let released = Promise.resolve();
const HELD_MS = 1000; // the end of dragging a scroll bar is told to nobody

export function start() {
  connect();
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, hold, true);
  // A browser keeps few connections to one host: tabs that nobody sees give theirs back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) disconnect();
    else if (!source) connect();
  });
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => event.persisted && !source && connect());
}

// Resolves when the page shows a copy that was asked for after the call.
export async function refresh() {
  if (asking) {
    askAgain = true;
    return asking;
  }
  asking = ask().finally(() => (asking = null));
  return asking;
}

async function ask() {
  do {
    askAgain = false;
    const answer = await request(location.href, {});
    if (!answer) return;
    if (!answer.ok) return location.assign("/");
    const fresh = await answer.text();
    await released;
    patch(new DOMParser().parseFromString(fresh, "text/html"));
    showTop();
  } while (askAgain);
}

// Nothing when the workspace cannot be reached; the line above the page then says so.
export async function request(address, options) {
  const answer = await fetch(address, { ...options, headers: { "X-Live": "yes" } }).catch(() => null);
  tell(answer ? "" : "Connecting again…");
  return answer;
}

// In the line above the page and above any window; no words put it away.
export function tell(words) {
  const line = document.getElementById("connection");
  line.textContent = words;
  line.togglePopover(false);
  line.togglePopover(Boolean(words));
}

// A button that is replaced between press and release is never clicked: a fresh copy waits for the release.
function hold() {
  released = new Promise((resolve) => {
    const release = () => setTimeout(resolve);
    for (const name of ["pointerup", "pointercancel", "keyup"]) addEventListener(name, release, { capture: true, once: true });
    setTimeout(resolve, HELD_MS);
  });
}

function connect() {
  source = new EventSource(`/live?as=${encodeURIComponent(document.body.dataset.viewer)}`);
  source.addEventListener("connected", () => {
    tell("");
    document.body.dataset.live = "yes";
    soon();
  });
  source.addEventListener("change", (event) => {
    const { kind } = JSON.parse(event.data);
    if (kind !== "delivery" || document.getElementById("trips")) soon();
  });
  source.addEventListener("error", () => tell("Connecting again…"));
}

function disconnect() {
  source?.close();
  source = null;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, 40);
}
