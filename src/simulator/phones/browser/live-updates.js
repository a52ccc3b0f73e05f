import { announce, showUnread } from "./arrivals.js";
import { showMenuState } from "./folding.js";
import { byId, chatOf, lineOf, phoneOf } from "./page.js";
import { isAtEnd, toEnd } from "./scrolling.js";

// Live updates change parts of a phone: nobody's place, focus or half-written line may be lost.

let before;
document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const { target } = detail;
  const phone = phoneOf(target);
  const focus = document.activeElement;
  // A slider in somebody's hand stays in it.
  if (target.id === "error-rate" && target.contains(focus)) detail.shouldSwap = false;
  if (phone === null) return;
  const line = lineOf(phone);
  before = {
    phoneId: phone.id,
    atEnd: isAtEnd(phone),
    menu: phone.dataset.menu,
    unread: phone.dataset.unread,
    focus: target.contains(focus) ? placeOf(focus, target) : undefined,
    line: line !== null && target.contains(line) ? line.value : undefined,
  };
});

document.body.addEventListener("htmx:oobAfterSwap", ({ detail: { target } }) => {
  if (before === undefined) return;
  const phone = byId(before.phoneId);
  if (phone === null) return;
  const whole = target.id === phone.id;
  if (target.id.startsWith("menu-"))
    phone.dataset.menu = phone.querySelector("[data-menu-bar]")?.dataset.menuBar ?? "closed";
  if (whole) {
    phone.dataset.menu = before.menu;
    if (before.unread !== undefined) phone.dataset.unread = before.unread;
    showUnread(phone);
  }
  showMenuState(phone);
  const line = lineOf(phone);
  if (before.line !== undefined && line !== null) line.value = before.line;
  if (before.focus !== undefined) refocus(before.focus, byId(target.id) ?? phone, phone);
  if (before.atEnd || whole) toEnd(phone);
  if (target.id.startsWith("banner-")) announce(phone);
  before = undefined;
});

const focusable = "button, a[href], input, select, [tabindex]";

function placeOf(element, within) {
  return { id: element.id, index: [...within.querySelectorAll(focusable)].indexOf(element) };
}

// The same thing again, or the chat, which is where the answer will appear.
function refocus({ id, index }, within, phone) {
  const again = (id && byId(id)) || within.querySelectorAll(focusable)[index] || chatOf(phone);
  again.focus({ preventScroll: true });
}
