import { askDate, askPhoto, askPlace } from "./asking.js";
import { setMenu } from "./folding.js";
import { chatOf, lineOf, phoneOf, phrase } from "./page.js";
import { press, toast } from "./post.js";

// Tapping what messages, chips and menus offer.

// These only open something; their chips stay until the resident has sent what was asked for.
const openers = {
  datetimepicker: askDate,
  location: (phone) => askPlace(phone),
  camera: (phone) => askPhoto(phone),
  cameraRoll: (phone) => askPhoto(phone),
};

export function tap(button) {
  const phone = phoneOf(button);
  const action = JSON.parse(button.dataset.lineAction);
  const open = openers[action.type];
  if (open !== undefined) {
    open(phone, action);
    return;
  }
  if (action.type === "clipboard") void copy(action.clipboardText);
  if (action.type === "postback") obey(phone, action);
  const chips = button.closest(".chips");
  if (chips !== null) {
    chips.replaceChildren();
    chatOf(phone).focus({ preventScroll: true });
  }
  void press(phone, action);
}

// What a postback may ask of the phone besides.
function obey(phone, { inputOption, fillInText }) {
  if (inputOption === "openRichMenu") setMenu(phone, true);
  if (inputOption === "closeRichMenu" || inputOption === "openKeyboard") setMenu(phone, false);
  const line = lineOf(phone);
  if (inputOption !== "openKeyboard" || line === null) return;
  line.value = fillInText ?? "";
  line.focus();
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(phrase("copied"));
  } catch {
    toast(phrase("failed"));
  }
}
