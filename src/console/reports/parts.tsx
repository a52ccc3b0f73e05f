import type { ComponentChildren } from "preact";
import type { Cell, FigureTable } from "../../reports/figure-table.ts";
import { type Page, writtenNumber } from "../page.ts";

export interface Figure {
  name: string;
  amount: string;
  means?: string | undefined;
  /** Somebody should look at it. */
  warn?: boolean;
}

/** The most important numbers, each with what it means. */
export function Figures({ figures }: { figures: Figure[] }) {
  return (
    <dl class="figures">
      {figures.map(({ name, amount, means, warn }) => (
        <div class={warn === true ? "warn" : undefined}>
          <dt>{name}</dt>
          <dd class="amount">{amount}</dd>
          {means !== undefined && <dd class="means">{means}</dd>}
        </div>
      ))}
    </dl>
  );
}

interface SubjectProps {
  page: Page;
  title: string;
  /** What the figures mean, in a sentence. */
  means: string;
  /** An SVG drawn by us; the table beside it is folded away. */
  chart?: string | undefined;
  /** Which line or bar is which. */
  legend?: { name: string; kind: "line-1" | "line-2" | "up" | "down" }[];
  table: FigureTable;
  /** Where the file of the table is. */
  file: string;
  /** Said instead of an empty table. */
  nothing: string;
  /** A second file, of the same subject in more detail. */
  more?: { file: string; label: string } | undefined;
  wide?: boolean;
  children?: ComponentChildren;
}

/** Who came and who went: bars above and below one line. */
export function Moves(props: Pick<SubjectProps, "page" | "chart" | "table" | "file" | "nothing">) {
  const { say } = props.page;
  return (
    <Subject
      {...props}
      title={say("reports:moves.title")}
      means={say("reports:moves.means")}
      legend={[
        { name: say("reports:column.follows"), kind: "up" },
        { name: say("reports:column.leaves"), kind: "down" },
      ]}
    />
  );
}

/** One subject of a report: what it is, a chart, and the same as a table and as a file. */
export function Subject(props: SubjectProps) {
  const { page, title, means, chart, legend, table, file, nothing, more, wide, children } = props;
  const { say } = page;
  const empty = table.rows.length === 0;
  const numbers = <Numbers page={page} table={table} />;
  return (
    <section class={wide === true ? "subject wide" : "subject"} id={table.id}>
      <h2>{title}</h2>
      <p class="means">{means}</p>
      {children}
      {empty && <p class="nothing">{nothing}</p>}
      {!empty && chart === undefined && numbers}
      {!empty && chart !== undefined && (
        <>
          {legend !== undefined && <Legend entries={legend} />}
          <figure dangerouslySetInnerHTML={{ __html: chart }} />
          <details>
            <summary>{say("reports:table")}</summary>
            {numbers}
          </details>
        </>
      )}
      {!empty && (
        <p class="download">
          <Download file={file} label={say("reports:csv")} title={title} />
          {more !== undefined && (
            <>
              {" "}
              <Download {...more} title={title} />
            </>
          )}
        </p>
      )}
    </section>
  );
}

/** Links are read one by one as well: each says which table it saves. */
function Download({ file, label, title }: { file: string; label: string; title: string }) {
  return (
    <a href={file} download>
      {label}
      <span class="visually-hidden">（{title}）</span>
    </a>
  );
}

function Legend({ entries }: { entries: { name: string; kind: "line-1" | "line-2" | "up" | "down" }[] }) {
  return (
    <ul class="key">
      {entries.map(({ name, kind }) => (
        <li>
          <svg class="chart" viewBox="0 0 28 14" aria-hidden="true">
            {kind === "up" || kind === "down" ? (
              <rect class={`bar ${kind}`} x="4" y="1" width="12" height="12" />
            ) : (
              <path class={`line ${kind}`} d="M0 7H28" />
            )}
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

export function Numbers({ page, table }: { page: Page; table: FigureTable }) {
  const written = (cell: Cell) => {
    if (cell === undefined) return "–";
    return typeof cell === "number" ? writtenNumber(page, cell) : cell;
  };
  const { caption, columns, rows, total } = table;
  return (
    <div class="scroll" role="region" aria-label={caption} tabindex={0}>
      <table class="numbers">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ cells: [first, ...rest], href }) => (
            <tr>
              <th scope="row">{href === undefined ? written(first) : <a href={href}>{written(first)}</a>}</th>
              {rest.map((cell) => (
                <td>{written(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
        {total !== undefined && (
          <tfoot>
            <tr>
              <th scope="row">{written(total[0])}</th>
              {total.slice(1).map((cell) => (
                <td>{written(cell)}</td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
