import { asDocument } from "../document.tsx";
import type { Page } from "../page.ts";

/** A ready log-in of the demo; elsewhere there are none. */
export interface DemoLogin {
  staffId: string;
  name: string;
  role: string;
}

export function signInPage(page: Page, logins: readonly DemoLogin[]): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("signIn.title"),
    children:
      logins.length === 0 ? (
        <p>{say("signIn.notYet")}</p>
      ) : (
        <form method="post" action="/console/sign-in" class="logins">
          <p>{say("signIn.demo")}</p>
          {logins.map(({ staffId, name, role }) => (
            <button name="staffId" value={staffId} class="secondary">
              {say(`role.${role}`)} <span class="hint">{name}</span>
            </button>
          ))}
        </form>
      ),
  });
}
