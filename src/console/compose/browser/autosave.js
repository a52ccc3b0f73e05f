// What is typed is kept on the server two seconds after the last key; in this browser while the server cannot be asked.
import { form, fieldsNow, say } from "./form.js";
import { showPicture } from "./pictures.js";

/** Each person's own, since several may use one computer. */
const places = `kairan.compose.${form.dataset.writer}.`;
const place = () => places + form.elements.namedItem("copy").value;
const pauseMs = 2000;
const retryMs = 5000;
let lastKept = fieldsNow().toString();
let timer;
let lapsed = false;
let mayGo = false;
let underWay = Promise.resolve(true);

const byId = (id) => document.querySelector(`#${id}`);

function showLapsed(on) {
  lapsed = on;
  byId("lapsed").hidden = !on;
}

function showAnswer({ savedAt, others, newer }) {
  if (savedAt !== undefined) byId("saved").textContent = say("saved", { time: savedAt });
  const note = byId("others");
  const said = [
    ...(others.length > 0
      ? [say("others", { names: others.join(document.documentElement.lang === "ja" ? "、" : ", ") })]
      : []),
    ...(newer ? [say("newer")] : []),
  ].join(" ");
  if (note.textContent !== said) note.textContent = said;
  note.hidden = said === "";
}

/** Keeps what is typed now. @returns whether the server has it */
async function keep(extra = {}) {
  const fields = fieldsNow();
  const text = fields.toString();
  if (extra.look === undefined && text === lastKept && !lapsed) return true;
  for (const [name, value] of Object.entries(extra)) fields.set(name, value);
  try {
    const answer = await fetch("/console/working-copies", {
      method: "POST",
      body: fields,
      headers: { "hx-request": "true" },
      keepalive: text.length < 60_000,
    });
    // A session that is over answers 401, or leads to the sign-in page.
    if (answer.status === 401 || answer.redirected) {
      sessionIsOver();
      return false;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    showAnswer(await answer.json());
    showLapsed(false);
    if (extra.look === undefined) lastKept = text;
    localStorage.removeItem(place());
    return true;
  } catch {
    keepHere(text);
    byId("saved").textContent = say("unsaved");
    return false;
  }
}

/** Everything typed stays on the page and in this browser; keeping is tried again until somebody has signed in. */
export function sessionIsOver() {
  keepHere(fieldsNow().toString());
  if (lapsed) return;
  showLapsed(true);
  clearTimeout(timer);
  timer = setTimeout(keepInTurn, retryMs);
}

function keepHere(text) {
  try {
    localStorage.setItem(place(), text);
  } catch {
    // A browser that keeps nothing; the page itself still has it.
  }
}

/** One after the other, so that an older text never overtakes a newer one. */
function keepInTurn(extra) {
  clearTimeout(timer);
  underWay = underWay.then(async () => {
    const done = await keep(extra);
    if (!done) timer = setTimeout(keepInTurn, retryMs);
    return done;
  });
  return underWay;
}

function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(keepInTurn, pauseMs);
}

/** Before anything is posted the session is tried, so that a lapsed one takes nothing away. */
async function submit(event) {
  if (mayGo) return;
  event.preventDefault();
  const { submitter } = event;
  if (lastKept === fieldsNow().toString()) lastKept = "";
  if (!(await keepInTurn())) {
    (lapsed ? byId("lapsed") : byId("saved")).scrollIntoView({ block: "center" });
    return;
  }
  mayGo = true;
  clearTimeout(timer);
  form.requestSubmit(submitter);
}

/** Where this browser has something for this form: its own place or, on a new notice, that of the latest other new one. */
function placeLeft() {
  if (localStorage.getItem(place()) !== null) return place();
  const isNew = place().startsWith(`${places}new-`);
  const others = Object.keys(localStorage).filter((each) => each.startsWith(`${places}new-`));
  return isNew ? others.toSorted().at(-1) : undefined;
}

/** What could not be kept the last time somebody wrote in this browser. */
function offerWhatIsHere() {
  const left = placeLeft();
  const text = left === undefined ? null : localStorage.getItem(left);
  if (text === null || text === lastKept) return;
  const note = byId("left-here");
  note.hidden = false;
  note.addEventListener("click", ({ target }) => {
    const choice = target.dataset?.leftHere;
    if (choice === undefined) return;
    if (choice === "take") fill(new URLSearchParams(text));
    localStorage.removeItem(left);
    note.hidden = true;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function fill(fields) {
  for (const field of form.elements) {
    if (field.name === "" || field.type === "file" || field.name === "version") continue;
    if (field.type === "checkbox" || field.type === "radio")
      field.checked = fields.getAll(field.name).includes(field.value);
    else if (field.type !== "submit" && fields.has(field.name) && field.name !== "except")
      field.value = fields.get(field.name);
  }
  fillExceptions(fields.getAll("except").filter((day) => day !== ""));
  for (const upload of form.querySelectorAll("[data-upload]"))
    showPicture(upload, upload.querySelector("input[type=hidden]").value);
}

/** As many fields of one name as there are days. */
function fillExceptions(days) {
  const all = () => [...form.querySelectorAll("input[name=except]")];
  while (all().length < days.length) form.querySelector("[data-add-exception]").click();
  for (const [index, field] of all().entries()) field.value = days[index] ?? "";
}

export function watchTyping() {
  offerWhatIsHere();
  form.addEventListener("input", keepSoon);
  form.addEventListener("change", keepSoon);
  form.addEventListener("submit", (event) => void submit(event));
  document.addEventListener("visibilitychange", () => {
    // Whoever leaves does not wait for the server's answer, and what was typed since the session ended is only here.
    if (lapsed) keepHere(fieldsNow().toString());
    void keepInTurn();
  });
  addEventListener("focus", () => {
    if (lapsed) void keepInTurn();
  });
  // Others are told that somebody is here.
  if (form.elements.namedItem("version").value !== "") void keepInTurn({ look: "yes" });
  // Shown again from the browser's memory: it may be posted anew.
  addEventListener("pageshow", () => {
    mayGo = false;
  });
}
