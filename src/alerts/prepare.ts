import type { Addressees } from "../broadcasts/addressees.ts";
import type { Contents } from "../messages/contents.ts";
import { drillMarks } from "../messages/drill-mark.ts";
import { type Mode, recipientsKeptMs } from "../outbox/order.ts";
import { addresseesOf } from "./address.ts";
import type { Alert, FollowUpKind } from "./alert.ts";
import type { AlertDeps } from "./deps.ts";
import { fillTemplate } from "./templates/fill-template.ts";
import type { AlertOutcome, AlertProblem } from "./refusal.ts";
import type { Blanks, Template } from "./templates/template.ts";

/** What somebody asks to be sent. Times are milliseconds, UTC. */
export interface RaiseAsk {
  template: string;
  blanks: Blanks;
  /** Undefined: the whole ward. */
  districts?: readonly string[] | undefined;
  mode: Mode;
  /** Undefined: as long as the template says. */
  expiresAt?: number | undefined;
}

export interface FollowUpAsk {
  kind: FollowUpKind;
  blanks?: Blanks | undefined;
}

export interface Heads {
  total: number;
  byLanguage: Record<string, number>;
}

/** Everything about an alert that can be shown before it is kept. */
export interface Prepared {
  template: Template;
  level: number | undefined;
  mode: Mode;
  title: string;
  contents: Contents;
  untranslated: Record<string, string[]>;
  blanks: Blanks;
  districts: string[] | undefined;
  audience: Addressees;
  explanation: { ja: string; en: string };
  heads: Heads;
  expiresAt: number;
  aloneAllowed: boolean;
}

/** An alert may be open for so long at most. */
const longestMs = 14 * 24 * 60 * 60_000;
/** Up to so many, who follows still is counted one by one; beyond, those who were handed the original are told. */
const countedOneByOne = 20_000;

export type Preparing = ReturnType<typeof createPreparing>;

export function createPreparing(deps: AlertDeps) {
  const { templates, ward, sentences, reach, deliveries, clock } = deps;

  /** A count of a million copies would take longer than the alert itself. */
  async function headsOf(audience: Addressees): Promise<Heads> {
    const handed =
      audience.recipientsOf === undefined ? undefined : await deliveries.of(audience.recipientsOf);
    if (handed === undefined || handed.accepted <= countedOneByOne) {
      const { total, byLanguage } = await reach.count(audience);
      return { total, byLanguage };
    }
    const byLanguage = Object.entries(handed.byLanguage).map(([language, { accepted }]) => [
      language,
      accepted,
    ]);
    return { total: handed.accepted, byLanguage: Object.fromEntries(byLanguage) as Record<string, number> };
  }

  /** What is meant must not say that it is a drill: the last look would let nothing of it leave (invariant 8). */
  function drillProblems(contents: Contents, mode: Mode): AlertProblem[] {
    const marks = drillMarks(sentences, ward.languages);
    const says = Object.values(contents).some(({ title }) => marks.some((mark) => title.startsWith(mark)));
    return mode === "live" && says ? [{ field: "blanks", code: "says_drill" }] : [];
  }

  function expiryProblems(expiresAt: number, now: number): AlertProblem[] {
    if (expiresAt <= now) return [{ field: "expiresAt", code: "already_over" }];
    return expiresAt > now + longestMs ? [{ field: "expiresAt", code: "too_late" }] : [];
  }

  /** `template` may be one that only rules and follow-ups use. */
  async function fill(
    template: Template,
    { blanks, districts, mode, expiresAt: asked }: RaiseAsk,
    original: Alert | undefined,
  ): Promise<AlertOutcome<Prepared>> {
    const now = clock.now();
    const expiresAt = asked ?? now + template.validMinutes * 60_000;
    const filled = fillTemplate(
      template,
      {
        blanks,
        districts: districts === undefined ? undefined : [...districts],
        issuedAt: now,
        expiresAt,
        mode,
        ...(original === undefined ? {} : { original: { contents: original.contents } }),
      },
      { ward, sentences },
    );
    const problems = [
      ...("problems" in filled ? filled.problems : drillProblems(filled.contents, mode)),
      ...expiryProblems(expiresAt, now),
    ];
    if ("problems" in filled || problems.length > 0) return { refused: "invalid", problems };
    const audience =
      original === undefined ? addresseesOf(template, districts, mode, ward) : { recipientsOf: original.id };
    return {
      template,
      level: filled.level,
      mode,
      title: filled.title,
      contents: filled.contents,
      untranslated: filled.untranslated,
      blanks,
      districts: districts === undefined ? undefined : [...districts],
      audience,
      explanation: reach.explain(audience),
      heads: await headsOf(audience),
      expiresAt,
      aloneAllowed: template.breakGlass,
    };
  }

  /** An update says the original anew with other blanks, when it can; else in the words of the template for updates. */
  function updateOf(original: Alert, blanks: Blanks): { template: Template | undefined; blanks: Blanks } {
    const own = templates.find(original.template);
    const names = Object.keys(blanks);
    const fits =
      own !== undefined &&
      names.length > 0 &&
      names.every((name) => own.blanks.some(({ id }) => id === name));
    return fits
      ? { template: own, blanks: { ...original.blanks, ...blanks } }
      : { template: templates.find("update"), blanks };
  }

  return {
    fill,
    headsOf,

    /** What an alert would be. Nothing is kept. */
    prepare: async (ask: RaiseAsk): Promise<AlertOutcome<Prepared>> => {
      const template = templates.find(ask.template);
      if (template === undefined || template.internal)
        return {
          refused: "invalid",
          problems: [{ field: "template", code: "unknown_id", value: ask.template }],
        };
      return fill(template, ask, undefined);
    },

    /** As {@link Preparing.prepare}, while it is being filled in: a blank that is still empty is left out. */
    preview: async (ask: RaiseAsk): Promise<AlertOutcome<Prepared>> => {
      const template = templates.find(ask.template);
      if (template === undefined || template.internal)
        return {
          refused: "invalid",
          problems: [{ field: "template", code: "unknown_id", value: ask.template }],
        };
      const blanks = template.blanks.map((blank) => ({ ...blank, required: false }));
      return fill({ ...template, blanks }, ask, undefined);
    },

    /** What a follow-up would be: for exactly those who were handed the original and still follow (invariant 9). */
    prepareFollowUp: async (
      original: Alert,
      { kind, blanks = {} }: FollowUpAsk,
    ): Promise<AlertOutcome<Prepared>> => {
      if (original.confirmedAt === undefined) return { refused: "wrong_state", state: original.state };
      if (original.endedAt !== undefined) return { refused: "alert_over" };
      if ((await deliveries.recipientsKnown(original.id, clock.now() - recipientsKeptMs)) !== undefined)
        return { refused: "recipients_forgotten" };
      const { template, blanks: filled } =
        kind === "update" ? updateOf(original, blanks) : { template: templates.find(kind), blanks };
      if (template === undefined)
        return { refused: "invalid", problems: [{ field: "template", code: "unknown_id", value: kind }] };
      const { districts, mode } = original;
      const prepared = await fill(
        template,
        { template: template.id, blanks: filled, districts, mode },
        original,
      );
      if ("refused" in prepared) return prepared;
      // What was wrong must be taken back at once, whoever is there.
      return { ...prepared, aloneAllowed: original.aloneAllowed || kind === "correction" };
    },
  };
}
