import { chatOf } from "./page.js";

// A chat stays at its newest message unless somebody reads further up.

export function isAtEnd(phone) {
  const chat = chatOf(phone);
  return chat.scrollHeight - chat.scrollTop - chat.clientHeight < 80;
}

export function toEnd(phone) {
  const chat = chatOf(phone);
  chat.scrollTop = chat.scrollHeight;
}
