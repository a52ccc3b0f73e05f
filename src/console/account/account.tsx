import type { Credentials } from "../../staff/credential-store.ts";
import type { SessionLine } from "../../staff/session-store.ts";
import { asDocument } from "../document.tsx";
import { Problems } from "../form-parts.tsx";
import { type SignedInPage, writtenTime } from "../page.ts";
import { sayRoles } from "../staff/say-roles.ts";

export interface AccountView {
  page: SignedInPage;
  /** Undefined for somebody who has no passphrase here. */
  has: Credentials | undefined;
  open: readonly SessionLine[];
  /** Whether passkeys are offered. */
  passkeys: boolean;
  problem: string | undefined;
}

export function accountPage(view: AccountView): string {
  const { page, has, problem } = view;
  const { say, actor } = page;
  return asDocument({
    page,
    title: say("sign-in:account.title"),
    children: (
      <>
        <Problems title={say("sign-in:problems")} problems={problem === undefined ? [] : [problem]} />
        <section>
          <h2>{actor.name}</h2>
          {has !== undefined && <p>{has.email}</p>}
          <p>{sayRoles(actor.roles, page)}</p>
        </section>
        {has === undefined ? (
          <section>
            <p>{say("sign-in:account.elsewhere")}</p>
          </section>
        ) : (
          <OwnFactors page={page} has={has} passkeys={view.passkeys} />
        )}
        <Sessions page={page} open={view.open} />
      </>
    ),
  });
}

function OwnFactors({ page, has, passkeys }: { page: SignedInPage; has: Credentials; passkeys: boolean }) {
  const { say } = page;
  return (
    <section>
      <h2>{say("sign-in:account.factors")}</h2>
      <p class="hint">{say("sign-in:account.factorsHint")}</p>
      <ul class="entries">
        <li>
          <span>{say("sign-in:account.passphrase")}</span>
          <a href="/console/account/passphrase">{say("sign-in:account.change")}</a>
        </li>
        <li>
          <span>
            {say("sign-in:account.authenticator")}{" "}
            <span class="hint">
              {say(has.totpSecret === undefined ? "sign-in:account.none" : "sign-in:account.set")}
            </span>
          </span>
          <a href="/console/account/authenticator">
            {say(has.totpSecret === undefined ? "sign-in:account.add" : "sign-in:account.renew")}
          </a>
        </li>
        {has.passkeys.map((passkey) => (
          <li>
            <span>
              {say("sign-in:account.passkey", { label: passkey.label })}{" "}
              <span class="hint">
                {say("sign-in:account.since", { time: writtenTime(page, passkey.createdAt) })}
              </span>
            </span>
            <form method="post" action="/console/account/passkeys/remove">
              <button
                class="plain"
                name="id"
                value={passkey.id}
                aria-label={say("sign-in:account.removePasskey", { label: passkey.label })}
              >
                {say("sign-in:account.remove")}
              </button>
            </form>
          </li>
        ))}
        {passkeys && (
          <li>
            <span>{say("sign-in:account.passkeyOffer")}</span>
            <a href="/console/account/passkeys/new">{say("sign-in:account.add")}</a>
          </li>
        )}
        <li>
          <span>{say("sign-in:account.codesLeft", { codes: has.recoveryCodes })}</span>
          <form method="post" action="/console/account/recovery-codes">
            <button class="plain">{say("sign-in:account.newCodes")}</button>
          </form>
        </li>
      </ul>
    </section>
  );
}

function Sessions({ page, open }: { page: SignedInPage; open: readonly SessionLine[] }) {
  const { say, session } = page;
  return (
    <section>
      <h2>{say("sign-in:account.sessions")}</h2>
      <p class="hint">{say("sign-in:account.sessionsHint")}</p>
      <ul class="entries">
        {open.map(({ id, browser, createdAt, seenAt }) => (
          <li>
            <span>
              {browser}
              <br />
              <span class="hint">
                {say("sign-in:account.session", {
                  began: writtenTime(page, createdAt),
                  seen: writtenTime(page, seenAt),
                })}
              </span>
            </span>
            {id === session.id ? (
              <span class="state">{say("sign-in:account.this")}</span>
            ) : (
              <form method="post" action="/console/account/sessions/end">
                <button
                  class="plain"
                  name="id"
                  value={id}
                  aria-label={say("sign-in:account.endNamed", {
                    browser,
                    time: writtenTime(page, createdAt),
                  })}
                >
                  {say("sign-in:account.end")}
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
      {open.length > 1 && (
        <form method="post" action="/console/account/sessions/end">
          <button class="secondary" name="id" value="others">
            {say("sign-in:account.endOthers")}
          </button>
        </form>
      )}
    </section>
  );
}
