// What is left of each limit, and how far each language is.
import { fieldNamed, form, say, tell, valueOf } from "./form.js";

const segmenter = new Intl.Segmenter("ja", { granularity: "grapheme" });
const lengthOf = ({ value, dataset }) =>
  dataset.unit === "graphemes" ? [...segmenter.segment(value)].length : value.length;
const isOver = (field) => lengthOf(field) > Number(field.dataset.limit);

function count(field) {
  const left = Number(field.dataset.limit) - lengthOf(field);
  const place = document.querySelector(`[id="${field.id}-left"]`);
  const text = say(left < 0 ? "over" : "left", { n: Math.abs(left) });
  if (place.textContent === text) return;
  place.textContent = text;
  place.classList.toggle("over", left < 0);
  if (left < 0) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (left < Number(field.dataset.limit) / 5) tell(text);
}

const schemes = new Set(["https:", "http:", "tel:"]);

/** As the server marks it (`stateOf` in `texts.tsx`): whether LINE and our rules would take it. */
function stateOf(language) {
  const of = (name) => valueOf(`${name}.${language}`).trim();
  const fields = [...form.querySelectorAll(`#text-${CSS.escape(language)} [data-limit]`)];
  const without = fieldNamed(`withoutPicture.${language}`)?.checked === true;
  const picture = without ? "" : of("picture") || valueOf("picture");
  if (fields.every(({ value }) => value.trim() === "") && of("picture") === "") return "empty";
  if (fields.some(isOver)) return "toolong";
  const link = of("linkUrl");
  const half = (one, other) => (one === "") !== (other === "");
  const partly =
    of("title") === "" ||
    of("body") === "" ||
    half(of("linkLabel"), link) ||
    (link !== "" && !(URL.canParse(link) && schemes.has(new URL(link).protocol))) ||
    (of("placeName") === "" && of("placeAddress") !== "") ||
    (picture !== "" && of("pictureAlt") === "");
  return partly ? "partly" : "complete";
}

/** The languages in which something is written and no link leads anywhere. */
export function languagesWithoutLink() {
  return [...form.querySelectorAll("[data-tabs=text] [data-language]")]
    .map(({ dataset }) => dataset.language)
    .filter((id) => valueOf(`title.${id}`).trim() !== "" && valueOf(`linkUrl.${id}`).trim() === "");
}

/** The address that the first language with one leads to; "" while there is none. */
export function firstLink() {
  const ids = [...form.querySelectorAll("[data-tabs=text] [data-language]")].map(
    ({ dataset }) => dataset.language,
  );
  return ids.map((id) => valueOf(`linkUrl.${id}`).trim()).find((url) => url !== "") ?? "";
}

/** Brings counts, marks and the fields for pictures up to date. */
export function refresh() {
  const places = [...form.querySelectorAll("[name^=placeName], [name^=placeAddress], [name=point]")];
  form.querySelector(".with-place").hidden = places.every(({ value }) => value.trim() === "");
  for (const field of form.querySelectorAll("[data-limit]")) count(field);
  for (const tab of form.querySelectorAll("[data-tabs=text] [data-language]")) {
    const { language } = tab.dataset;
    const state = stateOf(language);
    const mark = tab.querySelector(".mark");
    mark.dataset.state = state;
    mark.textContent = say(state);
    const others = form.querySelector(`[data-link-everywhere="${CSS.escape(language)}"]`);
    others.hidden = valueOf(`linkUrl.${language}`).trim() === "" || languagesWithoutLink().length === 0;
    const here = form.querySelector(`[data-link-here="${CSS.escape(language)}"]`);
    here.hidden = valueOf(`linkUrl.${language}`).trim() !== "" || firstLink() === "";
    const about = form.querySelector(`#text-${CSS.escape(language)} .with-picture`);
    const own = valueOf(`picture.${language}`) !== "";
    const without = fieldNamed(`withoutPicture.${language}`)?.checked === true;
    about.hidden = !own && !without && valueOf("picture") === "" && valueOf(`pictureAlt.${language}`) === "";
  }
}
