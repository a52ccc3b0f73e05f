// The phone beside a form or on a broadcast's page: one language at a time, light or dark.
import { makeTabs } from "./tabs.js";

let shown;
let dark = false;
let showPhone = () => undefined;

function dress() {
  for (const each of document.querySelectorAll(".previews :is(.lp-chat, .lp-notification, .handset)"))
    if (dark) each.dataset.theme = "dark";
    else delete each.dataset.theme;
  document.querySelector("[data-dark]")?.setAttribute("aria-pressed", String(dark));
}

function prepare() {
  const tools = document.querySelector(".phone-tools[hidden]");
  if (tools !== null) {
    tools.hidden = false;
    const list = tools.querySelector(".tabs");
    showPhone = makeTabs(list, list.dataset.label, (language) => {
      shown = language;
    });
    showPhone(shown);
  }
  dress();
}

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element) || target.closest("[data-dark]") === null) return;
  dark = !dark;
  dress();
});
// The form says which language is being written.
document.addEventListener("kairan:language", ({ detail }) => {
  shown = detail;
  showPhone(detail);
});
document.addEventListener("htmx:afterSwap", prepare);
prepare();
