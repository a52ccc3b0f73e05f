import type { HoldState } from "../../outbox/hold.ts";
import { type Page, writtenNumber } from "../page.ts";

export interface Health {
  /** What keeps the program from working, by part; empty when all is well. */
  faults: Record<string, string>;
  hold: HoldState | undefined;
  /** Residents whose turn has not come, of everything that goes. */
  waiting: number;
}

/** Health in one line: a mark, a word for each part, and what waits. */
export function HealthLine({ page, health }: { page: Page; health: Health }) {
  const { say } = page;
  const { faults, hold, waiting } = health;
  const parts = ["database", "dispatcher"] as const;
  const isWell = Object.keys(faults).length === 0 && hold === undefined;
  return (
    <p class={`health ${isWell ? "well" : "ill"}`}>
      <strong>{say(isWell ? "desk:health.well" : "desk:health.ill")}</strong>{" "}
      {parts.map((part) => (
        <span>{say(`desk:health.${part}.${faults[part] === undefined ? "well" : "ill"}`)} </span>
      ))}
      <span>{say(`desk:health.line.${hold?.reason ?? "well"}`)} </span>
      <span>{say("desk:health.waiting", { count: writtenNumber(page, waiting) })}</span>
    </p>
  );
}
