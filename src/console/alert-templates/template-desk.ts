import type { Template } from "../../alerts/template.ts";
import type { Actor } from "../../staff/permissions.ts";

export type Texts = Template["texts"];

/** A template as it is used now, and what somebody proposes instead. */
export interface KeptTemplate {
  template: Template;
  version: number;
  changedAt: number | undefined;
  proposal: Proposal | undefined;
}

export interface Proposal {
  id: string;
  texts: Texts;
  /** Staff id, and the name they go by. */
  by: string;
  byName: string;
  at: number;
  /** The version it was written on. */
  basedOn: number;
}

export interface TextProblem {
  /** `texts.ja.body` */
  field: string;
  code: string;
  limit?: number;
  actual?: number;
  /** The placeholder that it is about. */
  value?: string;
}

export type TemplateRefusal =
  | {
      refused:
        | "role_missing"
        | "not_found"
        | "changed_meanwhile"
        | "proposer_may_not_approve"
        | "nothing_changed";
    }
  | { refused: "invalid"; problems: TextProblem[] };

/** What these pages ask of the alert templates. */
export interface TemplateDesk {
  list: () => Promise<KeptTemplate[]>;
  find: (id: string) => Promise<KeptTemplate | undefined>;
  propose: (
    actor: Actor,
    ask: { id: string; texts: Texts; version: number },
  ) => Promise<TemplateRefusal | undefined>;
  decide: (
    actor: Actor,
    ask: { id: string; proposal: string; decision: "approve" | "refuse"; comment: string },
  ) => Promise<TemplateRefusal | undefined>;
}
