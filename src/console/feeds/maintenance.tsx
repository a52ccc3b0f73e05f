import { may } from "../../staff/permissions.ts";
import { writtenMoment } from "../broadcasts/times.ts";
import type { MaintenanceNow } from "../calls/standing.ts";
import { Field, Problems } from "../form-parts.tsx";
import type { SignedInPage } from "../page.ts";
import type { MaintenanceForm } from "./maintenance-form.ts";

interface Props {
  page: SignedInPage;
  maintenance: MaintenanceNow | undefined;
  /** What was typed and refused. */
  form: MaintenanceForm;
  now: number;
}

/** The switch that stops automatic sending while something is repaired: whoever may turn it sees what it does. */
export function Maintenance({ page, maintenance, form, now }: Props) {
  const { say, actor } = page;
  const mayTurn = may(actor, "feed.manage");
  return (
    <section class="panel maintenance" aria-labelledby="maintenance">
      <h2 id="maintenance">{say("feeds-page:maintenance.title")}</h2>
      {maintenance === undefined ? (
        <p>{say("feeds-page:maintenance.off")}</p>
      ) : (
        <p class="warning">
          {say("feeds-page:maintenance.on", {
            name: maintenance.by,
            since: writtenMoment(page, maintenance.since, now),
          })}{" "}
          {maintenance.until !== undefined &&
            say("feeds-page:maintenance.endsAt", { time: writtenMoment(page, maintenance.until, now) })}{" "}
          {maintenance.note !== "" && <q>{maintenance.note}</q>}
        </p>
      )}
      {mayTurn && maintenance !== undefined && (
        <form method="post" action="/console/feeds/maintenance" data-once>
          <input type="hidden" name="turn" value="off" />
          <button>{say("feeds-page:maintenance.turnOff")}</button>
        </form>
      )}
      {mayTurn && maintenance === undefined && <TurnOn page={page} form={form} />}
    </section>
  );
}

function TurnOn({ page, form }: { page: SignedInPage; form: MaintenanceForm }) {
  const { say } = page;
  const problem = (field: "note" | "until") => {
    const code = form.problems[field];
    return code === undefined ? {} : { problem: say(`feeds-page:maintenance.problem.${code}`) };
  };
  const problems = (["note", "until"] as const).flatMap((field) => {
    const said = problem(field).problem;
    return said === undefined ? [] : [{ text: said, at: `f-${field}` }];
  });
  return (
    <details class="confirmed" open={problems.length > 0}>
      <summary class="button secondary">{say("feeds-page:maintenance.begin")}</summary>
      <form method="post" action="/console/feeds/maintenance" data-once novalidate>
        <input type="hidden" name="turn" value="on" />
        <Problems title={say("compose:problems")} problems={problems} />
        <p>{say("feeds-page:maintenance.means")}</p>
        <Field
          name="note"
          label={say("feeds-page:maintenance.note")}
          hint={say("feeds-page:maintenance.noteHint")}
          value={form.note}
          max={200}
          {...problem("note")}
        />
        <Field
          name="until"
          type="datetime-local"
          label={say("feeds-page:maintenance.until")}
          hint={say("feeds-page:maintenance.untilHint")}
          value={form.until}
          {...problem("until")}
        />
        <button class="danger">{say("feeds-page:maintenance.turnOn")}</button>
      </form>
    </details>
  );
}
