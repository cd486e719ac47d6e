// The server says that something changed; the page then asks for a fresh copy of itself.

import { showTop } from "./dialogs.js";
import { patch } from "./patching.js";

let source = null;
let asking = null;
let askAgain = false;
let timer = 0;

export function start() {
  connect();
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
    patch(new DOMParser().parseFromString(await answer.text(), "text/html"));
    showTop();
  } while (askAgain);
}

// Nothing when the workspace cannot be reached; the line above the page then says so.
export async function request(address, options) {
  const answer = await fetch(address, { ...options, headers: { "X-Live": "yes" } }).catch(() => null);
  document.getElementById("connection").hidden = answer !== null;
  return answer;
}

function connect() {
  source = new EventSource(`/live?as=${encodeURIComponent(document.body.dataset.viewer)}`);
  source.addEventListener("connected", () => {
    document.getElementById("connection").hidden = true;
    document.body.dataset.live = "yes";
    soon();
  });
  source.addEventListener("change", (event) => {
    const { kind } = JSON.parse(event.data);
    if (kind !== "delivery" || document.getElementById("trips")) soon();
  });
  source.addEventListener("error", () => (document.getElementById("connection").hidden = false));
}

function disconnect() {
  source?.close();
  source = null;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refresh, 40);
}
