import { asDocument } from "./document.tsx";
import type { Page } from "./page.ts";

/** What there is a sentence for; `elsewhere`: another site sent it, or nobody said which. */
export type Refused = 400 | 403 | 404 | 409 | 413 | 500 | "elsewhere";

/** Why nothing is shown, and where to go on. */
export function errorPage(page: Page, why: Refused): string {
  return asDocument({
    page,
    title: page.say(`error.${why}.title`),
    children: (
      <>
        <p>{page.say(`error.${why}.text`)}</p>
        <p>
          <a href="/console">{page.say(page.actor === undefined ? "error.signIn" : "error.home")}</a>
        </p>
      </>
    ),
  });
}
