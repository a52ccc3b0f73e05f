import { openDatabase } from "../../db/open.ts";
import { createCatalogueStore, recallCatalogue } from "../catalogue/store.ts";
import type { Config } from "../config.ts";
import type { DemoLogin } from "../console/sign-in/sign-in.tsx";
import type { OpenAlert } from "../messages/open-alert.ts";
import { ensureFacets } from "../residents/facet-store.ts";
import { type Clock, systemClock } from "../shared/clock.ts";
import { loadSentences } from "../shared/i18n.ts";
import { createIds } from "../shared/ids.ts";
import { type Logger, createLogger } from "../shared/logger.ts";
import { createMetrics } from "../shared/metrics.ts";
import { nameThisProcess } from "../shared/process-owner.ts";
import { createTasks } from "../shared/tasks.ts";
import { loadWard } from "../shared/ward/ward.ts";

/** What tests set differently; the program itself passes nothing. */
export interface Overrides {
  clock?: Clock;
  log?: Logger;
  requestTimeoutMs?: number;
  firstRetryMs?: number;
  /** Another folder of sentences than `locales/`. */
  localesFolder?: string;
  /** Log-ins to the staff pages without a passphrase: the demo's, and nobody else's. */
  demoLogins?: () => readonly DemoLogin[];
  /** False where no menu is looked at: publishing them takes a second or two. */
  publishMenus?: boolean;
  /** Alerts that are open without having been sent. */
  openAlerts?: () => Promise<OpenAlert[]>;
}

export type Ground = Awaited<ReturnType<typeof layGround>>;

/** What every part stands on: the database brought up to date, the ward as it is now, the clock, the sentences. */
export async function layGround(config: Config, overrides: Overrides) {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLogger(config.logLevel);
  const ward = loadWard(config.wardProfile);
  const sentences = loadSentences(overrides.localesFolder);
  const db = openDatabase(config.databaseUrl, clock);
  if (db.backup !== undefined)
    log.info({ backup: db.backup }, "a copy of the database was made before updating it");
  const catalogueStore = createCatalogueStore(db);
  await recallCatalogue(ward, catalogueStore);
  return {
    config,
    overrides,
    clock,
    log,
    ids: createIds(),
    owner: nameThisProcess(systemClock.now()),
    ward,
    sentences,
    db,
    catalogueStore,
    facets: ensureFacets(db.sqlite, ward),
    metrics: createMetrics(),
    tasks: createTasks(log),
  };
}
