import { createServer } from "node:http";
import { createCatalogue } from "./catalogue/catalogue.ts";
import type { Config } from "./config.ts";
import { webhookPath } from "./line/webhook.ts";
import { warmUp } from "./reports/charts/charts.ts";
import { createNow } from "./now/now.ts";
import { createReports } from "./reports/reports.ts";
import { closeServer, listen } from "./shared/listen.ts";
import { stopInOrder } from "./shared/shutdown.ts";
import { version } from "./shared/version.ts";
import { createEntrance } from "./staff/entrance.ts";
import { createAlarm } from "./start/alarm.ts";
import { createChores } from "./start/chores.ts";
import { type Overrides, layGround } from "./start/ground.ts";
import { createEars } from "./start/ears.ts";
import { createLineSide } from "./start/line-side.ts";
import { createSending } from "./start/sending.ts";
import { openStores } from "./start/stores.ts";
import { createWatch } from "./start/watch.ts";
import { createWebSide } from "./start/web.ts";

export type { Overrides } from "./start/ground.ts";

export interface Kairan {
  url: string;
  /** Ends in order: nothing new is begun, what is under way is finished, everything is on the disk. */
  stop(): Promise<void>;
}

/** Composes the whole program: database, parts, web, dispatcher, clock. */
export async function startKairan(config: Config, overrides: Overrides = {}): Promise<Kairan> {
  const ground = await layGround(config, overrides);
  const { clock, log, ids, ward, db, facets, tasks } = ground;
  const stores = openStores(ground);
  const { audit, heads, deliveries, sessions } = stores;
  const watch = createWatch(ground, stores);
  const lineSide = createLineSide(ground, stores, watch.openAlerts);
  const now = createNow({
    ward,
    sentences: ground.sentences,
    clock,
    log,
    openAlerts: watch.openAlerts.now,
    moreOpen: watch.openAlerts.more,
    endedSince: watch.endedSince,
  });
  const { line, inboxWorker, webhook } = lineSide;
  const sending = createSending(ground, stores, line);
  const { dispatcher, planner } = sending;
  const alarm = createAlarm(ground, stores, watch, line, sending);
  const ears = createEars(ground, stores, alarm);
  const catalogue = createCatalogue({
    db,
    ward,
    facets,
    store: ground.catalogueStore,
    broadcasts: stores.broadcasts,
    heads,
    audit,
    clock,
  });
  const reports = createReports({
    broadcasts: stores.broadcasts,
    deliveries,
    links: stores.linkCounts,
    heads,
    follows: stores.follows,
    dailyHeads: stores.dailyHeads,
    totals: stores.totals,
    ward,
    clock,
  });
  const entrance = createEntrance({
    db,
    audit,
    ids,
    clock,
    sessions,
    authSecret: config.authSecret,
    consoleUrl: config.consoleUrl,
    provider: config.provider,
    wardNames: ward.languages.map(ward.wardName),
  });
  const parts = { ground, stores, lineSide, line, sending, alarm, ears, catalogue, reports, entrance, now };
  const { web, feed } = createWebSide(parts);
  const { everySecond, everyMinute } = createChores(parts);

  await warmUp();
  await now.refresh();
  await stores.staff.setBootstrapKey(config.bootstrapApiKey);
  const server = createServer((request, response) => {
    if (request.url?.split("?")[0] === webhookPath) webhook(request, response);
    else if (!now.handle(request, response)) web(request, response);
  });
  const url = await listen(server, config.host, config.port);
  await inboxWorker.start();
  await dispatcher.start();
  tasks.begin(everySecond, everyMinute);
  tasks.run("count heads", heads.load);
  log.info({ url, ward: ward.id, environment: config.environment, version }, "Kairan is running");

  return {
    url,
    stop: () =>
      stopInOrder(
        [
          { name: "clock", stop: tasks.end },
          { name: "feeds", stop: async () => ears.jma.stop() },
          { name: "watchers", stop: feed.end },
          { name: "web", stop: () => closeServer(server) },
          { name: "planner", stop: planner.stop },
          { name: "dispatcher", stop: dispatcher.stop },
          { name: "inbox", stop: inboxWorker.stop },
          { name: "tasks", stop: tasks.finished },
          { name: "LINE", stop: line.end },
          { name: "database", stop: db.close },
        ],
        log,
      ),
  };
}
