// What is typed into a form that says whose it is (`data-kept-by`) outlives the session: it waits in this tab, and stands
// there again as soon as the same person has signed in. Nothing is posted by itself.
const place = "kairan.form";
const formNow = () => document.querySelector("form[data-kept-by]");
const ways = /^\/console\/(sign-in|provider)(\/|$)/;

function take() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place));
    sessionStorage.removeItem(place);
    return kept;
  } catch {
    return null;
  }
}

function put(kept) {
  try {
    sessionStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing.
  }
}

/** Before whatever may lead away: posting the form, and the answer that nobody is signed in any more. */
function keep() {
  const form = formNow();
  if (form === null) return;
  const { keptBy: by, keptAt: at } = form.dataset;
  put({ by, at, fields: [...new FormData(form)].filter(([, value]) => typeof value === "string") });
}
document.addEventListener("submit", ({ target }) => {
  if (target === formNow()) keep();
});
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  if (detail.xhr.status === 401) keep();
});

function fill(form, fields) {
  const given = (name) => fields.flatMap(([each, value]) => (each === name ? [value] : []));
  for (const field of form.elements) {
    const values = given(field.name);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (values.length > 0 && field.type !== "submit") field.value = values[0];
    // What was folded out because something stands in it.
    const isTyped = !["radio", "checkbox", "hidden", "submit"].includes(field.type);
    const folded = field.closest("details");
    if (folded !== null && isTyped && values.some((value) => value !== "")) folded.open = true;
  }
  const note = form.querySelector("[data-kept-note]");
  note.hidden = false;
  note.focus();
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

/** In a drill nothing is filled in that was meant, nor the other way round. */
function isSameMode(form, fields) {
  const mode = form.elements.namedItem("mode")?.value;
  return fields.every(([name, value]) => name !== "mode" || value === mode);
}

function bringBack() {
  const kept = take();
  if (kept === null) return;
  if (ways.test(location.pathname)) return put({ ...kept, signedIn: true });
  if (kept.signedIn !== true) return;
  const at = new URL(kept.at, location.href);
  if (at.pathname === location.pathname && at.search !== location.search && kept.led !== true) {
    put({ ...kept, led: true });
    location.replace(at);
    return;
  }
  const form = formNow();
  if (form !== null && form.dataset.keptAt === kept.at && form.dataset.keptBy === kept.by)
    if (isSameMode(form, kept.fields)) fill(form, kept.fields);
}
// After htmx has begun to listen.
addEventListener("load", bringBack);
