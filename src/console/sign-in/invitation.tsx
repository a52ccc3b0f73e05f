import { passphraseLength } from "../../staff/passphrase.ts";
import type { FactorOffer } from "../../staff/enrolment.ts";
import { asDocument } from "../document.tsx";
import { Field, Problems } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import { PasskeyButton } from "./factor-fields.tsx";
import { QrCode } from "./qr-code.tsx";

/** The fields for a new passphrase, twice; also on the account page. */
export function NewPassphraseFields({ page: { say } }: { page: Page }) {
  return (
    <>
      <Field
        name="passphrase"
        label={say("sign-in:newPassphrase.label")}
        hint={say("sign-in:newPassphrase.hint", passphraseLength)}
        type="password"
        value=""
        autocomplete="new-password"
      />
      <Field
        name="passphraseAgain"
        label={say("sign-in:newPassphrase.again")}
        type="password"
        value=""
        autocomplete="new-password"
      />
    </>
  );
}

export function invitationPage(
  page: Page,
  { name, email }: { name: string; email: string },
  problem: string | undefined,
): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("sign-in:invitation.title"),
    children: (
      <form method="post" class="narrow sheet">
        <Problems title={say("sign-in:problems")} problems={problem === undefined ? [] : [problem]} />
        <p>{say("sign-in:invitation.welcome", { name, email })}</p>
        <NewPassphraseFields page={page} />
        <button>{say("sign-in:next")}</button>
      </form>
    ),
  });
}

/** What an authenticator app needs, as a picture and as text. */
export function AuthenticatorOffer({
  page: { say },
  totpSecret,
  totpAddress,
}: {
  page: Page;
  totpSecret: string;
  totpAddress: string;
}) {
  return (
    <>
      <p>{say("sign-in:authenticator.scan")}</p>
      <QrCode text={totpAddress} label={say("sign-in:authenticator.qr")} />
      <p>
        {say("sign-in:authenticator.bySecret")}
        <br />
        <code class="secret">{totpSecret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <Field
        name="code"
        label={say("sign-in:factor.code")}
        hint={say("sign-in:authenticator.codeHint")}
        value=""
        max={12}
        autocomplete="one-time-code"
      />
    </>
  );
}

export function enrolmentPage(page: Page, offer: FactorOffer, problem: string | undefined): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("sign-in:enrolment.title"),
    children: (
      <div class="narrow">
        <Problems title={say("sign-in:problems")} problems={problem === undefined ? [] : [problem]} />
        <p>{say("sign-in:enrolment.why")}</p>
        {offer.passkey !== undefined && (
          <form method="post" action="/console/enrolment" class="sheet">
            <h2>{say("sign-in:enrolment.passkey")}</h2>
            <p>{say("sign-in:enrolment.passkeyText")}</p>
            <PasskeyButton page={page} act="create" options={offer.passkey} name="passkey" />
          </form>
        )}
        <form method="post" action="/console/enrolment" class="sheet">
          <h2>{say("sign-in:enrolment.authenticator")}</h2>
          <AuthenticatorOffer page={page} {...offer} />
          <button>{say("sign-in:enrolment.go")}</button>
        </form>
      </div>
    ),
  });
}

export function recoveryCodesPage(page: Page, codes: readonly string[], next: string): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("sign-in:recovery.title"),
    children: (
      <div class="narrow sheet">
        <p>{say("sign-in:recovery.text")}</p>
        <ol class="codes">
          {codes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <p>{say("sign-in:recovery.once")}</p>
        <p>
          <a class="button" href={next}>
            {say("sign-in:recovery.done")}
          </a>
        </p>
      </div>
    ),
  });
}

export function overPage(page: Page): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("sign-in:over.title"),
    children: (
      <>
        <p>{say("sign-in:over.text")}</p>
        <p>
          <a href="/console/sign-in">{say("sign-in:over.signIn")}</a>
        </p>
      </>
    ),
  });
}
