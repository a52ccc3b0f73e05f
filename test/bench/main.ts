import { parseArgs } from "node:util";
import { benchAlerts } from "./alert-bench.ts";
import { benchPages } from "./pages-bench.ts";
import { benchSending } from "./send-bench.ts";
import { benchCounting } from "./count-bench.ts";
import { benchWebhooks } from "./webhook-bench.ts";
import { type Row, asTable } from "./table.ts";

const { values } = parseArgs({
  options: { residents: { type: "string", default: "1000000" }, only: { type: "string" } },
});
const residents = Number(values.residents);
const benches: Record<string, () => Promise<Row[]>> = {
  webhooks: () => benchWebhooks(20_000),
  counting: () => benchCounting(residents),
  pages: () => benchPages(residents),
  alerts: () => benchAlerts(residents),
  sending: () => benchSending(residents),
};
const rows: Row[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (values.only !== undefined && values.only !== name) continue;
  console.error(`measuring: ${name} …`);
  rows.push(...(await bench()));
}
console.log(asTable(rows));
process.exit(0);
