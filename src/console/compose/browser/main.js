// What the page for writing can do more with scripts: tabs, counts, pictures at once, and keeping what is typed.
import { sessionIsOver, watchTyping } from "./autosave.js";
import { firstLink, languagesWithoutLink, refresh } from "./counts.js";
import { fieldNamed, form, say, tell } from "./form.js";
import { watchPictures } from "./pictures.js";
import { makeTabs } from "./tabs.js";

const tabs = form.querySelector("[data-tabs=text]");
const showText = makeTabs(tabs, say("tabs"), (language) => {
  document.dispatchEvent(new CustomEvent("kairan:language", { detail: language }));
});
// After a refusal the first text that is not complete is the one to look at.
const refused = form.querySelector(".problems");
refused?.focus();
const placeOf = (link) => document.getElementById(link?.hash.slice(1) ?? "");
refused?.addEventListener("click", (event) => {
  const place = placeOf(event.target.closest("a"));
  if (place === null) return;
  event.preventDefault();
  goTo(place);
});
/** A field may stand in a language that is not shown, or be folded away. */
function goTo(place) {
  const language = place.closest("section.text")?.dataset.language;
  if (language !== undefined) showText(language);
  for (let each = place.closest("details"); each !== null; each = each.parentElement.closest("details"))
    each.open = true;
  (place.matches("fieldset") ? firstIn(place) : place).focus();
  place.scrollIntoView({ block: place.matches("fieldset") ? "start" : "center" });
}
/** The choice that was made, or else the first place where one can go: what is hidden or not theirs takes no focus. */
function firstIn(place) {
  const open = [...place.querySelectorAll("input, textarea, a")].filter(
    (each) => each.disabled !== true && each.getClientRects().length > 0,
  );
  return open.find((each) => each.type === "radio" && each.checked) ?? open[0];
}
const unfinished = refused && tabs.querySelector("a:has([data-state=partly], [data-state=tooLong])");
showText(unfinished?.dataset.language);

// An age in words fills in the months it means; months typed by hand are no age in words.
const age = fieldNamed("childAge");
age.addEventListener("change", () => {
  const [from = "", to = ""] = age.value.split("..");
  fieldNamed("bornFrom").value = from;
  fieldNamed("bornTo").value = to;
});
for (const name of ["bornFrom", "bornTo"])
  fieldNamed(name).addEventListener("input", () => {
    age.value = "";
  });

for (const place of form.querySelectorAll("[data-link-everywhere]"))
  place.querySelector("button").addEventListener("click", () => {
    const { value } = fieldNamed(`linkUrl.${place.dataset.linkEverywhere}`);
    for (const language of languagesWithoutLink()) fieldNamed(`linkUrl.${language}`).value = value;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });

// How many people get it is told as one ticks.
document.addEventListener("htmx:afterSwap", () => {
  const total = document.querySelector(".beside .total")?.textContent ?? "";
  if (total !== "" && total !== lastTotal) tell(total);
  lastTotal = total;
});
let lastTotal = "";

for (const place of form.querySelectorAll("[data-link-here]"))
  place.querySelector("button").addEventListener("click", () => {
    const field = fieldNamed(`linkUrl.${place.dataset.linkHere}`);
    field.value = firstLink();
    field.focus();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });

const more = form.querySelector("[data-add-exception]");
more.hidden = false;
more.addEventListener("click", () => {
  const last = [...form.querySelectorAll("input[name=except]")].at(-1);
  const next = last.cloneNode();
  next.value = "";
  next.setAttribute(
    "aria-label",
    last.getAttribute("aria-label").replace(/\d+$/, (n) => Number(n) + 1),
  );
  last.after(next);
  next.focus();
});

// The page beside the form asks all the time; when the session is over it must not lead away from what is typed.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status !== 401) return;
  event.preventDefault();
  sessionIsOver();
});

document.querySelector(".test-send").hidden = false;
watchPictures();
form.addEventListener("input", refresh);
form.addEventListener("change", refresh);
refresh();
// What is wrong is framed until somebody types in it.
for (const link of refused?.querySelectorAll("a") ?? []) {
  const field = placeOf(link);
  if (!field?.matches("input, textarea")) continue;
  field.setAttribute("aria-invalid", "true");
  field.addEventListener("input", () => field.removeAttribute("aria-invalid"), { once: true });
}
watchTyping();
