// A form marked `data-once` is sent once, however often its button is pressed.
document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (defaultPrevented || !(target instanceof HTMLFormElement) || !("once" in target.dataset)) return;
  // After this turn, since a disabled button is not sent along.
  setTimeout(() => setDisabled(target, true));
});

// A page from the browser's history is as it was left: its buttons work again.
addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  for (const form of document.querySelectorAll("form[data-once]")) setDisabled(form, false);
});

function setDisabled(form, disabled) {
  for (const button of form.querySelectorAll("button")) button.disabled = disabled;
}

// What was watched is over: other acts are possible now.
document.addEventListener("htmx:sseClose", ({ detail }) => {
  if (detail.type === "message") location.reload();
});

// The menu of what is seldom used closes when somebody goes elsewhere, or by Escape, which leads back to its button.
const menu = () => document.querySelector("details.top-more[open]");
for (const event of ["pointerdown", "focusin"])
  document.addEventListener(event, ({ target }) => {
    const open = menu();
    if (open !== null && !open.contains(target)) open.open = false;
  });
document.addEventListener("keydown", ({ key }) => {
  const open = menu();
  if (key !== "Escape" || open === null) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// Ticking a district says that not everywhere is meant, and the other way round.
document.addEventListener(
  "change",
  ({ target }) => {
    const places = target.closest("[data-places]");
    if (places === null) return;
    if (target.type === "checkbox" && target.checked)
      places.querySelector("[value=districts]").checked = true;
    if (target.value === "ward")
      for (const box of places.querySelectorAll(":checked[type=checkbox]")) box.checked = false;
  },
  { capture: true },
);

// By the arrow keys one passes along the templates of an alert; one is chosen by a press, by the space bar, or by going on.
let key;
addEventListener(
  "keydown",
  (event) => {
    ({ key } = event);
    if (key === " ") choose(event.target.closest("[data-templates]"));
  },
  { capture: true },
);
addEventListener("keyup", () => (key = undefined), { capture: true });
document.addEventListener("change", ({ target }) => {
  const templates = target.closest("[data-templates]");
  if (templates === null) return;
  if (key?.startsWith("Arrow")) templates.dataset.passing = "";
  else choose(templates);
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const passed = target.closest("[data-passing]");
  if (passed !== null && !passed.contains(relatedTarget)) choose(passed);
});
function choose(templates) {
  if (templates?.querySelector(":checked") == null) return;
  delete templates.dataset.passing;
  templates.dispatchEvent(new Event("kairan:chosen"));
}
// Its fields are drawn anew: whoever goes by keyboard goes on from what they chose.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.requestConfig?.path !== "/console/alerts/new") return;
  if (document.activeElement === document.body)
    document.querySelector("#template > summary")?.focus({ preventScroll: true });
});

// What is shown only once can be copied at a press; browsers allow that on https and on this machine.
for (const place of navigator.clipboard === undefined ? [] : document.querySelectorAll("[data-copy]")) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => void copy(place));
}

async function copy(place) {
  await navigator.clipboard.writeText(document.querySelector("code.once").textContent);
  place.querySelector("[role=status]").textContent = place.dataset.copied;
}
