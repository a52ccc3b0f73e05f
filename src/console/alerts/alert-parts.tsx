import { type Alert, isOpen } from "../../alerts/alert.ts";
import { draftLifeMs } from "../../alerts/confirm.ts";
import type { Template } from "../../alerts/templates/template.ts";
import type { Mode } from "../../outbox/order.ts";
import { type Page, listed } from "../page.ts";

/** The level as it is officially called, beside its colour: never said by the colour alone. */
export function LevelChip({
  page,
  level,
  tone,
}: {
  page: Page;
  level: number | undefined;
  tone: Template["tone"];
}) {
  if (level === undefined) return <span class={`level tone-${tone}`} aria-hidden="true" />;
  return <span class={`level level-${level}`}>{page.say("alerts:level", { level })}</span>;
}

/** Nothing for what is meant; a drill says so. */
export function ModeMark({ page, mode }: { page: Page; mode: Mode }) {
  return mode === "live" ? null : <span class="mode-mark">{page.say(`alerts:mode.${mode}`)}</span>;
}

/** Where it stands, for people: `state` of the broadcast, and whether it is over. */
export type Standing = "waiting" | "open" | "stopped" | "over" | "discarded";

export function standingOf(alert: Alert, now: number): Standing {
  if (alert.confirmedAt === undefined)
    return alert.state === "draft" && lapsesAt(alert) > now ? "waiting" : "discarded";
  if (!isOpen(alert, now)) return "over";
  return alert.state === "stopped" ? "stopped" : "open";
}

/** Until when it can be confirmed. */
export function lapsesAt({ raisedAt, expiresAt }: Alert): number {
  return Math.min(raisedAt + draftLifeMs, expiresAt);
}

export function StandingMark({ page, alert, now }: { page: Page; alert: Alert; now: number }) {
  const standing = standingOf(alert, now);
  // An all-clear is told and done: in red, as in force, it would read as the danger itself.
  const shown = standing === "open" && alert.kind === "allClear" ? "told" : standing;
  return <span class={`standing ${shown}`}>{page.say(`alerts:standing.${shown}`)}</span>;
}

/** 「あと2時間10分」, and 「あと2時間」 when nothing is left over. */
export function timeLeft({ say }: Page, until: number, now: number): string {
  const minutes = Math.max(0, Math.ceil((until - now) / 60_000));
  const [days, hours] = [Math.floor(minutes / 1_440), Math.floor(minutes / 60)];
  if (hours === 0) return say("alerts:left.minutes", { minutes });
  if (days === 0)
    return say(minutes % 60 === 0 ? "alerts:left.fullHours" : "alerts:left.hours", {
      hours,
      minutes: minutes % 60,
    });
  return say(hours % 24 === 0 ? "alerts:left.fullDays" : "alerts:left.days", { days, hours: hours % 24 });
}

/** The places it is for, by their names. */
export function placesIn(page: Page, districts: readonly string[] | undefined): string {
  const { ward, language } = page;
  return districts === undefined
    ? page.say("alerts:wholeWard", { ward: ward.wardName(language) })
    : listed(
        page,
        districts.map((id) => ward.name("districts", id, language)),
      );
}
