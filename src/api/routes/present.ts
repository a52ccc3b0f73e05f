import { z } from "zod";
import { keptAddresseesSchema } from "../../broadcasts/addressees.ts";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { actsIn, broadcastStates } from "../../broadcasts/lifecycle.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import { nextDates, repeatSchema } from "../../broadcasts/schedule.ts";
import { contentsSchema } from "../../messages/contents.ts";
import { type Delivery, type DeliveryCounts, batchStates, modes } from "../../outbox/order.ts";

const time = z.iso.datetime().nullable();
const bilingual = z.strictObject({ ja: z.string(), en: z.string() });

export const broadcastAnswer = z.strictObject({
  id: z.string(),
  kind: z.enum(["notice", "alert"]),
  mode: z.enum(modes),
  title: z.string(),
  state: z.enum(broadcastStates),
  version: z.int().describe("Send it as If-Match to be told when somebody was faster."),
  allowedActs: z.array(z.string()),
  audience: keptAddresseesSchema,
  explanation: bilingual,
  contents: contentsSchema,
  missingTranslations: z.enum(["refuse", "fallback"]),
  sendAt: time,
  dueAt: time.describe("When it, or its next occurrence, goes."),
  graceMinutes: z.number(),
  repeat: repeatSchema.nullable(),
  nextDates: z.array(z.iso.datetime()).describe("The next ten dates of a repeat."),
  seriesId: z.string().nullable(),
  authorId: z.string(),
  approvedBy: z.string().nullable(),
  approvedAt: time,
  begunAt: time,
  finishedAt: time,
  stoppedBy: z.string().nullable(),
  comment: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});

export function presentBroadcast(
  broadcast: Broadcast,
  reach: Reach,
  now: number,
): z.input<typeof broadcastAnswer> {
  const { writers: _, graceMs, ...rest } = broadcast;
  const repeating =
    broadcast.repeat !== undefined &&
    ["draft", "submitted", "returned", "approved"].includes(broadcast.state);
  return {
    ...rest,
    allowedActs: actsIn(broadcast),
    explanation: reach.explain(broadcast.audience),
    graceMinutes: graceMs / 60_000,
    repeat: broadcast.repeat ?? null,
    nextDates:
      repeating && broadcast.repeat !== undefined ? nextDates(broadcast.repeat, now, 10).map(iso) : [],
    sendAt: isoOrNull(broadcast.sendAt),
    dueAt: isoOrNull(broadcast.dueAt),
    approvedAt: isoOrNull(broadcast.approvedAt),
    begunAt: isoOrNull(broadcast.begunAt),
    finishedAt: isoOrNull(broadcast.finishedAt),
    createdAt: iso(broadcast.createdAt),
    updatedAt: iso(broadcast.updatedAt),
    seriesId: broadcast.seriesId ?? null,
    approvedBy: broadcast.approvedBy ?? null,
    stoppedBy: broadcast.stoppedBy ?? null,
    comment: broadcast.comment ?? null,
  };
}

const counts = Object.fromEntries(batchStates.map((state) => [state, z.int()])) as Record<
  keyof DeliveryCounts,
  z.ZodInt
>;

export const deliveryAnswer = z
  .strictObject({
    planned: z.int(),
    ...counts,
    planning: z.boolean().describe("Whether residents are still being added."),
    firstRequestAt: time,
    lastAcceptedAt: time,
    byLanguage: z.record(z.string(), z.strictObject({ planned: z.int(), ...counts })),
    linkTaps: z.int(),
    hold: z
      .strictObject({
        reason: z.enum(["quotaExhausted", "notAuthorised", "unreachable"]),
        since: z.iso.datetime(),
        detail: z.string(),
      })
      .nullable()
      .describe("Why nothing is being sent at the moment, if so."),
  })
  .describe("In residents. planned is the sum of the eight states at every moment.");

/** What became of one broadcast, or of all occurrences of a repeating one. */
export function presentDelivery(
  deliveries: Delivery[],
): Omit<z.input<typeof deliveryAnswer>, "hold" | "linkTaps"> {
  const total: Omit<z.input<typeof deliveryAnswer>, "hold" | "linkTaps"> = {
    planned: 0,
    ...zero(),
    planning: deliveries.some((each) => each.planning),
    firstRequestAt: isoOrNull(least(deliveries.map((each) => each.firstRequestAt))),
    lastAcceptedAt: isoOrNull(greatest(deliveries.map((each) => each.lastAcceptedAt))),
    byLanguage: {},
  };
  for (const each of deliveries) {
    addTo(total, each);
    for (const [language, found] of Object.entries(each.byLanguage)) {
      addTo((total.byLanguage[language] ??= { planned: 0, ...zero() }), found);
    }
  }
  return total;
}

type Counted = DeliveryCounts & { planned: number };

function addTo(sum: Counted, more: Counted): void {
  sum.planned += more.planned;
  for (const state of batchStates) sum[state] += more[state];
}

function zero(): DeliveryCounts {
  return Object.fromEntries(batchStates.map((state) => [state, 0])) as DeliveryCounts;
}

function least(times: (number | undefined)[]): number | undefined {
  const known = times.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function greatest(times: (number | undefined)[]): number | undefined {
  const known = times.filter((each) => each !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

export function iso(instant: number): string {
  return new Date(instant).toISOString();
}

export function isoOrNull(instant: number | undefined): string | null {
  return instant === undefined ? null : iso(instant);
}
