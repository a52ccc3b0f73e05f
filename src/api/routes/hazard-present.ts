import { z } from "zod";
import { type HazardRecord, mainDecision } from "../../alerts/hazards/hazard-record.ts";
import type { HazardDesk } from "../../alerts/hazards/hazard-desk.ts";
import type { Maintenance } from "../../alerts/hazards/maintenance-store.ts";
import { type Reason, reasonCodes } from "../../alerts/rules/decision.ts";
import { sayWhy } from "../../alerts/hazards/why.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { iso, isoOrNull } from "./present.ts";

const deed = z
  .enum(["nothing", "draft", "automatic", "followUp"])
  .describe(
    "draft: an alert waits for a duty officer. automatic: it went. followUp: those who were told were told.",
  );
const rule = z.string().nullable().describe("The id of the written rule that decided.");
const reasons = z.array(z.strictObject({ code: z.enum(reasonCodes), ja: z.string(), en: z.string() }));
const time = z.iso.datetime().nullable();

export const hazardAnswer = z.strictObject({
  id: z.string(),
  telegramId: z.string().describe("The issuer's own id."),
  source: z.enum(["jma", "inbound"]),
  receivedFrom: z.string().describe("`feed`, `device`, or the id of whoever reported it."),
  type: z.string(),
  status: z
    .enum(["actual", "exercise", "test", "unknown"])
    .describe("unknown: it could not be read, or says something else; the reasons say which."),
  infoType: z.enum(["issue", "correction", "cancellation"]),
  eventId: z.string(),
  serial: z.string(),
  title: z.string(),
  publisher: z.string(),
  headline: z.string(),
  reportedAt: time,
  receivedAt: time,
  decidedAt: time,
  decision: deed.nullable().describe("null while it is under way."),
  rule,
  ruleWhy: z
    .strictObject({ ja: z.string(), en: z.string() })
    .nullable()
    .describe("The reason for that rule."),
  reasons,
  alertIds: z.array(z.string()),
  called: z.string().nullable().describe("What staff were called for."),
  hazards: z.array(
    z.strictObject({
      kind: z.string(),
      subject: z.string(),
      phase: z.enum(["active", "lifted"]),
      severity: z.string(),
      level: z.int().nullable(),
      intensity: z.string().nullable(),
      name: z.string(),
      area: z.strictObject({ code: z.string(), name: z.string() }),
    }),
  ),
  decisions: z.array(z.strictObject({ subject: z.string().nullable(), decision: deed, rule, reasons })),
});

/** What came in, what was decided and why. */
export function presentHazard(
  record: HazardRecord,
  { whyOf }: Pick<HazardDesk, "whyOf">,
  { say }: Sentences,
): z.input<typeof hazardAnswer> {
  const { telegram, hazards } = record.reading;
  // What is decided and not yet done may still turn out otherwise.
  const isDone = record.stage === "done";
  const main = isDone ? mainDecision(record) : undefined;
  const decisions = isDone ? record.decisions : [];
  const presentReasons = (all: readonly Reason[]) =>
    all.map((reason) => ({
      code: reason.code,
      ja: sayWhy(reason, "ja", say),
      en: sayWhy(reason, "en", say),
    }));
  const {
    id: telegramId,
    source,
    type,
    status,
    infoType,
    eventId,
    serial,
    title,
    publisher,
    headline,
  } = telegram;
  return {
    id: record.id,
    telegramId,
    source,
    receivedFrom: record.receivedFrom,
    type,
    status,
    infoType,
    eventId,
    serial,
    title,
    publisher,
    headline,
    reportedAt: iso(telegram.reportedAt),
    receivedAt: iso(record.receivedAt),
    decidedAt: isDone ? isoOrNull(record.decidedAt) : null,
    decision: main?.do ?? null,
    rule: main?.rule ?? null,
    ruleWhy: main?.rule === undefined ? null : (whyOf(main.rule) ?? null),
    reasons: presentReasons(main?.reasons ?? []),
    alertIds: record.alerts,
    called: record.call ?? null,
    hazards: hazards.map(({ kind, subject, phase, severity, level, intensity, name, area }) => ({
      kind,
      subject,
      phase,
      severity,
      level: level ?? null,
      intensity: intensity ?? null,
      name,
      area,
    })),
    decisions: decisions.map((each) => ({
      subject: each.subject ?? null,
      decision: each.do,
      rule: each.rule ?? null,
      reasons: presentReasons(each.reasons),
    })),
  };
}

export const maintenanceAnswer = z.strictObject({
  on: z
    .boolean()
    .describe("While it is on, rules send nothing by themselves: what they would send waits as a draft."),
  by: z.string().nullable(),
  since: time,
  until: time.describe("Ends by itself."),
  note: z.string().nullable(),
});

export function presentMaintenance({
  on,
  by,
  since,
  until,
  note,
}: Maintenance): z.input<typeof maintenanceAnswer> {
  // What was never switched was switched by nobody.
  const switched = since > 0;
  return {
    on,
    by: switched ? by : null,
    since: switched ? iso(since) : null,
    until: on ? isoOrNull(until) : null,
    note: note === "" ? null : note,
  };
}
