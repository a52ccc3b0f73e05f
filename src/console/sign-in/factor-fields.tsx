import type { AskedFactor } from "../../staff/factors.ts";
import { Field } from "../form-parts.tsx";
import type { Page } from "../page.ts";

/** What a browser needs to ask for a passkey; without scripts the button is not there. */
export function PasskeyButton({
  page,
  act,
  options,
  name,
}: {
  page: Page;
  act: "get" | "create";
  options: string;
  name: string;
}) {
  const { say } = page;
  return (
    <div class="passkey" data-passkey={act} data-options={options} data-field={name} hidden>
      <input type="hidden" name={name} value="" />
      <button type="button" class="secondary">
        {say(`sign-in:passkey.${act}`)}
      </button>
      <p class="field-problem" role="alert" data-failed={say("sign-in:passkey.failed")} />
      <script src="/console/assets/webauthn.js" defer />
      <script src="/console/assets/passkey.js" defer />
    </div>
  );
}

/** Fields for any second factor that somebody has; `prefix` keeps their names apart from those of a carried form. */
export function FactorFields({
  page,
  asked,
  prefix = "",
}: {
  page: Page;
  asked: AskedFactor;
  prefix?: string;
}) {
  const { say } = page;
  return (
    <>
      {asked.passkey !== undefined && (
        <PasskeyButton page={page} act="get" options={asked.passkey} name={`${prefix}passkey`} />
      )}
      {asked.totp && (
        <Field
          name={`${prefix}code`}
          label={say("sign-in:factor.code")}
          hint={say("sign-in:factor.codeHint")}
          value=""
          max={12}
          autocomplete="one-time-code"
        />
      )}
      <details open={!asked.totp && asked.passkey === undefined}>
        <summary>{say("sign-in:factor.lost")}</summary>
        <Field
          name={`${prefix}recoveryCode`}
          label={say("sign-in:factor.recoveryCode")}
          hint={say("sign-in:factor.recoveryHint")}
          value=""
          max={40}
          autocomplete="off"
        />
        <p>{say("sign-in:factor.nothingLeft")}</p>
      </details>
    </>
  );
}
