import { byId, phrase } from "./page.js";
import { toast } from "./post.js";

// htmx sends the forms and listens to the live updates; here is what it leaves to the page.

document.body.addEventListener("htmx:afterRequest", ({ detail: { elt, successful, xhr } }) => {
  if (successful && elt.dataset.clearWhenSent !== undefined) elt.reset();
  if (!successful) toast(`${phrase("failed")}: ${xhr.responseText}`);
});
document.body.addEventListener("htmx:sseBeforeMessage", ({ detail }) => {
  if (detail.type === "reload") location.reload();
});
// Whoever connects again says so, because it may have missed something.
let connections = 0;
htmx.createEventSource = (url) => {
  connections += 1;
  return new EventSource(connections === 1 ? url : `${url}&again=yes`);
};
const offline = (hidden) => () => {
  byId("offline").hidden = hidden;
};
document.body.addEventListener("htmx:sseError", offline(false));
document.body.addEventListener("htmx:sseOpen", offline(true));
