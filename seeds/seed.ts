import { parseArgs } from "node:util";
import { openDatabase } from "../db/open.ts";
import { createCatalogueStore, recallCatalogue } from "../src/catalogue/store.ts";
import { readDatabaseConfig } from "../src/config.ts";
import { ensureFacets } from "../src/residents/facet-store.ts";
import { createSeedStore } from "../src/residents/seed-store.ts";
import { systemClock } from "../src/shared/clock.ts";
import { loadWard } from "../src/shared/ward/ward.ts";
import { whatToMend } from "../src/start/what-to-mend.ts";
import { seededRandom, syntheticNumber, syntheticPrefix, syntheticResident } from "./residents.ts";

const { values } = parseArgs({ options: { residents: { type: "string" }, languages: { type: "string" } } });
const wanted = Number(values.residents);
if (!Number.isSafeInteger(wanted) || wanted < 1) {
  console.error("使い方 / Usage: npm run seed -- --residents 1000000");
  process.exit(1);
}

const { ward, db } = prepare();
await recallCatalogue(ward, createCatalogueStore(db));
const store = createSeedStore(db, ensureFacets(db.sqlite, ward));
const languages = values.languages?.split(",") ?? ward.languages;
const lastId = await store.lastIdWithPrefix(syntheticPrefix);
const before = lastId === undefined ? 0 : syntheticNumber(lastId);
const random = seededRandom(20_261_120 + before);
const began = performance.now();
let added = 0;
const step = 5_000;
for (let first = before + 1; first <= before + wanted; first += step) {
  const numbers = Array.from(
    { length: Math.min(step, before + wanted - first + 1) },
    (_, index) => first + index,
  );
  const residents = numbers.map((number) => syntheticResident(number, ward, languages, random));
  added += await store.add(residents, systemClock.now());
}
db.close();
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(
  `${added} 人を追加しました（これまでの見本は ${before} 人、${seconds} 秒）。 / Added ${added} residents (${before} synthetic ones were there, ${seconds} s).`,
);

function prepare() {
  try {
    const config = readDatabaseConfig();
    return { ward: loadWard(config.wardProfile), db: openDatabase(config.databaseUrl) };
  } catch (error) {
    const said = whatToMend(error);
    if (said === undefined) throw error;
    console.error(said);
    process.exit(1);
  }
}
