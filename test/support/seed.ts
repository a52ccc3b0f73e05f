import { openDatabase } from "../../db/open.ts";
import { seededRandom, syntheticResident, syntheticUserId } from "../../seeds/residents.ts";
import type { Config } from "../../src/config.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import { createSeedStore } from "../../src/residents/seed-store.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import type { Simulator } from "../../src/simulator/index.ts";

/** Writes residents into the database of a config and makes them friends of the local LINE. Returns their LINE user ids. */
export async function seedResidents(
  config: Pick<Config, "databaseUrl" | "wardProfile">,
  line: Simulator,
  count: number,
  seed = 1,
): Promise<string[]> {
  const ward = loadWard(config.wardProfile);
  const db = openDatabase(config.databaseUrl);
  const store = createSeedStore(db, ensureFacets(db.sqlite, ward));
  const random = seededRandom(seed);
  const residents = Array.from({ length: count }, (_, index) =>
    syntheticResident(index + 1, ward, ward.languages, random),
  );
  await store.add(residents, Date.now());
  db.close();
  line.platform.addUserRange({ from: syntheticUserId(1), count });
  return residents.map((resident) => resident.lineUserId);
}
