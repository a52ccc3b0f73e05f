import type { EndpointName } from "../http/endpoints.ts";
import type { Random } from "../random.ts";
import { type Frequency, type Rule, type Rules, createRules } from "./rules.ts";

/** Before the request is looked at: LINE never accepted it. */
const refusals = [
  "dropBeforeAccept",
  "refuse401",
  "refuse429",
  "refuseQuota",
  "refuse500",
  "refuse503",
  "redirect302",
] as const;

/** After the request was accepted (2xx): only the answer goes wrong. These are the dangerous ones. */
const lostAnswers = ["acceptThenDrop", "acceptThen500", "acceptThenDelay", "acceptThenGarbage"] as const;

export type RefusalKind = (typeof refusals)[number];
export type LostAnswerKind = (typeof lostAnswers)[number];
export type FaultKind = RefusalKind | LostAnswerKind | "delay";
export const faultKinds: readonly FaultKind[] = [...refusals, ...lostAnswers, "delay"];

/** A misbehaviour of the API, for one endpoint or (`*`) for all. */
interface FaultRule {
  on: EndpointName | "*";
  does: FaultKind;
  /** For `delay` and `acceptThenDelay`: real milliseconds, because the client waits in real time. Default 1,000. */
  ms?: number | undefined;
}

export interface Faults {
  add(rule: FaultRule & Frequency): Rule<FaultRule>;
  list(): Rule<FaultRule>[];
  remove(id: string): boolean;
  clear(): void;
  /** How long to hold a request before it is looked at. */
  delayFor(endpoint: EndpointName): number;
  refusalFor(endpoint: EndpointName): RefusalKind | undefined;
  lostAnswerFor(endpoint: EndpointName): { kind: LostAnswerKind; ms: number } | undefined;
}

const defaultDelayMs = 1_000;

export function createFaults(random: Random): Faults {
  const rules: Rules<FaultRule> = createRules(random);
  const strike = (endpoint: EndpointName, kinds: readonly FaultKind[]) =>
    rules.strike((rule) => (rule.on === "*" || rule.on === endpoint) && kinds.includes(rule.does));
  return {
    add: rules.add,
    list: rules.list,
    remove: rules.remove,
    clear: rules.clear,
    delayFor: (endpoint) => {
      const rule = strike(endpoint, ["delay"]);
      return rule === undefined ? 0 : (rule.ms ?? defaultDelayMs);
    },
    refusalFor: (endpoint) => strike(endpoint, refusals)?.does as RefusalKind | undefined,
    lostAnswerFor: (endpoint) => {
      const rule = strike(endpoint, lostAnswers);
      if (rule === undefined) return undefined;
      return { kind: rule.does as LostAnswerKind, ms: rule.ms ?? defaultDelayMs };
    },
  };
}
