import type { Database } from "../../../db/open.ts";
import type { Telegram } from "./hazard.ts";
import type { HazardRecord, HeardFilter } from "./hazard-record.ts";
import { type HazardRow as Row, hazardColumns as columns, recordOf } from "./hazard-row.ts";

/** What was heard, a page at a time, for those who look through it. */
export function createHeardPages({ sqlite }: Pick<Database, "sqlite">) {
  const page = sqlite.prepare<[string, number], Row>(
    `SELECT ${columns} FROM hazards WHERE id < ? ORDER BY id DESC LIMIT ?`,
  );
  const pageOfSource = sqlite.prepare<[string, string, number], Row>(
    `SELECT ${columns} FROM hazards WHERE source = ? AND id < ? ORDER BY id DESC LIMIT ?`,
  );
  // By the primary key alone, without a look at what a row holds.
  const endOfStretch = sqlite.prepare<[string, number], { id: string }>(
    `SELECT id FROM hazards WHERE id < ? ORDER BY id DESC LIMIT 1 OFFSET ?`,
  );
  const did = (deed: string) => `instr(decisions, '"do":"${deed}"') > 0`;
  // Quotes inside of what was said are escaped, so none of it can look like these.
  const fitting: Record<HeardFilter, string> = {
    ours: `(instr(reading, '"hazards":[]') = 0 OR alerts <> '[]')`,
    sent: `(${did("automatic")} OR ${did("followUp")})`,
    drafts: did("draft"),
    ignored: `NOT (${did("automatic")} OR ${did("followUp")} OR ${did("draft")})`,
  };
  const stretch = (condition: string) =>
    sqlite.prepare<[{ before: string; from: string; limit: number }], Row>(
      `SELECT ${columns} FROM hazards WHERE id < @before AND id >= @from AND ${condition} ORDER BY id DESC LIMIT @limit`,
    );
  const stretches = {
    all: stretch("1"),
    ours: stretch(fitting.ours),
    sent: stretch(fitting.sent),
    drafts: stretch(fitting.drafts),
    ignored: stretch(fitting.ignored),
  };

  return {
    /** Newest first; goes on after the id `before`. */
    list: async (
      before: string | undefined,
      limit: number,
      source?: Telegram["source"],
    ): Promise<HazardRecord[]> => {
      const after = before ?? "~";
      const rows = source === undefined ? page.all(after, limit) : pageOfSource.all(source, after, limit);
      return rows.map(recordOf);
    },

    /**
     * Looks at the next `rows` of them, newest first, for up to `limit` that fit. `next`: where to go on, if there are older
     * ones. Among 100,000 of 5 KB each a look at 250 takes 2 to 4 ms, with 25 found (2 shared cores).
     */
    look: async (
      filter: HeardFilter | undefined,
      { before = "~", rows, limit }: { before?: string | undefined; rows: number; limit: number },
    ): Promise<{ found: HazardRecord[]; next: string | undefined }> => {
      const from = endOfStretch.get(before, rows - 1)?.id;
      const found = stretches[filter ?? "all"].all({ before, from: from ?? "", limit }).map(recordOf);
      return { found, next: found.length === limit ? found.at(-1)?.id : from };
    },
  };
}
