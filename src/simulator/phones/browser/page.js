// What every part of the page's script needs: finding things, and the sentences the server has put on the body.

export const byId = (id) => document.getElementById(id);
export const phoneOf = (element) => element.closest(".phone");
export const chatOf = (phone) => phone.querySelector("[data-chat]");
export const lineOf = (phone) => phone.querySelector(".composer input");

export function phrase(name, values = {}) {
  return Object.entries(values).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, () => value),
    document.body.dataset[name] ?? "",
  );
}
