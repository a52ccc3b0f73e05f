import type { Repeat } from "../../broadcasts/schedule.ts";
import type { Fields } from "../../broadcasts/working-copy-store.ts";

/** How a repeat is asked for: days of the month or of the week and a time, or a pattern for what these cannot say. */
export interface RepeatFields {
  kind: "month" | "week" | "cron";
  monthDays: string[];
  /** 0 is Sunday. */
  weekdays: string[];
  /** `09:00`. */
  time: string;
  cron: string;
  /** Days on which it does not go; commas may stand between. */
  except: string[];
  /** The last day; "" when it has none, undefined when the form did not show it. */
  until: string | undefined;
}

export const emptyRepeat: RepeatFields = {
  kind: "month",
  monthDays: [],
  weekdays: [],
  time: "09:00",
  cron: "",
  except: [],
  until: "",
};

export function readRepeat(
  one: (name: string) => string,
  many: (name: string) => string[],
  has: (name: string) => boolean,
): RepeatFields {
  const cron = one("cron");
  const kinds = ["month", "week", "cron"] as const;
  return {
    kind: kinds.find((kind) => kind === one("repeatKind")) ?? (cron === "" ? "month" : "cron"),
    monthDays: many("monthDay"),
    weekdays: many("weekday"),
    time: one("repeatTime") === "" ? emptyRepeat.time : one("repeatTime"),
    cron,
    except: many("except")
      .flatMap((text) => text.split(/[\s,、]+/))
      .filter((day) => day !== ""),
    until: has("until") ? one("until") : undefined,
  };
}

export function repeatFieldsOf({ kind, monthDays, weekdays, time, cron, except }: RepeatFields): Fields {
  return { repeatKind: kind, monthDay: monthDays, weekday: weekdays, repeatTime: time, cron, except };
}

/** The repeat in the shape that the API takes too; an impossible one keeps its shape and is refused by the rules. */
export function toRepeat(fields: RepeatFields, existing: Repeat | undefined): Record<string, unknown> {
  const { except } = fields;
  const until = fields.until ?? existing?.until ?? "";
  return {
    cron: patternOf(fields),
    ...(except.length === 0 ? {} : { except }),
    ...(until === "" ? {} : { until }),
  };
}

function patternOf({ kind, monthDays, weekdays, time, cron }: RepeatFields): string {
  if (kind === "cron") return cron.trim();
  const [hour = "", minute = ""] = time.split(":");
  const at = `${Number(minute)} ${Number(hour)}`;
  return kind === "month" ? `${at} ${monthDays.join(",")} * *` : `${at} * * ${weekdays.join(",")}`;
}

/** What the form shows of a repeat that exists. */
export function fieldsOfRepeat({ cron, except = [], until = "" }: Repeat): RepeatFields {
  const common = { ...emptyRepeat, except, until };
  const [, minute, hour, days = "", weekdays = ""] =
    /^(\d{1,2}) (\d{1,2}) (\*|[\d,]+) \* (\*|[0-6,]+)$/.exec(cron.trim()) ?? [];
  const time = `${hour?.padStart(2, "0")}:${minute?.padStart(2, "0")}`;
  if (minute === undefined || (days === "*") === (weekdays === "*")) return { ...common, kind: "cron", cron };
  return days === "*"
    ? { ...common, kind: "week", weekdays: weekdays.split(","), time }
    : { ...common, kind: "month", monthDays: days.split(","), time };
}
