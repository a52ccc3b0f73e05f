import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { BroadcastReport } from "../../reports/broadcast-report.ts";
import { drawBars, drawColumns, drawPairs } from "../../reports/charts/charts.ts";
import type { SentBroadcast } from "../../reports/totals-store.ts";
import { addDays } from "../../shared/tokyo.ts";
import { asDocument } from "../document.tsx";
import { type Page, writtenNumber, writtenTime } from "../page.ts";
import {
  afterTable,
  grouped,
  hoursAfter,
  inOrder,
  languagesTable,
  sentTable,
  tapsTable,
} from "./broadcast-tables.ts";
import { type Figure, Figures, Subject } from "./parts.tsx";
import { nameOfLanguage, people, writtenDay, writtenDuration, writtenHour, writtenShare } from "./written.ts";

interface Props {
  page: Page;
  broadcast: Broadcast;
  explanation: string;
  /** Undefined when nothing was sent yet. */
  report: BroadcastReport | undefined;
  /** Of a repeating broadcast. */
  occurrences: SentBroadcast[];
}

interface Charts {
  languages: string;
  taps: string;
  after: string;
}

export async function broadcastReportPage(props: Props): Promise<string> {
  const { page, broadcast, report } = props;
  const charts = report === undefined ? undefined : await drawAll(page, report);
  return asDocument({
    page,
    title: page.say("reports:broadcast.title", { title: broadcast.title }),
    children: <View {...props} charts={charts} />,
  });
}

async function drawAll(page: Page, report: BroadcastReport): Promise<Charts> {
  const { say } = page;
  const words = (key: string) => ({
    label: say(key),
    number: (value: number) => writtenNumber(page, value),
  });
  const { byLanguage } = report.delivery;
  const hours = hoursAfter(report);
  return {
    languages: await drawBars(
      words("reports:languages.chart"),
      inOrder(page, Object.keys(byLanguage)).map((id) => ({
        name: nameOfLanguage(page, id),
        value: byLanguage[id]?.accepted ?? 0,
      })),
    ),
    taps: await drawColumns(words("reports:taps.chart"), tapsByDay(report), (day) =>
      writtenDay(page, day, true),
    ),
    after: await drawPairs(
      words("reports:after.chart"),
      hours.map(({ at, follows, leaves }) => ({ at: String(at), up: follows, down: leaves })),
      (at) => writtenHour(page, Number(at), true),
    ),
  };
}

/** Every day from the first tap to the last, at most the first 60. */
function tapsByDay({ taps }: BroadcastReport): { at: string; value: number }[] {
  const [first, last] = [taps[0]?.day, taps.at(-1)?.day];
  const days: { at: string; value: number }[] = [];
  if (first === undefined || last === undefined) return days;
  for (let day = first; day <= last && days.length < 60; day = addDays(day, 1))
    days.push({
      at: day,
      value: taps.filter((each) => each.day === day).reduce((sum, each) => sum + each.taps, 0),
    });
  return days;
}

function View({
  page,
  broadcast,
  explanation,
  report,
  occurrences,
  charts,
}: Props & { charts?: Charts | undefined }) {
  const { say } = page;
  const here = `/console/broadcasts/${broadcast.id}`;
  const series = broadcast.repeat !== undefined;
  const over = broadcast.state === "cancelled" || broadcast.state === "missed";
  return (
    <>
      <p class="lead">
        <a href={here}>{say("reports:broadcast.back")}</a>
        {broadcast.seriesId !== undefined && (
          <>
            {" ・ "}
            <a href={`/console/broadcasts/${broadcast.seriesId}/report`}>{say("reports:broadcast.series")}</a>
          </>
        )}
      </p>
      <p class="lead">
        {say("reports:broadcast.who", { rule: explanation })}
        {broadcast.begunAt !== undefined && (
          <> {say("reports:broadcast.begun", { time: writtenTime(page, broadcast.begunAt) })}</>
        )}
      </p>
      {report === undefined && !series && (
        <section>
          <p class="nothing">{say(over ? "reports:broadcast.neverSent" : "reports:broadcast.notYet")}</p>
        </section>
      )}
      {report !== undefined && charts !== undefined && (
        <>
          <Figures figures={figuresOf(page, report)} />
          <div class="subjects">
            <Subject
              page={page}
              title={say("reports:languages.title")}
              means={say("reports:languages.means")}
              chart={charts.languages}
              table={languagesTable(page, report)}
              file={`${here}/report/languages.csv`}
              nothing={say("reports:languages.nothing")}
            />
            <Subject
              page={page}
              title={say("reports:taps.title")}
              means={say("reports:taps.means")}
              chart={charts.taps}
              table={tapsTable(page, report)}
              file={`${here}/report/taps.csv`}
              nothing={say("reports:taps.nothing")}
            />
            <Subject
              page={page}
              title={say("reports:after.title")}
              means={say(report.after.over ? "reports:after.means" : "reports:after.running")}
              chart={charts.after}
              legend={[
                { name: say("reports:column.follows"), kind: "up" },
                { name: say("reports:column.leaves"), kind: "down" },
              ]}
              table={afterTable(page, report)}
              file={`${here}/report/after.csv`}
              nothing={say("reports:after.nothing")}
            />
          </div>
        </>
      )}
      {series && (
        <div class="subjects">
          <Subject
            page={page}
            title={say("reports:occurrences.title")}
            means={say("reports:occurrences.means")}
            table={sentTable(page, occurrences, {
              id: "occurrences",
              caption: say("reports:occurrences.title"),
              summed: true,
            })}
            file={`${here}/report/occurrences.csv`}
            nothing={say("reports:occurrences.nothing")}
            wide
          />
        </div>
      )}
    </>
  );
}

function figuresOf(page: Page, { delivery, taps, after, pace }: BroadcastReport): Figure[] {
  const { say } = page;
  const counts = grouped(delivery);
  const tapped = taps.reduce((sum, each) => sum + each.taps, 0);
  const figure = (name: string, amount: string, values: Record<string, string> = {}): Figure => ({
    name: say(`reports:figure.${name}.name`),
    amount,
    means: say(`reports:figure.${name}.means`, values),
  });
  return [
    figure("planned", people(page, delivery.planned)),
    figure("accepted", people(page, counts.accepted)),
    ...(counts.refused > 0 ? [{ ...figure("refused", people(page, counts.refused)), warn: true }] : []),
    ...(counts.waiting > 0 ? [figure("waiting", people(page, counts.waiting))] : []),
    ...(counts.undetermined > 0
      ? [{ ...figure("undetermined", people(page, counts.undetermined)), warn: true }]
      : []),
    ...(counts.dropped > 0 ? [figure("dropped", people(page, counts.dropped))] : []),
    figure("taps", say("reports:times", { count: writtenNumber(page, tapped) }), {
      share: writtenShare(page, tapped, counts.accepted) ?? "–",
    }),
    figure("leaves", people(page, after.moves.leaves), { follows: people(page, after.moves.follows) }),
    ...(pace === undefined
      ? []
      : [
          figure("pace", writtenDuration(page, pace.tookMs), {
            time: writtenTime(page, pace.lastAt),
            rate: writtenNumber(page, pace.perSecond),
          }),
        ]),
  ];
}
