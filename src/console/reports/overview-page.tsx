import { drawBars, drawColumns, drawPairs } from "../../reports/charts/charts.ts";
import type { FigureTable } from "../../reports/figure-table.ts";
import type { Period, PeriodReport } from "../../reports/period-report.ts";
import type { SentBroadcast } from "../../reports/totals-store.ts";
import { asDocument } from "../document.tsx";
import { Field } from "../form-parts.tsx";
import { type Page, writtenNumber } from "../page.ts";
import { sentTable } from "./broadcast-tables.ts";
import { Figures, Subject, Moves } from "./parts.tsx";
import { people, writtenMonth } from "./written.ts";

interface Props {
  page: Page;
  period: Period;
  report: PeriodReport;
  /** The newest of the period. */
  sent: SentBroadcast[];
  /** What was wrong with the period that was asked for. */
  problem: string | undefined;
}

export function monthsTable(page: Page, { months, total }: PeriodReport): FigureTable {
  const { say } = page;
  const cells = (name: string, sums: PeriodReport["total"]) => [
    name,
    sums.broadcasts,
    sums.accepted,
    sums.taps,
    sums.follows,
    sums.leaves,
  ];
  return {
    id: "by-month",
    caption: say("reports:months.title"),
    columns: ["month", "broadcasts", "reach", "taps", "follows", "leaves"].map((column) =>
      say(`reports:column.${column}`),
    ),
    rows: months.map((each) => ({ cells: cells(writtenMonth(page, each.month), each) })),
    total: cells(say("reports:total"), total),
  };
}

/** Who began to follow and who left, by month. */
export function movesTable(page: Page, { months, total }: PeriodReport): FigureTable {
  const { say } = page;
  return {
    id: "moves",
    caption: say("reports:moves.title"),
    columns: ["month", "follows", "leaves"].map((column) => say(`reports:column.${column}`)),
    rows: months.map(({ month, follows, leaves }) => ({
      cells: [writtenMonth(page, month), follows, leaves],
    })),
    total: [say("reports:total"), total.follows, total.leaves],
  };
}

/** In the order of the ward's profile; rules without a category at the end. Not added up: one broadcast may stand in several. */
export function categoriesTable(page: Page, { categories }: PeriodReport): FigureTable {
  const { say } = page;
  const known = page.ward.categories.map(({ id }) => id);
  const place = (id: string) => {
    if (id === "") return Infinity;
    return known.includes(id) ? known.indexOf(id) : known.length;
  };
  return {
    id: "by-category",
    caption: say("reports:categories.title"),
    columns: ["category", "broadcasts", "reach", "taps", "leaves24"].map((column) =>
      say(`reports:column.${column}`),
    ),
    rows: categories
      .toSorted((a, b) => place(a.category) - place(b.category))
      .map(({ category, broadcasts, accepted, taps, leavesAfter }) => ({
        cells: [nameOfCategory(page, category), broadcasts, accepted, taps, leavesAfter],
      })),
  };
}

function nameOfCategory(page: Page, id: string): string {
  return id === "" ? page.say("reports:categories.none") : page.ward.name("categories", id, page.language);
}

export function periodTable(page: Page, sent: SentBroadcast[]): FigureTable {
  return sentTable(page, sent, {
    id: "broadcasts",
    caption: page.say("reports:sent.title"),
    summed: false,
  });
}

export async function overviewPage(props: Props): Promise<string> {
  const { page, report } = props;
  const { say } = page;
  const words = (key: string) => ({
    label: say(key),
    number: (value: number) => writtenNumber(page, value),
  });
  const short = (month: string) => writtenMonth(page, month, true);
  const column = (value: (month: PeriodReport["months"][number]) => number) =>
    report.months.map((each) => ({ at: each.month, value: value(each) }));
  const charts = {
    reach: await drawColumns(
      words("reports:months.reachChart"),
      column((each) => each.accepted),
      short,
    ),
    moves: await drawPairs(
      words("reports:moves.chart"),
      report.months.map(({ month, follows, leaves }) => ({ at: month, up: follows, down: leaves })),
      short,
    ),
    categories: await drawBars(
      words("reports:categories.chart"),
      categoriesTable(page, report).rows.map(({ cells }) => ({
        name: String(cells[0]),
        value: Number(cells[1]),
      })),
    ),
  };
  return asDocument({
    page,
    title: say("reports:nav.reports"),
    children: <View {...props} charts={charts} />,
  });
}

function View({ page, period, report, sent, problem, charts }: Props & { charts: Record<string, string> }) {
  const { say } = page;
  const { total } = report;
  const query = `?from=${period.from}&to=${period.to}`;
  const figure = (name: string, amount: string) => ({
    name: say(`reports:overview.${name}.name`),
    amount,
    means: say(`reports:overview.${name}.means`),
  });
  return (
    <>
      <p class="lead">{say("reports:overview.lead")}</p>
      <form class="period" method="get" action="/console/reports">
        <Field name="from" type="month" label={say("reports:period.from")} value={period.from} />
        <Field name="to" type="month" label={say("reports:period.to")} value={period.to} />
        <button class="secondary">{say("reports:period.show")}</button>
      </form>
      {problem !== undefined && (
        <div class="problems" role="alert">
          <p>{problem}</p>
        </div>
      )}
      <Figures
        figures={[
          figure("broadcasts", say("reports:notices", { count: writtenNumber(page, total.broadcasts) })),
          figure("reach", say("reports:copies", { count: writtenNumber(page, total.accepted) })),
          figure("taps", say("reports:times", { count: writtenNumber(page, total.taps) })),
          figure("leaves", people(page, total.leaves)),
        ]}
      />
      <div class="subjects">
        <Subject
          page={page}
          title={say("reports:months.title")}
          means={say("reports:months.means")}
          chart={charts["reach"]}
          table={monthsTable(page, report)}
          file={`/console/reports/by-month.csv${query}`}
          nothing={say("reports:sent.nothing")}
        />
        <Moves
          page={page}
          chart={charts["moves"]}
          table={movesTable(page, report)}
          file={`/console/reports/moves.csv${query}`}
          nothing={say("reports:sent.nothing")}
        />
        <Subject
          page={page}
          title={say("reports:categories.title")}
          means={say("reports:categories.means")}
          chart={charts["categories"]}
          table={categoriesTable(page, report)}
          file={`/console/reports/by-category.csv${query}`}
          nothing={say("reports:sent.nothing")}
        />
        <Subject
          page={page}
          title={say("reports:sent.title")}
          means={say("reports:sent.means")}
          table={periodTable(page, sent)}
          file={`/console/reports/broadcasts.csv${query}`}
          nothing={say("reports:sent.nothing")}
          wide
        />
      </div>
    </>
  );
}
