import type { Appointment } from "../../broadcasts/agenda.ts";
import { holidayOn } from "../../shared/holidays.ts";
import { tokyoDate } from "../../shared/tokyo.ts";
import type { Page } from "../page.ts";
import { State } from "./state.tsx";
import { dayMs, weekdayOf, writtenClock, writtenDay } from "./times.ts";

interface Props {
  page: Page;
  appointments: Appointment[];
  /** When this day began in Tokyo. */
  today: number;
}

const days = 7;

/** Today and the six days after it, with what goes on each. */
export function Week({ page, appointments, today }: Props) {
  const { say, language } = page;
  return (
    <ol class="week">
      {Array.from({ length: days }, (_, index) => {
        const at = today + index * dayMs;
        const day = tokyoDate(at);
        const holiday = holidayOn(day, language);
        const mine = appointments.filter((each) => tokyoDate(each.at) === day);
        return (
          <li class={dayClass(day, holiday)}>
            <h3>
              {writtenDay(page, at)}
              {index === 0 && <span class="today">{say("desk:week.today")}</span>}
              {holiday !== undefined && <span class="holiday">{holiday}</span>}
            </h3>
            {mine.length === 0 ? (
              <p class="nothing">{say("desk:week.nothing")}</p>
            ) : (
              <ul>
                {mine.map((each) => (
                  <AppointmentLine page={page} appointment={each} />
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** One appointment, in the week list and in the calendar alike. */
export function AppointmentLine({ page, appointment }: { page: Page; appointment: Appointment }) {
  const { at, broadcast, repeats, andMore } = appointment;
  return (
    <li>
      <time datetime={new Date(at).toISOString()}>{writtenClock(page, at)}</time>{" "}
      <a href={`/console/broadcasts/${broadcast.id}`}>{broadcast.title}</a>{" "}
      {(repeats || broadcast.seriesId !== undefined) && (
        <span class="repeats">{page.say("desk:week.repeats")}</span>
      )}{" "}
      <State page={page} state={broadcast.state} />
      {andMore && <p class="hint">{page.say("desk:week.andMore")}</p>}
    </li>
  );
}

export function dayClass(day: string, holiday: string | undefined): string {
  const weekday = weekdayOf(day);
  if (holiday !== undefined || weekday === 0) return "day sunday";
  return weekday === 6 ? "day saturday" : "day";
}
