import { builtIns } from "../../alerts/templates/placeholders.ts";
import type { Template } from "../../alerts/templates/template.ts";
import type { Page } from "../page.ts";

/** What may stand between braces, and what comes in its place. */
export function Placeholders({ page, template }: { page: Page; template: Template }) {
  const { say, language, ward } = page;
  return (
    <dl class="placeholders">
      {template.blanks.map(({ id, type, label, required }) => (
        <div>
          <dt>
            <code>{`{{${id}}}`}</code>
          </dt>
          <dd>
            {label[language]}
            <span class="hint">
              {say(`alert-templates-page:blank.${type}`)}
              {required ? ` ${say("alert-templates-page:required")}` : ""}
            </span>
          </dd>
        </div>
      ))}
      {builtIns.map((id) => (
        <div>
          <dt>
            <code>{`{{${id}}}`}</code>
          </dt>
          <dd>{say(`alert-templates-page:common.${id}`)}</dd>
        </div>
      ))}
      {ward.profile.disaster.links.map(({ id, url }) => (
        <div>
          <dt>
            <code>{`{{link.${id}}}`}</code>
          </dt>
          <dd>
            {say("alert-templates-page:linkPlaceholder")}
            <span class="hint">{url}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
