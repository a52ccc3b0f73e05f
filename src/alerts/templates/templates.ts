import type { Database } from "../../../db/open.ts";
import type { AuditStore } from "../../audit/store.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Ids } from "../../shared/ids.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { type Actor, may } from "../../staff/permissions.ts";
import { type Template, templateSchema } from "./template.ts";
import { languagesMissing, readTemplateFiles } from "./template-files.ts";
import { type TemplateProblem, templateProblems } from "./template-problems.ts";
import { type Proposal, type TextsByLanguage, createAlertTemplateStore } from "./template-store.ts";

export type TemplateRefusal =
  | { refused: "role_missing" | "not_found" | "approver_is_author" | "changed_meanwhile" | "already_decided" }
  | { refused: "invalid"; problems: TemplateProblem[] };

export interface AlertTemplatesDeps {
  db: Pick<Database, "sqlite" | "write">;
  audit: AuditStore;
  clock: Clock;
  ids: Ids;
  ward: Ward;
  /** Where the files are; the program's own unless a test says otherwise. */
  folder?: string;
}

const longestComment = 1_000;

export type AlertTemplates = ReturnType<typeof createAlertTemplates>;

/**
 * What alerts are raised from: the files of `seeds/alert-templates/`, with the texts that were changed in the console. A
 * change is proposed by one person and holds once another has approved it.
 * @throws BadAlertTemplates when a file is not one
 */
export function createAlertTemplates({ db, audit, clock, ids, ward, folder }: AlertTemplatesDeps) {
  const store = createAlertTemplateStore(db);
  const files = readTemplateFiles(folder);
  let active = { version: -1, templates: new Map<string, Template>() };

  /** Another process may have approved something: one question to the database tells. */
  function templates(): Map<string, Template> {
    const version = store.version();
    if (version === active.version) return active.templates;
    const changed = new Map(files.map((each) => [each.id, each]));
    for (const { template: id, texts } of store.approved()) {
      const before = changed.get(id);
      const after = before === undefined ? undefined : withTexts(before, texts);
      // A file whose blanks have changed since goes before texts that do not fit them any more.
      if (after !== undefined && templateProblems(after).length === 0) changed.set(id, after);
    }
    active = { version, templates: changed };
    return changed;
  }

  const find = (id: string): Template | undefined => templates().get(id);

  return {
    /** Evacuation first, in the order a duty officer looks for them. */
    all: (): Template[] => [...templates().values()],
    find,

    /** Languages of the ward that a template has no text in, as `heat: ko`: said at the start. */
    missing: (): string[] => languagesMissing([...templates().values()], ward),

    /** Proposes these texts; languages that are not named keep theirs. */
    propose: async (
      actor: Actor,
      id: string,
      texts: TextsByLanguage,
      comment?: string,
    ): Promise<{ id: string } | TemplateRefusal> => {
      if (!may(actor, "alertTemplate.write")) return { refused: "role_missing" };
      const template = find(id);
      if (template === undefined) return { refused: "not_found" };
      const problems = proposedProblems(template, texts, comment);
      if (problems.length > 0) return { refused: "invalid", problems };
      const proposal = ids.ulid();
      const at = clock.now();
      await db.write(() => {
        const basedOn = store.within.approvals(id);
        const kept = { id: proposal, template: id, texts, comment, basedOn };
        store.within.add({ ...kept, proposedBy: actor.id, proposedAt: at });
        const details = { title: template.name.ja, proposal, languages: Object.keys(texts) };
        audit.append({ at, actor: actor.id, act: "alertTemplate.propose", subject: id, details });
      });
      return { id: proposal };
    },

    /** Never one's own: no role lifts that. */
    decide: async (
      actor: Actor,
      id: string,
      decision: "approve" | "refuse",
      comment?: string,
    ): Promise<{ id: string } | TemplateRefusal> => {
      if (!may(actor, "alertTemplate.approve")) return { refused: "role_missing" };
      if ((comment?.length ?? 0) > longestComment)
        return { refused: "invalid", problems: [{ field: "comment", code: "too_long" }] };
      const at = clock.now();
      return db.write((): { id: string } | TemplateRefusal => {
        const proposal = store.within.find(id);
        if (proposal === undefined) return { refused: "not_found" };
        if (proposal.state !== "open") return { refused: "already_decided" };
        if (proposal.proposedBy === actor.id) return { refused: "approver_is_author" };
        const template = find(proposal.template);
        if (decision === "approve") {
          const refusal = whyNotNow(proposal, template);
          if (refusal !== undefined) return refusal;
        }
        const state = decision === "approve" ? "approved" : "refused";
        if (!store.within.decide({ id, state, by: actor.id, at, comment }))
          return { refused: "already_decided" };
        const details = { title: template?.name.ja ?? proposal.template, proposal: id, comment };
        const entry = { at, actor: actor.id, subject: proposal.template, details };
        if (decision === "approve") audit.append({ ...entry, act: "alertTemplate.approve" });
        else audit.append({ ...entry, act: "alertTemplate.refuse" });
        return { id };
      });
    },

    /** Those that wait for a decision, newest first. */
    proposals: (): Promise<Proposal[]> => store.open(),
    proposal: (id: string): Promise<Proposal | undefined> => store.find(id),
    /** All that was ever proposed for a template, newest first. */
    history: (id: string): Promise<Proposal[]> => store.of(id),
  };

  /** Whoever approves has seen the proposal beside the texts of then: of others it would be a decision unseen. */
  function whyNotNow({ template: id, basedOn, texts }: Proposal, template: Template | undefined) {
    if (template === undefined) return { refused: "not_found" as const };
    if (store.within.approvals(id) !== basedOn) return { refused: "changed_meanwhile" as const };
    const problems = templateProblems(withTexts(template, texts));
    return problems.length > 0 ? { refused: "invalid" as const, problems } : undefined;
  }

  function proposedProblems(
    template: Template,
    texts: TextsByLanguage,
    comment: string | undefined,
  ): TemplateProblem[] {
    if ((comment?.length ?? 0) > longestComment) return [{ field: "comment", code: "too_long" }];
    if (Object.keys(texts).length === 0) return [{ field: "texts", code: "no_text" }];
    const strange = Object.keys(texts).filter((language) => !ward.languages.includes(language));
    if (strange.length > 0)
      return strange.map((language) => ({ field: `texts.${language.slice(0, 40)}`, code: "no_text" }));
    const shaped = templateSchema.shape.texts.safeParse(texts);
    if (!shaped.success)
      return shaped.error.issues.map(({ path, code }) => ({
        field: `texts.${path.join(".")}`,
        code: code === "too_big" ? "too_long" : "no_text",
      }));
    return templateProblems(withTexts(template, texts));
  }
}

function withTexts(template: Template, texts: TextsByLanguage): Template {
  return { ...template, texts: { ...template.texts, ...texts } };
}
