import { byId, phrase } from "./page.js";

// Everything that changes anything is a POST to the simulator; what comes of it arrives through the live updates.

export async function post(phone, act, body, headers) {
  try {
    const answer = await fetch(`/phones/${phone.dataset.user}/${act}`, { method: "POST", body, headers });
    if (!answer.ok) toast(`${phrase("failed")}: ${await answer.text()}`);
    return answer.ok;
  } catch {
    toast(phrase("failed"));
    return false;
  }
}

export function press(phone, action, pick) {
  const body = new URLSearchParams({ action: JSON.stringify(action) });
  if (pick !== undefined) body.set("pick", pick);
  return post(phone, "press", body);
}

let toastTimer;
export function toast(text) {
  const place = byId("toast");
  place.textContent = text;
  place.classList.add("toast-shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => place.classList.remove("toast-shown"), 4000);
}
