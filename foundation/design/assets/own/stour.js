import { initAll } from "/assets/nhsuk.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

const soon = 250;

function watch(region) {
  const address = region.dataset.live;
  let waiting = 0;

  async function refresh() {
    waiting = 0;
    const held = region.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
    if (held) {
      waiting = setTimeout(refresh, soon * 8);
      return;
    }
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = region.id ? page.getElementById(region.id) : page.querySelector(`[data-live="${CSS.escape(address)}"]`);
    if (!fresh) return;
    const focused = region.contains(document.activeElement) ? document.activeElement.id : "";
    region.replaceChildren(...fresh.childNodes);
    initAll({ scope: region });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  const source = new EventSource(address);
  source.onmessage = () => {
    if (!waiting) waiting = setTimeout(refresh, soon);
  };
  addEventListener("pagehide", () => source.close());
}

for (const region of document.querySelectorAll("[data-live]")) watch(region);
