import { asDocument } from "./document.tsx";
import type { Page } from "./page.ts";

/** Why nothing is shown, and where to go on. */
export function errorPage(page: Page, status: 403 | 404 | 409 | 413 | 500): string {
  return asDocument({
    page,
    title: page.say(`error.${status}.title`),
    children: (
      <>
        <p>{page.say(`error.${status}.text`)}</p>
        <p>
          <a href="/console">{page.say(page.actor === undefined ? "error.signIn" : "error.home")}</a>
        </p>
      </>
    ),
  });
}
