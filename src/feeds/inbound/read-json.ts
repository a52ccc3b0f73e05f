import { z } from "zod";
import {
  type Hazard,
  type Reading,
  type Telegram,
  hazardKinds,
  severities,
} from "../../alerts/hazards/hazard.ts";
import { instantOf } from "../times.ts";
import { mayHaveLevel } from "./cap-events.ts";
import { type InboundWard, createPlaceFinder } from "./inbound-ward.ts";

/** One line of their text: no control characters, no commas in what becomes part of a key. */
const name = z.string().regex(/^[^\s,\p{Cc}]{1,200}$/u, "1 to 200 characters without spaces and commas");
const line = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}*$/u, "must be one line");
const paragraphs = z
  .string()
  .max(4000)
  .regex(/^(?:[\n\t]|\P{Cc})*$/u, "must not hold control characters");
const time = z.string().refine((text) => instantOf(text) !== undefined, "must be a time with its offset");
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, "must be a language tag");

/** What the ward's own systems may post instead of CAP 1.2; the words are CAP's where it has one. */
export const inboundJsonSchema = z
  .strictObject({
    /** The sender's own id of this message. Posted twice, it is heard once. */
    id: name,
    sender: name,
    sent: time,
    /** Only `Actual` may ever reach residents. */
    status: z.enum(["Actual", "Exercise", "System", "Test", "Draft"]),
    /** `Cancel`: what was said was a mistake. `AllClear`: it is over. */
    msgType: z.enum(["Alert", "Update", "Cancel", "AllClear"]),
    /** The sender's own name of it: 「避難指示」. */
    event: line,
    kind: z.enum(hazardKinds),
    /** Only where the sender announces one of the five levels; earthquakes and tsunami have none. */
    level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).optional(),
    severity: z.enum(severities),
    /** Ids or names of districts; absent: the whole ward. */
    districts: z.array(z.string().min(1).max(100)).min(1).max(64).optional(),
    title: line,
    text: paragraphs,
    /** The sender's own texts in other languages. */
    texts: z.record(language, z.strictObject({ title: line, body: paragraphs })).optional(),
    expiresAt: time.optional(),
    /** Ids of the same sender's earlier messages about the same event, the original first. */
    references: z.array(name).min(1).max(50).optional(),
  })
  .refine(({ level, kind }) => level === undefined || mayHaveLevel(kind), {
    path: ["level"],
    message: "this kind has no levels",
  })
  .refine(({ msgType, references }) => !endings.has(msgType) || references !== undefined, {
    path: ["references"],
    message: "must name what is cancelled or over",
  });
export type InboundJson = z.infer<typeof inboundJsonSchema>;

const endings: ReadonlySet<string> = new Set(["Cancel", "AllClear"]);

export interface JsonRefusal {
  refused: "invalid";
  /** What is wrong, each with its place in the document. */
  detail: string;
}

/** A message of the ward's own systems in JSON, already parsed. */
export function readJson(value: unknown, ward: InboundWard): { reading: Reading } | JsonRefusal {
  const parsed = inboundJsonSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    return { refused: "invalid", detail: problems.join("; ").slice(0, 1000) };
  }
  const { districts } = parsed.data;
  const { districtOf } = createPlaceFinder(ward);
  const strangers = districts?.filter((each) => districtOf(each) === undefined) ?? [];
  if (strangers.length > 0) {
    return { refused: "invalid", detail: `districts: unknown 「${strangers.join("」「")}」`.slice(0, 1000) };
  }
  const telegram = telegramOf(parsed.data);
  const hazards = parsed.data.msgType === "Cancel" ? [] : [hazardOf(parsed.data, telegram, ward)];
  return { reading: { telegram, hazards, remarks: [] } };
}

function telegramOf({ id, sender, sent, status, msgType, title, references }: InboundJson): Telegram {
  return {
    id: `${sender},${id}`,
    source: "inbound",
    type: "json",
    status: status === "Actual" ? "actual" : status === "Exercise" ? "exercise" : "test",
    infoType: msgType === "Cancel" ? "cancellation" : "issue",
    eventId: `${sender},${references?.[0] ?? id}`,
    serial: sent,
    title,
    publisher: sender,
    reportedAt: instantOf(sent) ?? 0,
    headline: title,
  };
}

function hazardOf(json: InboundJson, telegram: Telegram, ward: InboundWard): Hazard {
  const lifted = json.msgType === "AllClear";
  const { kind, level, event, title, text } = json;
  const expiresAt = json.expiresAt === undefined ? undefined : instantOf(json.expiresAt);
  const { districtOf } = createPlaceFinder(ward);
  const districts = json.districts?.flatMap((each) => districtOf(each) ?? []);
  return {
    kind,
    // Not by kind: what lifts it may be called otherwise than what began it.
    subject: `inbound:${telegram.eventId}`,
    phase: lifted ? "lifted" : "active",
    severity: lifted ? "none" : json.severity,
    ...(level === undefined || lifted ? {} : { level }),
    name: event,
    area: { code: ward.municipality, name: ward.names[0] ?? "" },
    text,
    texts: { ja: { title, body: text }, ...json.texts },
    ...(districts === undefined ? {} : { districts: [...new Set(districts)] }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
}
