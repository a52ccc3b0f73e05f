import { byId, phoneOf } from "./page.js";
import { isAtEnd, toEnd } from "./scrolling.js";

// The rich menu and the "+" panel open and close under the chat, which keeps its place meanwhile.

export function setMenu(phone, open) {
  const atEnd = isAtEnd(phone);
  phone.dataset.menu = open ? "open" : "closed";
  showMenuState(phone);
  if (atEnd) toEnd(phone);
}

export function showMenuState(phone) {
  phone
    .querySelector("[data-menu-bar]")
    ?.setAttribute("aria-expanded", String(phone.dataset.menu === "open"));
}

export function togglePanel(button) {
  const panel = byId(button.dataset.toggles);
  const phone = phoneOf(button);
  const atEnd = isAtEnd(phone);
  panel.hidden = !panel.hidden;
  button.setAttribute("aria-expanded", String(!panel.hidden));
  if (atEnd) toEnd(phone);
}
