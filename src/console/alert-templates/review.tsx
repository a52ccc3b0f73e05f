import type { Proposal } from "../../alerts/templates/template-store.ts";
import type { TemplateTexts } from "../../alerts/templates/template.ts";
import { may } from "../../staff/permissions.ts";
import { FieldChanges } from "../broadcasts/field-changes.tsx";
import { writtenMoment } from "../broadcasts/times.ts";
import { asDocument } from "../document.tsx";
import { Field, Problems } from "../form-parts.tsx";
import type { SignedInPage } from "../page.ts";
import { type Preview, TemplatePhones } from "./phones.tsx";
import type { KeptTemplate } from "./kept-template.ts";
import { type TextPart, textParts } from "./text-form.ts";

interface View {
  kept: KeptTemplate;
  proposal: Proposal;
  preview: Preview;
  problems: string[];
  /** What was typed before it was refused. */
  comment: string;
  now: number;
}

/** What would change, on the words and on the phone, and the decision of somebody who did not write it. */
export function reviewPage(page: SignedInPage, view: View): string {
  const { kept, proposal, preview, problems, now } = view;
  const { say, language } = page;
  const { template } = kept;
  const at = `/console/alert-templates/${template.id}`;
  return asDocument({
    page: { ...page, path: `${at}/proposals/${proposal.id}` },
    title: say("alert-templates-page:reviewTitle", { name: template.name[language] }),
    children: (
      <div class="compose">
        <div class="sheet broadcast alert-template">
          <Problems title={say("alert-templates-page:notDone")} problems={problems} />
          <p>
            {say("alert-templates-page:waiting.by", {
              name: proposal.proposer,
              time: writtenMoment(page, proposal.proposedAt, now),
            })}
          </p>
          {proposal.comment !== undefined && <q>{proposal.comment}</q>}
          <Changes page={page} kept={kept} proposal={proposal} />
          <Decision page={page} view={view} at={at} />
          <p>
            <a href={at}>{say("alert-templates-page:toTemplate")}</a>
          </p>
        </div>
        <aside class="beside" aria-label={say("preview.title")}>
          <TemplatePhones page={page} {...preview} />
        </aside>
      </div>
    ),
  });
}

/** Language by language, what is gone and what is new. */
function Changes({ page, kept, proposal }: { page: SignedInPage; kept: KeptTemplate; proposal: Proposal }) {
  const { say, ward } = page;
  const changes = ward.languages.flatMap((id) => {
    // A language that the proposal does not name keeps its text.
    const now = kept.template.texts[id];
    const [before, after] = [partsOf(now), partsOf(proposal.texts[id] ?? now)];
    return textParts
      .filter((part) => before[part] !== after[part])
      .map((part) => ({
        label: say("field.text", {
          language: page.languageName(id),
          field: say(`alert-templates-page:field.${part}`),
        }),
        lang: id,
        before: before[part],
        after: after[part],
      }));
  });
  return (
    <section class="changes">
      <h2>{say("alert-templates-page:changes")}</h2>
      {changes.length === 0 && <p class="hint">{say("alert-templates-page:noChanges")}</p>}
      <FieldChanges changes={changes} />
    </section>
  );
}

function partsOf(text: TemplateTexts | undefined): Record<TextPart, string> {
  const { title = "", body = "", link } = text ?? {};
  return { title, body, linkLabel: link?.label ?? "", linkUrl: link?.url ?? "" };
}

function Decision({ page, view, at }: { page: SignedInPage; view: View; at: string }) {
  const { say, actor } = page;
  const { proposal, comment } = view;
  if (!may(actor, "alertTemplate.approve"))
    return <p class="nothing">{say("alert-templates-page:waiting.forOther")}</p>;
  if (proposal.proposedBy === actor.id)
    return <p class="nothing">{say("alert-templates-page:waiting.own")}</p>;
  return (
    <section class="decision" aria-labelledby="decision">
      <h2 id="decision">{say("alert-templates-page:decide")}</h2>
      <p class="consequence">{say("alert-templates-page:consequence")}</p>
      <form method="post" action={`${at}/proposals/${proposal.id}`}>
        <Field
          name="comment"
          label={say("alert-templates-page:comment")}
          hint={say("alert-templates-page:commentHint")}
          value={comment}
          max={2_000}
          lines={3}
        />
        <p class="acts">
          <button name="decision" value="approve">
            {say("alert-templates-page:approve")}
          </button>
          <button name="decision" value="refuse" class="secondary danger">
            {say("alert-templates-page:refuse")}
          </button>
        </p>
      </form>
    </section>
  );
}
