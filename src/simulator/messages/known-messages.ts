import { createHash } from "node:crypto";
import type { messagingApi } from "@line/bot-sdk";
import { type Complaint } from "./place.ts";
import { type Verdict, requestErrors, validateMessages } from "./validate-messages.ts";

/** A list of messages that passed, kept once however often it is sent. */
export interface KnownMessages {
  messages: readonly messagingApi.Message[];
  fingerprint: string;
  remarks: readonly Complaint[];
}

export interface Examiner {
  examine(messages: unknown): Examined;
  forget(): void;
}

type Examined = { known: KnownMessages } | { refusal: NonNullable<Verdict["refusal"]> };

/**
 * Validates each distinct list of messages once: a big send repeats a handful of them thousands of times, and the
 * platform should not be what slows it down.
 */
export function createExaminer(localPictures: () => boolean = () => false): Examiner {
  const known = new Map<string, KnownMessages>();
  const examine = (messages: unknown): Examined => {
    const wire = stringify(messages);
    if (wire === undefined) {
      const tooDeep = { message: "The messages are nested too deeply", property: "messages" };
      return { refusal: requestErrors([tooDeep]) };
    }
    const before = known.get(wire);
    if (before !== undefined) return { known: before };
    const { refusal, remarks } = validateMessages(messages, localPictures());
    if (refusal !== undefined) return { refusal };
    const fingerprint = createHash("sha256").update(wire).digest("hex").slice(0, 12);
    const now: KnownMessages = { messages: messages as messagingApi.Message[], fingerprint, remarks };
    known.set(wire, now);
    return { known: now };
  };
  return { examine, forget: () => known.clear() };
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    return undefined;
  }
}
