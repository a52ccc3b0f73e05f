import type { Contents } from "../messages/contents.ts";
import type { Mode } from "../outbox/order.ts";
import type { Addressees } from "./addressees.ts";
import type { BroadcastKind, BroadcastState } from "./lifecycle.ts";
import type { Repeat } from "./schedule.ts";

/** One notice (配信): contents per language, an audience, a time, a state, an authority. Times are milliseconds, UTC. */
export interface Broadcast {
  id: string;
  /** A notice is written, approved and scheduled; an alert is raised from a template and confirmed (src/alerts). */
  kind: BroadcastKind;
  /** Stamped at birth and never changed (invariant 8). Notices are always meant. */
  mode: Mode;
  title: string;
  state: BroadcastState;
  /** Grows with every change; whoever acts says which version they saw. */
  version: number;
  audience: Addressees;
  contents: Contents;
  /** What to do for readers of a language without a text (invariant 12). */
  missingTranslations: "refuse" | "fallback";
  /** Undefined: it goes when approved. */
  sendAt: number | undefined;
  /** How late it may still go when its time passed unnoticed. */
  graceMs: number;
  repeat: Repeat | undefined;
  /** When it goes; for a repeating one, when its next occurrence goes. */
  dueAt: number | undefined;
  /** The repeating broadcast this one is an occurrence of. */
  seriesId: string | undefined;
  authorId: string;
  /** Everybody who wrote or submitted it. None of them may approve it. */
  writers: string[];
  approvedBy: string | undefined;
  approvedAt: number | undefined;
  begunAt: number | undefined;
  finishedAt: number | undefined;
  stoppedBy: string | undefined;
  comment: string | undefined;
  createdAt: number;
  updatedAt: number;
}
