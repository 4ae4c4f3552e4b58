import { initAll } from "/assets/nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

/* The first event refreshes at once; those that come soon after it lead to one more refresh. */
const together = 250;
const whileTyping = 2000;

/* When a press began that has not been let go. One whose end was not heard, outside the window, is over by itself. */
let pressed = -Infinity;
const isPressed = () => performance.now() - pressed < whileTyping;
addEventListener("pointerdown", () => { pressed = performance.now(); }, true);
for (const end of ["pointerup", "pointercancel"]) {
  // The click comes after the end of the press.
  addEventListener(end, () => setTimeout(() => { pressed = -Infinity; }), true);
}

/*
 * Keeps a region as the server has it: at each event of the stream named by data-live, the page (or the one named by
 * data-fragment) is fetched again and the region with the same id in it takes this one's place. A region that can no
 * longer be kept so says it: nobody may take an old list for a live one.
 */
function watch(region) {
  let waiting = 0;
  let latest = -together;

  const later = (delay) => {
    if (!waiting) waiting = setTimeout(refresh, delay);
  };

  async function refresh() {
    waiting = 0;
    latest = performance.now();
    const focused = region.contains(document.activeElement) ? document.activeElement : null;
    if (focused?.matches("input, select, textarea")) {
      later(whileTyping);
      return;
    }
    const address = region.dataset.fragment ?? location.href;
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) {
      saysStopped(region);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(region.id);
    if (!fresh) return;
    // What changes between press and release would take the click away.
    if (isPressed()) {
      later(together);
      return;
    }
    region.replaceChildren(...fresh.childNodes);
    initAll({ scope: region });
    if (focused?.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
  }

  const stream = new EventSource(region.dataset.live);
  let wasOpen = false;
  stream.addEventListener("message", () => later(Math.max(0, latest + together - performance.now())));
  stream.addEventListener("open", () => {
    if (wasOpen) later(0);
    wasOpen = true;
  });
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) saysStopped(region);
  });
  addEventListener("pagehide", () => stream.close());
}

function saysStopped(region) {
  if (region.querySelector("[data-stopped]")) return;
  const note = document.createElement("div");
  note.className = "nhsuk-inset-text";
  note.dataset.stopped = "";
  note.setAttribute("role", "status");
  const again = document.createElement("a");
  again.href = location.href;
  again.textContent = "Show it again";
  note.append("This list has stopped updating. ", again, ".");
  region.prepend(note);
}

for (const region of document.querySelectorAll("[data-live][id]")) watch(region);

// Whoever must leave a page at once does not leave it behind the back button.
const exit = document.querySelector("[data-exit]");
if (exit) {
  const leave = (event) => {
    event?.preventDefault();
    document.body.hidden = true;
    location.replace(exit.href);
  };
  exit.addEventListener("click", leave);
  let presses = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") { presses = []; return; }
    presses = [...presses.filter((at) => event.timeStamp - at < 5000), event.timeStamp];
    if (presses.length >= 3) leave();
  });
}
