import { byId, phrase } from "./page.js";

// A push is noticed: the banner is on the page already; here it is said aloud, counted, and taken away when it has slid out.

export function announce(phone) {
  const banner = phone.querySelector(".banner");
  if (banner === null) return;
  const text = banner.querySelector(".lp-notification-text").textContent;
  byId("announcer").textContent = phrase("arrived", { name: phone.dataset.name, text });
  banner.addEventListener("animationend", ({ animationName }) => {
    if (animationName === "banner-out") banner.remove();
  });
  phone.dataset.unread = String(Number(phone.dataset.unread ?? 0) + Number(banner.dataset.messages));
  showUnread(phone);
}

export function seen(phone) {
  if (phone.dataset.unread === undefined) return;
  delete phone.dataset.unread;
  showUnread(phone);
}

export function showUnread(phone) {
  const mark = phone.querySelector("[data-unread]");
  const count = phone.dataset.unread;
  mark.hidden = count === undefined;
  mark.textContent = count === undefined ? "" : phrase("unread", { count });
}
