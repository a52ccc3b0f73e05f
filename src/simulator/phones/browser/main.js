// The residents' phones: what pages cannot do by themselves.
import "./live-updates.js";
import "./connection.js";
import { seen } from "./arrivals.js";
import { askPhoto, askPlace, sendPhoto } from "./asking.js";
import { setMenu, showMenuState, togglePanel } from "./folding.js";
import { phoneOf } from "./page.js";
import { toEnd } from "./scrolling.js";
import { tap } from "./tapping.js";

const sheets = { photo: askPhoto, place: askPlace };

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return;
  const button = target.closest("button");
  const phone = phoneOf(target);
  if (phone !== null) seen(phone);
  if (button === null || phone === null) return;
  if (button.dataset.lineAction !== undefined) tap(button);
  else if (button.dataset.toggles !== undefined) togglePanel(button);
  else if (button.dataset.opens !== undefined) void sheets[button.dataset.opens](phone);
  else if (button.dataset.menuBar !== undefined) setMenu(phone, phone.dataset.menu !== "open");
});

document.addEventListener("focusin", ({ target }) => {
  const phone = phoneOf(target);
  if (phone !== null) seen(phone);
});

document.addEventListener("change", ({ target }) => {
  if (target.id === "photo-input") sendPhoto(target);
});

document.addEventListener("input", ({ target }) => {
  const value = target.closest(".slider")?.querySelector("output");
  if (value) value.textContent = value.textContent.replace(/\d+/, target.value);
});

for (const phone of document.querySelectorAll(".phone")) {
  showMenuState(phone);
  toEnd(phone);
}
// Pictures in messages have their height only once they are there.
addEventListener("load", () => {
  for (const phone of document.querySelectorAll(".phone")) toEnd(phone);
});
