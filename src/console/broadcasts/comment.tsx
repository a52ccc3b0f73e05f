import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Page } from "../page.ts";

/** Why it was returned, stopped or cancelled; also above the form in which it is mended. */
export function Comment({ page, broadcast }: { page: Page; broadcast: Broadcast }) {
  const { comment, state } = broadcast;
  const why = (["returned", "stopped", "cancelled"] as const).find((each) => each === state);
  if (comment === undefined || why === undefined) return null;
  return (
    <figure class="comment">
      <figcaption>{page.say(`desk:comment.${why}`)}</figcaption>
      <blockquote>{comment}</blockquote>
    </figure>
  );
}
