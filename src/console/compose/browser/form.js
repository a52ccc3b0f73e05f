// The form, its words, and a place where screen readers are told of changes.
export const form = document.querySelector("#draft");

/** A sentence the server wrote for scripts, its `{places}` filled in. */
export function say(name, values = {}) {
  let text = form.getAttribute(`data-say-${name}`) ?? "";
  for (const [place, value] of Object.entries(values)) text = text.replace(`{${place}}`, value);
  return text;
}

let timer;
/** Told politely, and only when somebody pauses. */
export function tell(text) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const place = document.querySelector("#told");
    if (place !== null) place.textContent = text;
  }, 1200);
}

export const fieldNamed = (name) => form.elements.namedItem(name);
export const valueOf = (name) => fieldNamed(name)?.value ?? "";

/** What would be posted, without files. */
export function fieldsNow() {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}
