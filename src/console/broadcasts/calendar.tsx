import type { Appointment } from "../../broadcasts/agenda.ts";
import { holidayOn } from "../../shared/holidays.ts";
import { tokyoDate } from "../../shared/tokyo.ts";
import { asDocument } from "../document.tsx";
import type { Page } from "../page.ts";
import { dayMs, monthAfter, startOfDay, weekdayOf, weekdays, writtenDay, writtenMonth } from "./times.ts";
import { AppointmentLine, dayClass } from "./week.tsx";

export interface CalendarView {
  /** `2026-12`. */
  month: string;
  appointments: Appointment[];
  now: number;
}

/** More on one day are folded away. */
const shownOnADay = 6;

export function calendarPage(page: Page, view: CalendarView): string {
  const title = page.say("desk:calendar.title", { month: writtenMonth(page, view.month) });
  return asDocument({ page, title, children: <Calendar page={page} {...view} /> });
}

function Calendar({ page, month, appointments, now }: { page: Page } & CalendarView) {
  const { say } = page;
  const today = tokyoDate(now);
  const byDay = new Map<string, Appointment[]>();
  for (const each of appointments) {
    const day = tokyoDate(each.at);
    byDay.set(day, [...(byDay.get(day) ?? []), each]);
  }
  return (
    <section class="panel">
      <nav class="months" aria-label={say("desk:calendar.months")}>
        <a href={`/console/calendar?month=${monthAfter(month, -1)}`}>
          {say("desk:calendar.earlier", { month: writtenMonth(page, monthAfter(month, -1)) })}
        </a>
        {month !== today.slice(0, 7) && <a href="/console/calendar">{say("desk:calendar.this")}</a>}
        <a href={`/console/calendar?month=${monthAfter(month, 1)}`}>
          {say("desk:calendar.later", { month: writtenMonth(page, monthAfter(month, 1)) })}
        </a>
      </nav>
      {appointments.length === 0 && <p class="nothing">{say("desk:calendar.nothing")}</p>}
      <table class="calendar" role="table">
        <caption class="visually-hidden">
          {say("desk:calendar.title", { month: writtenMonth(page, month) })}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            {weekdays(page).map((name) => (
              <th scope="col" role="columnheader">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {weeksOf(month).map((week) => (
            <tr role="row">
              {week.map((day) =>
                day === undefined ? (
                  <td class="outside" role="cell" />
                ) : (
                  <Day page={page} day={day} isToday={day === today} appointments={byDay.get(day) ?? []} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface DayProps {
  page: Page;
  day: string;
  isToday: boolean;
  appointments: Appointment[];
}

function Day({ page, day, isToday, appointments }: DayProps) {
  const { say, language } = page;
  const holiday = holidayOn(day, language);
  const lines = appointments.map((each) => <AppointmentLine page={page} appointment={each} />);
  const empty = lines.length === 0 && holiday === undefined && !isToday;
  return (
    <td role="cell" class={`${dayClass(day, holiday)}${empty ? " empty" : ""}${isToday ? " is-today" : ""}`}>
      <p class="date">
        <span aria-hidden="true" class="number">
          {Number(day.slice(8))}
        </span>
        <span class="whole">{writtenDay(page, startOfDay(day))}</span>
        {isToday && <span class="today">{say("desk:week.today")}</span>}
        {holiday !== undefined && <span class="holiday">{holiday}</span>}
      </p>
      {lines.length > 0 && <ul>{lines.slice(0, shownOnADay)}</ul>}
      {lines.length > shownOnADay && (
        <details>
          <summary>{say("desk:calendar.more", { count: lines.length - shownOnADay })}</summary>
          <ul>{lines.slice(shownOnADay)}</ul>
        </details>
      )}
    </td>
  );
}

/** The days of a month in weeks from Sunday; undefined where another month's day would stand. */
function weeksOf(month: string): (string | undefined)[][] {
  const first = startOfDay(`${month}-01`);
  const days = Math.round((startOfDay(`${monthAfter(month, 1)}-01`) - first) / dayMs);
  const before = weekdayOf(`${month}-01`);
  return Array.from({ length: Math.ceil((before + days) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_each, weekday) => {
      const index = week * 7 + weekday - before;
      return index >= 0 && index < days ? tokyoDate(first + index * dayMs) : undefined;
    }),
  );
}
