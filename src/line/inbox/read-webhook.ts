import { createHash } from "node:crypto";
import { z } from "zod";
import type { InboxEvent, ResidentEventWithoutId } from "./inbox-event.ts";

/** Longer texts are no command; what is not needed is not kept. */
const longestText = 100;
/** LINE's clock and ours may differ by this much; an event from further ahead counts as happening now. */
const toleratedLeadMs = 5 * 60 * 1000;

// Lenient by intention: LINE may add fields, events and values without notice (LINE fact sheet, section 1).
const text = z.string().optional().catch(undefined);
const eventSchema = z.object({
  type: z.string(),
  mode: text,
  timestamp: z.number().optional().catch(undefined),
  webhookEventId: z.string().min(1).optional().catch(undefined),
  replyToken: text,
  source: z.object({ type: text, userId: text }).optional().catch(undefined),
  postback: z
    .object({ data: text, params: z.object({ date: text }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  message: z.object({ type: text, text }).optional().catch(undefined),
});
const bodySchema = z.object({ events: z.array(z.unknown()) });

type LineEvent = z.infer<typeof eventSchema>;

export class NotAWebhook extends Error {
  override name = "NotAWebhook";
}

/**
 * The events of a webhook body that concern a resident. Unknown types, groups, missing user ids and malformed entries
 * are passed over; a body that is no webhook at all throws.
 * @throws NotAWebhook
 */
export function readWebhook(body: Buffer, receivedAt: number): InboxEvent[] {
  const parsed = bodySchema.safeParse(parseJson(body));
  if (!parsed.success) throw new NotAWebhook("The body is not a webhook: it has no list of events.");
  return parsed.data.events.flatMap((raw) => {
    const event = eventSchema.safeParse(raw);
    return event.success ? (readEvent(event.data, receivedAt) ?? []) : [];
  });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new NotAWebhook("The body is not JSON.");
  }
}

function readEvent(event: LineEvent, receivedAt: number): InboxEvent | undefined {
  const { source, mode = "active" } = event;
  if (source?.type !== "user" || !/^U[0-9a-f]{32}$/.test(source.userId ?? "")) return undefined;
  const what = readAct(event, plausibleTime(event.timestamp, receivedAt));
  if (what === undefined) return undefined;
  // In standby another module holds the conversation: who follows is noted, nothing is answered.
  const standby = mode !== "active";
  if (standby && what.kind !== "follow" && what.kind !== "leave") return undefined;
  const id = event.webhookEventId ?? idOf(event);
  const { replyToken } = event;
  const known = { id, userId: source.userId ?? "", what };
  return standby || replyToken === undefined ? known : { ...known, replyToken };
}

function readAct(event: LineEvent, at: number): ResidentEventWithoutId | undefined {
  switch (event.type) {
    case "follow":
      return { kind: "follow", at };
    case "unfollow":
      return { kind: "leave", at };
    case "postback": {
      const { data = "", params } = event.postback ?? {};
      return {
        kind: "tap",
        at,
        data: data.slice(0, 300),
        ...(params?.date === undefined ? {} : { date: params.date.slice(0, 10) }),
      };
    }
    case "message":
      if (event.message?.type !== "text") return { kind: "other", at };
      return { kind: "text", at, text: (event.message.text ?? "").slice(0, longestText) };
    default:
      return undefined;
  }
}

/** A timestamp from the far future would make every later choice look old. */
function plausibleTime(timestamp: number | undefined, receivedAt: number): number {
  if (timestamp === undefined || !Number.isFinite(timestamp) || timestamp < 0) return receivedAt;
  return Math.min(Math.floor(timestamp), receivedAt + toleratedLeadMs);
}

/** An event without an id is known by what was read of it: what differs between deliveries is not. */
function idOf(event: LineEvent): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(event)).digest("hex")}`;
}
