import type { ComponentChildren } from "preact";
import type { NewAuthenticator } from "../../staff/own-account.ts";
import { asDocument } from "../document.tsx";
import { Field, Problems } from "../form-parts.tsx";
import type { SignedInPage } from "../page.ts";
import { PasskeyButton } from "../sign-in/factor-fields.tsx";
import { AuthenticatorOffer, NewPassphraseFields } from "../sign-in/invitation.tsx";

interface Change {
  page: SignedInPage;
  title: string;
  problem: string | undefined;
  children: ComponentChildren;
}

function changePage({ page, title, problem, children }: Change): string {
  const { say } = page;
  return asDocument({
    page,
    title,
    children: (
      <form method="post" class="narrow sheet">
        <Problems title={say("sign-in:problems")} problems={problem === undefined ? [] : [problem]} />
        {children}
        <p class="after">
          <a href="/console/account">{say("sign-in:account.back")}</a>
        </p>
      </form>
    ),
  });
}

export function passphrasePage(page: SignedInPage, problem: string | undefined): string {
  const { say } = page;
  return changePage({
    page,
    title: say("sign-in:account.changePassphrase"),
    problem,
    children: (
      <>
        <p>{say("sign-in:account.changeEnds")}</p>
        <Field
          name="currentPassphrase"
          label={say("sign-in:account.current")}
          type="password"
          value=""
          autocomplete="current-password"
        />
        <NewPassphraseFields page={page} />
        <button>{say("sign-in:account.save")}</button>
      </>
    ),
  });
}

export function authenticatorPage(
  page: SignedInPage,
  offer: NewAuthenticator,
  problem: string | undefined,
): string {
  const { say } = page;
  return changePage({
    page,
    title: say("sign-in:account.newAuthenticator"),
    problem,
    children: (
      <>
        <AuthenticatorOffer page={page} {...offer} />
        <button>{say("sign-in:account.save")}</button>
      </>
    ),
  });
}

export function newPasskeyPage(page: SignedInPage, options: string, problem: string | undefined): string {
  const { say } = page;
  return changePage({
    page,
    title: say("sign-in:account.newPasskey"),
    problem,
    children: (
      <>
        <p>{say("sign-in:enrolment.passkeyText")}</p>
        <PasskeyButton page={page} act="create" options={options} name="passkey" />
        <noscript>
          <p>{say("sign-in:passkey.needsScript")}</p>
        </noscript>
      </>
    ),
  });
}
