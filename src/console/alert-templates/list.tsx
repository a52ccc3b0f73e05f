import { templateSchema } from "../../alerts/templates/template.ts";
import { writtenMoment } from "../broadcasts/times.ts";
import { asDocument } from "../document.tsx";
import { type SignedInPage, listed } from "../page.ts";
import { LevelChip } from "../alerts/alert-parts.tsx";
import type { KeptTemplate } from "./kept-template.ts";

/** In the order in which they are looked for at night. */
const groups = templateSchema.shape.group.options;

interface ListView {
  templates: KeptTemplate[];
  now: number;
}

/** All templates by group, with what is wrong or waiting said in the row. */
export function templateListPage(page: SignedInPage, { templates, now }: ListView): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("nav.alertTemplates"),
    children: (
      <div class="alert-templates">
        <p>{say("alert-templates-page:intro")}</p>
        <Waiting page={page} templates={templates} now={now} />
        {groups.map((group) => {
          const here = templates.filter(({ template }) => template.group === group);
          return here.length === 0 ? null : (
            <section class="panel" aria-labelledby={`group-${group}`}>
              <h2 id={`group-${group}`}>{say(`alert-templates-page:group.${group}`)}</h2>
              <ul class="template-list">
                {here.map((kept) => (
                  <Row page={page} kept={kept} />
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    ),
  });
}

/** What somebody proposed stands first: it is used only once somebody else has looked. */
function Waiting({ page, templates, now }: ListView & { page: SignedInPage }) {
  const { say, language } = page;
  const waiting = templates.flatMap(({ template, open }) => open.map((proposal) => ({ template, proposal })));
  if (waiting.length === 0) return null;
  return (
    <section class="panel needs-me" aria-labelledby="waiting">
      <h2 id="waiting">{say("alert-templates-page:waiting.title")}</h2>
      <ul class="lines">
        {waiting.map(({ template, proposal }) => (
          <li>
            <a href={`/console/alert-templates/${template.id}/proposals/${proposal.id}`}>
              {template.name[language]}
            </a>
            <span class="hint">
              {say("alert-templates-page:waiting.by", {
                name: proposal.proposer,
                time: writtenMoment(page, proposal.proposedAt, now),
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ page, kept }: { page: SignedInPage; kept: KeptTemplate }) {
  const { say, ward, language } = page;
  const { template, version, open } = kept;
  const missing = ward.languages.filter((id) => template.texts[id] === undefined);
  const names = listed(page, missing.map(page.languageName));
  return (
    <li>
      <span>
        <LevelChip page={page} level={template.level} tone={template.tone} />
      </span>
      <span class="template-name">
        <a href={`/console/alert-templates/${template.id}`}>{template.name[language]}</a>{" "}
        {open.length > 0 && (
          <span class="state mark-submitted">{say("alert-templates-page:waiting.mark")}</span>
        )}
        <span class="hint">
          {missing.length === 0
            ? say("alert-templates-page:languages.all", { count: ward.languages.length })
            : say("alert-templates-page:languages.missing", { languages: names })}{" "}
          {say("alert-templates-page:version", { version })}{" "}
          {template.internal && say("alert-templates-page:internal")}
        </span>
      </span>
    </li>
  );
}
