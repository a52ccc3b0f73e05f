// A picture is sent as soon as it is chosen; the form keeps only its address.
import { form, say } from "./form.js";

/** Shows a picture that was chosen, or with "" that there is none. */
export function showPicture(place, url) {
  const box = place.querySelector(".chosen-picture");
  place.querySelector("input[type=hidden]").value = url;
  box.hidden = url === "";
  if (url !== "") box.querySelector("img").src = url;
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

async function send(place, input) {
  const said = place.querySelector("[role=status]");
  const body = new FormData();
  body.set(`file.${place.dataset.upload}`, input.files[0]);
  said.textContent = say("uploading");
  try {
    const answer = await fetch("/console/pictures", {
      method: "POST",
      body,
      headers: { "hx-request": "true" },
    });
    const { url, problem } = answer.status === 401 ? {} : await answer.json();
    said.textContent = url === undefined ? (problem ?? say("failed")) : "";
    if (url !== undefined) showPicture(place, url);
  } catch {
    said.textContent = say("failed");
  }
  input.value = "";
}

export function watchPictures() {
  form.addEventListener("change", (event) => {
    const { target } = event;
    const place = target.closest?.("[data-upload]");
    if (place === null || place === undefined) return;
    if (target.type === "file" && target.files.length > 0) {
      event.stopPropagation();
      void send(place, target);
    } else if (target.name.startsWith("remove.") && target.checked) {
      event.stopPropagation();
      target.checked = false;
      showPicture(place, "");
      place.querySelector("input[type=file]").focus();
    }
  });
}
