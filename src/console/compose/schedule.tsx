import { Choice, Field } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import type { DraftForm } from "./draft-form.ts";
import type { RepeatFields } from "./repeat-fields.ts";

/** When it goes: on approval, at a time, or again and again. */
export function Schedule({ page, form }: { page: Page; form: DraftForm }) {
  const say = (key: string) => page.say(`compose:${key}`);
  const when = (value: DraftForm["when"], label: string) => (
    <Choice type="radio" name="when" value={value} checked={form.when === value} label={label} />
  );
  return (
    <fieldset id="when">
      <legend>{say("when")}</legend>
      {when("approved", say("onApproval"))}
      {when("time", say("atTime"))}
      <div class="when-time">
        <Field name="sendAt" label={say("sendAt")} value={form.sendAt} type="datetime-local" />
      </div>
      {when("repeat", say("repeat"))}
      <div class="when-repeat">
        <RepeatChoice page={page} repeat={form.repeat} />
      </div>
    </fieldset>
  );
}

const monthDays = Array.from({ length: 31 }, (_, index) => String(index + 1));
/** As weeks are read in Japan's offices: Monday first. */
const weekdays = ["1", "2", "3", "4", "5", "6", "0"];

function RepeatChoice({ page, repeat }: { page: Page; repeat: RepeatFields }) {
  const say = (key: string) => page.say(`compose:${key}`);
  const kind = (value: RepeatFields["kind"]) => (
    <Choice
      type="radio"
      name="repeatKind"
      value={value}
      checked={repeat.kind === value}
      label={say(`repeatKind.${value}`)}
    />
  );
  return (
    <fieldset class="repeat">
      <legend class="visually-hidden">{say("repeat")}</legend>
      {kind("month")}
      <div class="repeat-month day-choices">
        {monthDays.map((day) => (
          <label class="day-choice">
            <input type="checkbox" name="monthDay" value={day} checked={repeat.monthDays.includes(day)} />
            <span>
              {day}
              <span class="visually-hidden">{say("dayOfMonth")}</span>
            </span>
          </label>
        ))}
      </div>
      {kind("week")}
      <div class="repeat-week day-choices">
        {weekdays.map((day) => (
          <label class="day-choice">
            <input type="checkbox" name="weekday" value={day} checked={repeat.weekdays.includes(day)} />
            <span>{say(`weekday.${day}`)}</span>
          </label>
        ))}
      </div>
      {kind("cron")}
      <div class="repeat-cron">
        <Field name="cron" label={say("cron")} hint={say("cronHint")} value={repeat.cron} />
      </div>
      <div class="row">
        <div class="repeat-time">
          <Field name="repeatTime" label={say("repeatTime")} value={repeat.time} type="time" />
        </div>
        <Field name="until" label={say("until")} value={repeat.until ?? ""} type="date" />
      </div>
      <Exceptions page={page} days={repeat.except} />
    </fieldset>
  );
}

/** The days on which it does not go, with room for more. */
function Exceptions({ page, days }: { page: Page; days: string[] }) {
  const say = (key: string) => page.say(`compose:${key}`);
  return (
    <div class="field" role="group" aria-labelledby="except-label">
      <span class="label" id="except-label">
        {say("except")}
      </span>
      <div class="exceptions">
        {[...days, "", ""].map((day, index) => (
          <input type="date" name="except" value={day} aria-label={`${say("except")} ${index + 1}`} />
        ))}
        <button type="button" class="plain" data-add-exception hidden>
          {say("exceptMore")}
        </button>
      </div>
    </div>
  );
}
