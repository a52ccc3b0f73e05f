import type { Call } from "../../alerts/calls/call-store.ts";
import { sayCall } from "../../alerts/calls/calls.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { StaffLanguage } from "../page.ts";
import type { OpenCall } from "./standing.ts";

/** Calls with their sentences, for the pages of somebody who reads this language. */
export function sayCalls(calls: readonly Call[], language: StaffLanguage, sentences: Sentences): OpenCall[] {
  return calls.map((call) => ({ ...call, sentence: sayCall(call, language, sentences) }));
}
