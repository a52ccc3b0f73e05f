import { openDatabase } from "../../db/open.ts";
import { seededRandom, syntheticResident } from "../../seeds/residents.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import { createSeedStore } from "../../src/residents/seed-store.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";

const step = 5_000;

/** Fills a new database with synthetic residents of all the ward's languages. */
export async function seedDatabase(
  databaseUrl: string,
  wardProfile: string,
  residents: number,
): Promise<void> {
  const ward = loadWard(wardProfile);
  const db = openDatabase(databaseUrl);
  const store = createSeedStore(db, ensureFacets(db.sqlite, ward));
  const random = seededRandom(1);
  for (let first = 1; first <= residents; first += step) {
    const numbers = Array.from(
      { length: Math.min(step, residents - first + 1) },
      (_, index) => first + index,
    );
    await store.add(
      numbers.map((number) => syntheticResident(number, ward, ward.languages, random)),
      Date.now(),
    );
  }
  db.close();
}
