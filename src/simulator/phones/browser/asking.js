import { byId } from "./page.js";
import { post, press } from "./post.js";

// What a phone asks its owner in a sheet of its own: a date, a place, a photo.

const inputTypes = { date: "date", time: "time", datetime: "datetime-local" };

export async function askDate(phone, action) {
  const dialog = byId("date-dialog");
  const title = byId("date-dialog-title");
  title.textContent = title.dataset[action.mode] ?? title.dataset.date;
  const input = dialog.querySelector("input");
  input.type = inputTypes[action.mode] ?? "date";
  for (const limit of ["min", "max"]) {
    if (action[limit] === undefined) input.removeAttribute(limit);
    else input.setAttribute(limit, action[limit].replace("t", "T"));
  }
  input.value = action.initial?.replace("t", "T") ?? "";
  if (await chosen(dialog)) void press(phone, action, input.value);
}

export async function askPlace(phone) {
  const dialog = byId("place-dialog");
  if (!(await chosen(dialog))) return;
  void post(phone, "location", new URLSearchParams(new FormData(dialog.querySelector("form"))));
}

function chosen(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "choose"), { once: true });
  });
}

let photographer;
export function askPhoto(phone) {
  photographer = phone;
  byId("photo-input").click();
}

export function sendPhoto(input) {
  const [file] = input.files;
  if (file !== undefined) void post(photographer, "photo", file, { "content-type": file.type });
  input.value = "";
}
