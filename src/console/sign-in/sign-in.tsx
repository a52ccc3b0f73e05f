import type { AskedFactor } from "../../staff/factors.ts";
import { asDocument } from "../document.tsx";
import { Field, Problems } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import { FactorFields } from "./factor-fields.tsx";

/** A ready log-in of the demo; elsewhere there are none. */
export interface DemoLogin {
  staffId: string;
  name: string;
  role: string;
}

export interface SignInForm {
  logins: readonly DemoLogin[];
  /** Whether the ward has an identity provider of its own. */
  provider: boolean;
  wanted: string;
  email: string;
  notice: string | undefined;
  problem: string | undefined;
}

export function signInPage(page: Page, form: SignInForm): string {
  const { say } = page;
  const { logins, notice, problem } = form;
  return asDocument({
    page,
    title: say("signIn.title"),
    children: (
      <div class="narrow">
        {notice !== undefined && (
          <p class="notice" role="status">
            {notice}
          </p>
        )}
        <Problems title={say("sign-in:problems")} problems={problem === undefined ? [] : [problem]} />
        {logins.length === 0 ? (
          <PassphraseForm page={page} form={form} />
        ) : (
          <>
            <DemoLogins page={page} form={form} />
            <details class="sheet" open={problem !== undefined}>
              <summary>{say("sign-in:withPassphrase")}</summary>
              <PassphraseForm page={page} form={form} />
            </details>
          </>
        )}
      </div>
    ),
  });
}

function DemoLogins({ page: { say }, form: { logins, wanted } }: { page: Page; form: SignInForm }) {
  return (
    <form method="post" action="/console/sign-in" class="logins">
      <p>{say("signIn.demo")}</p>
      <input type="hidden" name="to" value={wanted} />
      {logins.map(({ staffId, name, role }) => (
        <button name="staffId" value={staffId} class="secondary">
          {say(`role.${role}`)} <span class="hint">{name}</span>
        </button>
      ))}
    </form>
  );
}

function PassphraseForm({ page: { say }, form }: { page: Page; form: SignInForm }) {
  const { provider, wanted, email } = form;
  return (
    <div class={form.logins.length === 0 ? "sheet" : undefined}>
      {provider && (
        <p>
          <a class="button" href={`/console/provider?${new URLSearchParams({ to: wanted }).toString()}`}>
            {say("sign-in:provider.go")}
          </a>
        </p>
      )}
      <form method="post" action="/console/sign-in">
        <input type="hidden" name="to" value={wanted} />
        <Field
          name="email"
          label={say("sign-in:email")}
          type="email"
          value={email}
          max={254}
          autocomplete="username"
        />
        <Field
          name="passphrase"
          label={say("sign-in:passphrase")}
          type="password"
          value=""
          autocomplete="current-password"
        />
        <button>{say("sign-in:next")}</button>
        <p class="hint after">{say("sign-in:help")}</p>
      </form>
    </div>
  );
}

export function factorPage(page: Page, asked: AskedFactor, problem: string | undefined): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("sign-in:factor.title"),
    children: (
      <form method="post" action="/console/sign-in/factor" class="narrow sheet">
        <Problems title={say("sign-in:problems")} problems={problem === undefined ? [] : [problem]} />
        <FactorFields page={page} asked={asked} />
        <button>{say("sign-in:factor.go")}</button>
        <p class="after">
          <a href="/console/sign-in">{say("sign-in:factor.back")}</a>
        </p>
      </form>
    ),
  });
}
