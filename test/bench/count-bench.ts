import { rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/world.ts";
import { startPart, startedAsUsual } from "./processes.ts";
import { seedDatabase } from "./seed-database.ts";
import type { Row } from "./table.ts";
import { writeWardOfNine } from "./ward-of-nine.ts";

interface Measured {
  p50: number;
  p95: number;
  sql: number;
  whileCounting: { p99: number; max: number };
  planning: { seconds: number; p99: number; max: number };
}

/** P4: counting while somebody ticks boxes, and what counting and planning do to the event loop. */
export async function benchCounting(residents: number): Promise<Row[]> {
  const folder = temporaryFolder();
  const { wardProfile } = writeWardOfNine(folder);
  const databaseUrl = `file:${join(folder, "kairan.db")}`;
  await seedDatabase(databaseUrl, wardProfile, residents);
  const part = await startPart("./count-part.js", { databaseUrl, wardProfile }, startedAsUsual());
  const { p50, p95, sql, whileCounting, planning } = part.started as Measured;
  await part.end();
  rmSync(folder, { recursive: true, force: true });
  const named = residents.toLocaleString("en");
  return [
    {
      promise: "P4",
      what: `counting a random audience by language among ${named}, also while planning`,
      ours: `p50 ${p50.toFixed(2)}, p95 ${p95.toFixed(2)} ms`,
      against: `the same rule as SQL: p50 ${sql.toFixed(0)} ms`,
      ratio: p50 / sql,
      wanted: "p95 ≤ 10 ms",
    },
    {
      promise: "P4",
      what: "longest delay of the event loop: counting; planning and counting together",
      ours: `${whileCounting.max.toFixed(1)} ms; ${planning.max.toFixed(1)} ms (p99 ${planning.p99.toFixed(1)}), ${named} planned in ${planning.seconds.toFixed(1)} s`,
      against: "–",
      ratio: undefined,
      wanted: "≤ 20 ms",
    },
  ];
}
