import type { Addressees } from "../../broadcasts/addressees.ts";
import type { Hazard, Reading } from "../hazards/hazard.ts";
import type { Rules } from "./rule.ts";
import type { HazardState } from "./state.ts";

/** An alert that a hazard led to, as far as deciding needs it. */
export interface KnownAlert {
  id: string;
  /** Confirmed by a person or a rule: somebody may have been handed it. */
  sent: boolean;
  /** Lifted, corrected or ended already: there is nothing more to say about it. */
  ended: boolean;
  /** A person looked at the draft and threw it away. */
  thrownAway: boolean;
  audience: Addressees;
}

/** Everything that a decision stands on; nothing else is asked. */
export interface Circumstances {
  reading: Reading;
  rules: Rules;
  now: number;
  /** Alerts that rules sent, and drafts that rules made, in the last hour. */
  sentInLastHour: number;
  draftedInLastHour: number;
  /** Whether a person switched automatic sending off. */
  maintenance: boolean;
}

export interface Situation extends Circumstances {
  hazard: Hazard;
  /** What is known about the hazard's subject. */
  state: HazardState | undefined;
  /** The alerts that the state names. */
  alerts: readonly KnownAlert[];
  /** The drafts that wait for a person by the state, follow-ups included; what was confirmed is not among them. */
  waiting: readonly KnownAlert[];
}
