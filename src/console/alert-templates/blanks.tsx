import type { Template } from "../../alerts/template.ts";
import type { Page } from "../page.ts";

/** Those every text may name besides the template's own blanks. */
const common = ["districts", "issuedAt", "expiresAt", "ward"] as const;

/** What may stand between braces, and what comes in its place. */
export function Placeholders({ page, template }: { page: Page; template: Template }) {
  const { say, language } = page;
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
      {common.map((id) => (
        <div>
          <dt>
            <code>{`{{${id}}}`}</code>
          </dt>
          <dd>{say(`alert-templates-page:common.${id}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
