import { initAll } from "/assets/nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

/* Events that come together lead to one refresh. */
const together = 250;
const whileTyping = 2000;

/*
 * Keeps a region as the server has it: at each event of the stream named by data-live, the page (or the one named by
 * data-fragment) is fetched again and the region with the same id in it takes this one's place.
 */
function watch(region) {
  let waiting = 0;

  const later = (delay) => {
    if (!waiting) waiting = setTimeout(refresh, delay);
  };

  async function refresh() {
    waiting = 0;
    const focused = region.contains(document.activeElement) ? document.activeElement : null;
    if (focused?.matches("input, select, textarea")) {
      later(whileTyping);
      return;
    }
    const address = region.dataset.fragment ?? location.href;
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(region.id);
    if (!fresh) return;
    region.replaceChildren(...fresh.childNodes);
    initAll({ scope: region });
    if (focused?.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
  }

  const stream = new EventSource(region.dataset.live);
  stream.addEventListener("message", () => later(together));
  addEventListener("pagehide", () => stream.close());
}

for (const region of document.querySelectorAll("[data-live][id]")) watch(region);
