import type { AskedFactor } from "../../staff/factors.ts";
import { asDocument } from "../document.tsx";
import { Problems } from "../form-parts.tsx";
import type { SignedInPage } from "../page.ts";
import { FactorFields } from "./factor-fields.tsx";

/** A form as it was posted: names and values, in order. */
export type PostedFields = [name: string, value: string][];

export interface StepUp {
  page: SignedInPage;
  title: string;
  /** Undefined for somebody whose factors are all at the ward's provider. */
  asked: AskedFactor | undefined;
  byProvider: boolean;
  to: string;
  fields: PostedFields | undefined;
  problem?: string | undefined;
}

/** Asks for a second factor before something weighty; the form that was posted travels along unseen. */
export function stepUpPage({ page, title, asked, byProvider, to, fields, problem }: StepUp): string {
  const { say } = page;
  return asDocument({
    page,
    title,
    children: (
      <div class="narrow sheet">
        <Problems title={say("sign-in:problems")} problems={problem === undefined ? [] : [problem]} />
        <p>{say("sign-in:stepUp.why")}</p>
        {fields !== undefined && <p>{say("sign-in:stepUp.kept")}</p>}
        {byProvider && (
          <p>
            <a class="button" href="/console/provider?stepUp=1">
              {say("sign-in:stepUp.provider")}
            </a>
          </p>
        )}
        {asked === undefined ? (
          !byProvider && <p>{say("sign-in:stepUp.impossible")}</p>
        ) : (
          <form method="post" action="/console/step-up">
            <Carried fields={fields ?? []} />
            <input type="hidden" name="stepUp.to" value={to} />
            <input type="hidden" name="stepUp.repeats" value={fields === undefined ? "page" : "form"} />
            <FactorFields page={page} asked={asked} prefix="stepUp." />
            <button>{say("sign-in:stepUp.go")}</button>
          </form>
        )}
      </div>
    ),
  });
}

/** After coming back from the provider: one press repeats the form. */
export function repeatPage(page: SignedInPage, to: string, fields: PostedFields): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("sign-in:repeat.title"),
    children: (
      <form method="post" action={to} class="narrow sheet">
        <p>{say("sign-in:repeat.text")}</p>
        <Carried fields={fields} />
        <button>{say("sign-in:repeat.go")}</button>
      </form>
    ),
  });
}

function Carried({ fields }: { fields: PostedFields }) {
  return (
    <>
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
