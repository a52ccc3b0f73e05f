/** The switch as it was filled in. */
export interface MaintenanceForm {
  note: string;
  /** `2026-12-01T21:30` in Tokyo, or empty: until somebody turns it off. */
  until: string;
  problems: { note?: "empty" | "tooLong"; until?: "badTime" | "past" };
}

export const emptyForm: MaintenanceForm = { note: "", until: "", problems: {} };

const longestNote = 200;

/** Reads the form; `until` is the instant, undefined where none was given. */
export function readMaintenance(
  typed: { note: string; until: string },
  now: number,
): { form: MaintenanceForm; until: number | undefined } {
  const note = typed.note.trim();
  const until = typed.until === "" ? undefined : instantOf(typed.until);
  const problems: MaintenanceForm["problems"] = {
    ...(note === "" ? { note: "empty" as const } : {}),
    ...(note.length > longestNote ? { note: "tooLong" as const } : {}),
    ...(until !== undefined && Number.isNaN(until) ? { until: "badTime" as const } : {}),
    ...(until !== undefined && until <= now ? { until: "past" as const } : {}),
  };
  return { form: { ...typed, problems }, until };
}

function instantOf(local: string): number {
  return /^20\d\d-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00+09:00`) : Number.NaN;
}
