import type { ComponentChildren } from "preact";
import type { Alert, FollowUpKind } from "../../alerts/alert.ts";
import type { Template } from "../../alerts/templates/template.ts";
import { asDocument } from "../document.tsx";
import { KeptNote, Problems, keptAt } from "../form-parts.tsx";
import type { SignedInPage } from "../page.ts";
import type { AlertForm } from "./alert-form.ts";
import { LeaveDrillFirst } from "./alert-acts.tsx";
import { BlankFields } from "./blank-fields.tsx";
import { goesBeyondDrill } from "./drill-limits.ts";
import type { FormProblems } from "./say-alert-refusal.ts";

export interface FollowUpView {
  page: SignedInPage;
  original: Alert;
  kind: FollowUpKind;
  template: Template;
  form: AlertForm;
  problems: FormProblems;
  beside: ComponentChildren;
  /** An update can say the alert anew, or what changed in free words. */
  otherWay: string | undefined;
  now: number;
}

/** An update, a correction or an all-clear, prepared in every language for those who were handed the original. */
export function followUpPage(view: FollowUpView): string {
  const page = { ...view.page, mode: view.original.mode };
  return asDocument({
    page,
    title: page.say(`alerts:followUps.${view.kind}`),
    children: <FollowUp {...view} page={page} />,
  });
}

function FollowUp(view: FollowUpView) {
  const { page, original, kind, template, form, problems, beside, otherWay } = view;
  const { say } = page;
  const at = `/console/alerts/${original.id}`;
  if (goesBeyondDrill(page, original)) return <LeaveDrillFirst page={page} />;
  return (
    <form
      method="post"
      action={`${at}/follow-up`}
      id="alert-form"
      class="compose alert-form"
      novalidate
      data-once
      {...keptAt(page, `${at}/follow-up?kind=${kind}&template=${template.id}`)}
    >
      <div class="sheet">
        <KeptNote page={page} />
        <Problems title={say("alerts:problems")} problems={problems.all} />
        <input type="hidden" name="key" value={form.key} />
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="template" value={template.id} />
        <p>
          <a href={at}>{say(`alerts:followsUp.${kind}`, { title: original.title })}</a>
        </p>
        <p class="hint">{say(`alerts:followUps.meaning.${kind}`)}</p>
        {template.blanks.length > 0 && (
          <fieldset id="blanks">
            <legend>{say("alerts:followUps.blanks")}</legend>
            <BlankFields {...view} template={template} problems={problems.blanks} />
          </fieldset>
        )}
        {otherWay !== undefined && (
          <p>
            <a href={otherWay}>{say("alerts:followUps.otherWay")}</a>
          </p>
        )}
      </div>
      <aside
        class="beside"
        id="beside"
        aria-label={say("compose.beside")}
        hx-post={`${at}/follow-up/beside`}
        hx-include="#alert-form"
        hx-trigger="input changed delay:300ms from:#alert-form, change delay:50ms from:#alert-form"
        hx-sync="this:queue last"
      >
        {beside}
      </aside>
      <p class="acts finish">
        <button>{say(`alerts:new.next.${original.mode}`)}</button>
      </p>
    </form>
  );
}
