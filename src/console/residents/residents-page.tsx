import { drawBars, drawLines, drawPairs, drawSmall } from "../../reports/charts/charts.ts";
import type { Heads } from "../../reports/heads-now.ts";
import { type Trends, spans, thinned } from "../../reports/trends.ts";
import { asDocument } from "../document.tsx";
import { type Page, writtenNumber, writtenTime } from "../page.ts";
import { Figures, Subject, Moves } from "../reports/parts.tsx";
import { people, writtenChange, writtenDay, writtenMonth, writtenShare } from "../reports/written.ts";
import {
  type Group,
  districtsTable,
  entriesOf,
  groupTable,
  groups,
  headsTable,
  movesTable,
  of,
} from "./resident-tables.ts";

interface Props {
  page: Page;
  heads: Heads;
  trends: Trends;
}

/** So many days stand in a small line; a year of them would take 80 ms to draw. */
const inASmallLine = 24;
const rowsOnThePage = 31;

export async function residentsPage(props: Props): Promise<string> {
  const { page } = props;
  return asDocument({
    page,
    title: page.say("reports:nav.residents"),
    children: <View {...props} charts={await drawAll(props)} />,
  });
}

async function drawAll({ page, heads, trends }: Props): Promise<Record<string, string | undefined>> {
  const { say } = page;
  const words = (key: string) => ({
    label: say(key),
    number: (value: number) => writtenNumber(page, value),
  });
  const short = (at: string) =>
    trends.span === "30d" ? writtenDay(page, at, true) : writtenMonth(page, at.slice(0, 7), true);
  const points = (kind: "all" | "undecided") =>
    of(trends, kind).map(({ day, residents }) => ({ at: day, value: residents }));
  const charts: Record<string, string | undefined> = {
    moves: await drawPairs(
      words("reports:moves.chart"),
      trends.moves.map(({ at, follows, leaves }) => ({ at, up: follows, down: leaves })),
      short,
    ),
  };
  if (of(trends, "all").length > 1)
    charts["followers"] = await drawLines(
      words("reports:followers.chart"),
      [
        { name: "all", kind: "line-1", points: points("all") },
        { name: "undecided", kind: "line-2", points: points("undecided") },
      ],
      short,
    );
  for (const group of groups) charts[group] = await drawGroup(page, group, heads, trends);
  return charts;
}

/** Lines where there is a past, bars of today where there is none yet. */
async function drawGroup(page: Page, group: Group, heads: Heads, trends: Trends): Promise<string> {
  const { say } = page;
  const number = (value: number) => writtenNumber(page, value);
  const entries = entriesOf(page, group, heads);
  const lines = entries.flatMap(({ id, name }) => {
    const counts = trends.heads[group]?.get(id) ?? [];
    const points = thinned(counts, inASmallLine).map(({ day, residents }) => ({ at: day, value: residents }));
    return points.length > 1 ? [{ name, points }] : [];
  });
  return lines.length === entries.length && lines.length > 0
    ? drawSmall({ label: say(`reports:${group}.chart`), number }, lines)
    : drawBars(
        { label: say(`reports:${group}.bars`), number },
        entries.map(({ name, now }) => ({ name, value: now })),
      );
}

function View({ page, heads, trends, charts }: Props & { charts: Record<string, string | undefined> }) {
  const { say } = page;
  const first = of(trends, "all")[0];
  const query = `?span=${trends.span}`;
  const file = (id: string) => `/console/residents/${id}.csv${query}`;
  const past = of(trends, "all").length > 1;
  return (
    <>
      <p class="lead">{say("reports:residents.lead", { time: writtenTime(page, heads.at) })}</p>
      <nav aria-label={say("reports:residents.span")}>
        <ul class="spans">
          {spans.map((span) => (
            <li>
              <a
                href={`/console/residents?span=${span}`}
                aria-current={span === trends.span ? "true" : undefined}
              >
                {say(`reports:span.${span}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Figures
        figures={[
          {
            name: say("reports:column.residents"),
            amount: people(page, heads.total),
            means:
              first === undefined
                ? say("reports:residents.now")
                : say("reports:residents.since", {
                    day: writtenDay(page, first.day),
                    change: writtenChange(page, heads.total - first.residents),
                  }),
          },
          {
            name: say("reports:column.undecided"),
            amount: people(page, heads.undecided),
            means: say("reports:residents.undecided", {
              share: writtenShare(page, heads.undecided, heads.total) ?? "–",
            }),
          },
          {
            name: say("reports:column.follows"),
            amount: people(page, trends.moved.follows),
            means: say(`reports:residents.within.${trends.span}`),
          },
          {
            name: say("reports:column.leaves"),
            amount: people(page, trends.moved.leaves),
            means: say(`reports:residents.within.${trends.span}`),
          },
        ]}
      />
      <div class="subjects">
        <Subject
          page={page}
          title={say("reports:followers.title")}
          means={say(past ? "reports:followers.means" : "reports:followers.soon")}
          chart={charts["followers"]}
          legend={[
            { name: say("reports:column.residents"), kind: "line-1" },
            { name: say("reports:column.undecided"), kind: "line-2" },
          ]}
          table={headsTable(page, trends, rowsOnThePage)}
          file={file("followers")}
          nothing={say("reports:followers.nothing")}
        />
        <Moves
          page={page}
          chart={charts["moves"]}
          table={movesTable(page, trends)}
          file={file("moves")}
          nothing={say("reports:followers.nothing")}
        />
        {groups.map((group) => (
          <Subject
            page={page}
            title={say(`reports:${group}.title`)}
            means={say(`reports:${group}.means`)}
            chart={charts[group]}
            table={groupTable(page, group, heads, trends)}
            file={file(`by-${group}`)}
            more={past ? { file: file(`daily-${group}`), label: say("reports:csvDaily") } : undefined}
            nothing={say(`reports:${group}.nothing`)}
          />
        ))}
        <Subject
          page={page}
          title={say("reports:districtLanguage.title")}
          means={say("reports:districtLanguage.means")}
          table={districtsTable(page, heads)}
          file={file("district-language")}
          nothing={say("reports:district.nothing")}
          wide
        />
      </div>
    </>
  );
}
