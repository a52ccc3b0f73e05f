import type { Template } from "../../alerts/templates/template.ts";
import type { Proposal } from "../../alerts/templates/template-store.ts";
import type { AlertTemplates } from "../../alerts/templates/templates.ts";

export type Texts = Template["texts"];

/** A template as it is used now, and what somebody proposes instead. */
export interface KeptTemplate {
  template: Template;
  /** The files are the first; each approval makes the next. */
  version: number;
  changedAt: number | undefined;
  /** Those that wait for a decision, newest first. */
  open: Proposal[];
}

export async function keptTemplate(
  template: Template,
  { history }: Pick<AlertTemplates, "history">,
): Promise<KeptTemplate> {
  const proposals = await history(template.id);
  const approved = proposals.filter(({ state }) => state === "approved");
  return {
    template,
    version: approved.length + 1,
    changedAt: approved[0]?.decidedAt,
    open: proposals.filter(({ state }) => state === "open"),
  };
}
