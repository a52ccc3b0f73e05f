import type { Clock } from "../../shared/clock.ts";
import type { Ids } from "../../shared/ids.ts";
import type { Logger } from "../../shared/logger.ts";
import type { Alert } from "../alert.ts";
import type { RuleAsk } from "../raise.ts";
import type { HazardStore } from "./hazard-store.ts";
import type { Rules } from "../rules/rule.ts";
import type { HazardCallKind } from "../calls/call-kinds.ts";
import type { Template } from "../templates/template.ts";

/** What written rules may do with alerts. */
export interface AlertsByRule {
  raiseByRule(ask: RuleAsk): Promise<Alert | { refused: string; problems?: unknown }>;
  /** Throws away a draft that nobody confirmed. False when somebody has confirmed it meanwhile. */
  discardByRule(id: string): Promise<boolean>;
  /** Over without a word to anybody: something better was said to the same people. */
  endByRule(id: string): Promise<void>;
  find(id: string): Promise<Alert | undefined>;
}

export interface HazardDeskDeps {
  store: HazardStore;
  alerts: AlertsByRule;
  templates: { find(id: string): Template | undefined };
  rules: Rules;
  ward: { languages: readonly string[] };
  call(call: {
    kind: HazardCallKind;
    role: "dutyOfficer";
    hazard: string;
    values: Record<string, string>;
    /** A second call for the same is none. */
    once: string;
  }): Promise<void>;
  clock: Clock;
  ids: Ids;
  log: Logger;
}
