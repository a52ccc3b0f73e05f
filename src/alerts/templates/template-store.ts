import type { Database } from "../../../db/open.ts";
import type { TemplateTexts } from "./template.ts";

export type TextsByLanguage = Record<string, TemplateTexts>;

/** Texts that somebody wants a template to have. Times are milliseconds, UTC. */
export interface Proposal {
  id: string;
  template: string;
  texts: TextsByLanguage;
  comment: string | undefined;
  /** How many proposals had been approved for the template when this one was made. */
  basedOn: number;
  proposedBy: string;
  /** Their name. */
  proposer: string;
  proposedAt: number;
  state: "open" | "approved" | "refused";
  decidedBy: string | undefined;
  decider: string | undefined;
  decidedAt: number | undefined;
  decisionComment: string | undefined;
}

export type NewProposal = Pick<
  Proposal,
  "id" | "template" | "texts" | "comment" | "basedOn" | "proposedBy" | "proposedAt"
>;

export interface Decision {
  id: string;
  state: "approved" | "refused";
  by: string;
  at: number;
  comment: string | undefined;
}

interface Row {
  id: string;
  template: string;
  texts: string;
  comment: string | null;
  based_on: number;
  proposed_by: string;
  proposer: string;
  proposed_at: number;
  state: Proposal["state"];
  decided_by: string | null;
  decider: string | null;
  decided_at: number | null;
  decision_comment: string | null;
}

const shownAtMost = 100;

/** Proposed texts of alert templates. Prepared by hand: which texts hold is asked before every alert. */
export function createAlertTemplateStore({ sqlite }: Pick<Database, "sqlite">) {
  const rows = (rest: string) =>
    `SELECT p.*, a.name AS proposer, b.name AS decider FROM alert_template_proposals AS p
     JOIN staff AS a ON a.id = p.proposed_by LEFT JOIN staff AS b ON b.id = p.decided_by ${rest}`;
  const selectVersion = sqlite.prepare<[], { version: number }>(
    "SELECT coalesce(max(approval), 0) AS version FROM alert_template_proposals",
  );
  const selectApproved = sqlite.prepare<[], { template: string; texts: string }>(
    "SELECT template, texts FROM alert_template_proposals WHERE approval IS NOT NULL ORDER BY approval",
  );
  const selectCount = sqlite.prepare<[string], { count: number }>(
    "SELECT count(*) AS count FROM alert_template_proposals WHERE template = ? AND state = 'approved'",
  );
  const selectOne = sqlite.prepare<[string], Row>(rows("WHERE p.id = ?"));
  const selectOpen = sqlite.prepare<[number], Row>(
    rows("WHERE p.state = 'open' ORDER BY p.seq DESC LIMIT ?"),
  );
  const selectOf = sqlite.prepare<[string, number], Row>(
    rows("WHERE p.template = ? ORDER BY p.seq DESC LIMIT ?"),
  );
  const insert = sqlite.prepare(
    `INSERT INTO alert_template_proposals (id, template, texts, comment, based_on, proposed_by, proposed_at)
     VALUES (@id, @template, @texts, @comment, @basedOn, @proposedBy, @proposedAt)`,
  );
  const decide = sqlite.prepare(
    `UPDATE alert_template_proposals SET state = @state, decided_by = @by, decided_at = @at, decision_comment = @comment,
       approval = CASE @state WHEN 'approved' THEN (SELECT coalesce(max(approval), 0) + 1 FROM alert_template_proposals) END
     WHERE id = @id AND state = 'open'`,
  );
  const find = (id: string): Proposal | undefined => {
    const row = selectOne.get(id);
    return row === undefined ? undefined : proposalOf(row);
  };

  return {
    /** Grows with every approval; answered from an index in a few µs, so that it can be asked before each use. */
    version: (): number => selectVersion.get()?.version ?? 0,

    /** What was approved, oldest first: later ones stand before earlier ones. */
    approved: (): { template: string; texts: TextsByLanguage }[] =>
      selectApproved.all().map(({ template, texts }) => ({ template, texts: textsOf(texts) })),

    find: async (id: string): Promise<Proposal | undefined> => find(id),

    /** Newest first. */
    open: async (): Promise<Proposal[]> => selectOpen.all(shownAtMost).map(proposalOf),

    /** All that were ever proposed for a template, newest first. */
    of: async (template: string): Promise<Proposal[]> => selectOf.all(template, shownAtMost).map(proposalOf),

    /** Parts of acts. Called only inside a `write`. */
    within: {
      find,
      approvals: (template: string): number => selectCount.get(template)?.count ?? 0,
      add: ({ texts, comment, ...proposal }: NewProposal): void =>
        void insert.run({ ...proposal, texts: JSON.stringify(texts), comment: comment ?? null }),
      decide: ({ comment, ...decision }: Decision): boolean =>
        decide.run({ ...decision, comment: comment ?? null }).changes === 1,
    },
  };
}

function proposalOf(row: Row): Proposal {
  return {
    id: row.id,
    template: row.template,
    texts: textsOf(row.texts),
    comment: row.comment ?? undefined,
    basedOn: row.based_on,
    proposedBy: row.proposed_by,
    proposer: row.proposer,
    proposedAt: row.proposed_at,
    state: row.state,
    decidedBy: row.decided_by ?? undefined,
    decider: row.decider ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    decisionComment: row.decision_comment ?? undefined,
  };
}

/** Only what was validated is ever written there. */
function textsOf(json: string): TextsByLanguage {
  return JSON.parse(json) as TextsByLanguage;
}
