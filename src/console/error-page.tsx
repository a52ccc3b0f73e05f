import { asDocument } from "./document.tsx";
import type { Page } from "./page.ts";

/** What there is a sentence for. */
export type ErrorStatus = 400 | 403 | 404 | 409 | 413 | 500;

/** Why nothing is shown, and where to go on. */
export function errorPage(page: Page, status: ErrorStatus): string {
  return asDocument({
    page,
    title: page.say(`error.${status}.title`),
    children: (
      <>
        <p>{page.say(`error.${status}.text`)}</p>
        <p>
          <a href="/console">{page.say("nav.home")}</a>
        </p>
      </>
    ),
  });
}
