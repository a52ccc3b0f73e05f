import { z } from "zod";
import { type Alert, followUpKinds, isOpen } from "../../alerts/alert.ts";
import type { Heads } from "../../alerts/prepare.ts";
import { type Template, blanksSchema } from "../../alerts/templates/template.ts";
import { keptAddresseesSchema } from "../../broadcasts/addressees.ts";
import { broadcastStates } from "../../broadcasts/lifecycle.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import { contentsSchema } from "../../messages/contents.ts";
import { modes } from "../../outbox/order.ts";
import { iso, isoOrNull } from "./present.ts";

const time = z.iso.datetime().nullable();
const bilingual = z.strictObject({ ja: z.string(), en: z.string() });

export const alertAnswer = z.strictObject({
  id: z.string(),
  kind: z.enum(["alert", ...followUpKinds]),
  of: z.string().nullable().describe("The alert that this one follows up."),
  mode: z.enum(modes).describe("Stamped at birth and never changed."),
  state: z
    .enum(broadcastStates)
    .describe(
      "`draft` until it is confirmed; `cancelled` when discarded or left to lapse, or lifted while it was stopped.",
    ),
  version: z.int(),
  open: z.boolean().describe("Confirmed, and neither lifted nor expired."),
  template: z.string(),
  level: z.int().nullable().describe("Of the five alert levels, where they apply."),
  title: z.string(),
  contents: contentsSchema,
  untranslated: z
    .record(z.string(), z.array(z.string()))
    .describe("By language, blanks that stand there as they were typed."),
  blanks: blanksSchema,
  districts: z.array(z.string()).nullable().describe("null: the whole ward."),
  audience: z.strictObject({
    rule: keptAddresseesSchema,
    explanation: bilingual,
    total: z.int(),
    byLanguage: z.record(z.string(), z.int()),
  }),
  breakGlassAllowed: z.boolean(),
  raisedBy: z.string(),
  raisedAt: z.iso.datetime(),
  confirmedBy: z.string().nullable(),
  confirmedAt: time,
  breakGlass: z.strictObject({ reason: z.string() }).nullable(),
  expiresAt: z.iso.datetime().describe("Not sent after it, shown as over after it."),
  endedAt: time,
  endedBy: z.string().nullable(),
  rule: z.string().nullable().describe("The written rule that raised it."),
  hazard: z.string().nullable(),
});

export function presentAlert(
  alert: Alert,
  heads: Heads,
  reach: Reach,
  now: number,
): z.input<typeof alertAnswer> {
  const { aloneAllowed, breakGlassReason, finishedAt: _, audience, ...rest } = alert;
  return {
    ...rest,
    open: isOpen(alert, now),
    of: alert.of ?? null,
    level: alert.level ?? null,
    districts: alert.districts ?? null,
    audience: { rule: audience, explanation: reach.explain(audience), ...heads },
    breakGlassAllowed: aloneAllowed,
    breakGlass: breakGlassReason === undefined ? null : { reason: breakGlassReason },
    raisedAt: iso(alert.raisedAt),
    confirmedBy: alert.confirmedBy ?? null,
    confirmedAt: isoOrNull(alert.confirmedAt),
    expiresAt: iso(alert.expiresAt),
    endedAt: isoOrNull(alert.endedAt),
    endedBy: alert.endedBy ?? null,
    rule: alert.rule ?? null,
    hazard: alert.hazard ?? null,
  };
}

export const templateAnswer = z.strictObject({
  id: z.string(),
  name: bilingual,
  group: z.string(),
  level: z.int().nullable(),
  audience: z.strictObject({
    who: z.enum(["subscribers", "everyone"]),
    withoutDistrict: z.boolean(),
    categories: z.array(z.string()).nullable(),
  }),
  breakGlass: z.boolean().describe("Whether one person may send it alone, with a reason."),
  validMinutes: z.int(),
  languages: z.array(z.string()),
  blanks: z.array(
    z.strictObject({
      id: z.string(),
      type: z.string(),
      required: z.boolean(),
      label: bilingual,
      options: z.array(z.string()).nullable().describe("Of a choice, what can be chosen."),
      preset: z.string().nullable(),
      maxLength: z.int(),
    }),
  ),
});

export function presentTemplate(template: Template): z.input<typeof templateAnswer> {
  const { id, name, group, level, audience, breakGlass, validMinutes, texts, blanks } = template;
  return {
    id,
    name,
    group,
    level: level ?? null,
    audience: { ...audience, categories: audience.categories ?? null },
    breakGlass,
    validMinutes,
    languages: Object.keys(texts),
    blanks: blanks.map(({ options, preset, ...blank }) => ({
      ...blank,
      options: options === undefined ? null : Object.keys(options),
      preset: preset ?? null,
    })),
  };
}
