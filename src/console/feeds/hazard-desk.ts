import type { Hazard, Remark, Telegram } from "../../alerts/hazard.ts";
import type { Rules } from "../../alerts/rules/rule.ts";
import type { Values } from "../../shared/i18n.ts";
import type { Actor } from "../../staff/permissions.ts";
import type { MaintenanceNow } from "../calls/banners.tsx";

/** What was decided about one subject of a telegram, or about the telegram as a whole. */
export interface Ruling {
  subject: string | undefined;
  do: "nothing" | "draft" | "automatic" | "followUp";
  rule: string | undefined;
  /** The code has a sentence in `locales/<language>/hazards-why.json`. */
  reasons: { code: string; values?: Values }[];
  /** What it raised. */
  alerts: string[];
}

/** One telegram that came in: what it said, what was read in it, what was decided. */
export interface Heard {
  id: string;
  receivedAt: number;
  telegram: Telegram;
  hazards: Hazard[];
  remarks: Remark[];
  rulings: Ruling[];
}

export const heardFilters = ["ours", "sent", "drafts", "ignored"] as const;
export type HeardFilter = (typeof heardFilters)[number];

/** What these pages ask of the hazard desk. */
export interface HazardDesk {
  /** Newest first. */
  list: (asked: { only?: HeardFilter; before?: string; limit: number }) => Promise<Heard[]>;
  find: (id: string) => Promise<Heard | undefined>;
  rules: () => Rules;
  maintenance: () => Promise<MaintenanceNow | undefined>;
  setMaintenance: (
    actor: Actor,
    ask: { on: boolean; note: string; until: number | undefined },
  ) => Promise<unknown>;
}

/** How an ear is: JMA's feeds that are fetched, or the door that the ward's own systems knock at. */
export interface Ear {
  id: "jma" | "inbound";
  /** `failing`: the last look failed, and it has not been silent for long yet. `off`: by the settings. */
  state: "well" | "starting" | "failing" | "silent" | "off";
  /** When the last look at it went well; undefined for what comes in by itself. */
  lastSuccessAt: number | undefined;
  /** When it last said something. */
  lastTelegramAt: number | undefined;
  silentSince: number | undefined;
  /** What went wrong last, in the words of whoever found out. */
  detail: string | undefined;
}
