import { createServer } from "node:http";
import { openDatabase } from "../db/open.ts";
import { createIdempotencyStore } from "./api/idempotency-store.ts";
import { createHealthRouter } from "./api/health-routes.ts";
import { createLinkRouter } from "./api/link-route.ts";
import { mountRoutes } from "./api/mount.ts";
import { auditRoutes } from "./api/routes/audit-routes.ts";
import { broadcastRoutes } from "./api/routes/broadcast-routes.ts";
import { sectionRoutes } from "./api/routes/section-routes.ts";
import { staffRoutes } from "./api/routes/staff-routes.ts";
import { wardRoutes } from "./api/routes/ward-routes.ts";
import { createWeb } from "./api/server.ts";
import { createAuditing } from "./audit/auditing.ts";
import { createRecordStore } from "./audit/record-store.ts";
import { createAuditStore } from "./audit/store.ts";
import type { Addressees } from "./broadcasts/addressees.ts";
import { createBroadcasts } from "./broadcasts/broadcasts.ts";
import type { BroadcastDeps } from "./broadcasts/deps.ts";
import { createDeskStore } from "./broadcasts/desk-store.ts";
import { createHistoryStore } from "./broadcasts/history-store.ts";
import { createLinkStore } from "./broadcasts/link-store.ts";
import { createLinks } from "./broadcasts/links.ts";
import { createBusyWeekStore } from "./broadcasts/busy-week-store.ts";
import { createLookTwice } from "./broadcasts/look-twice.ts";
import { createReach } from "./broadcasts/reach.ts";
import { createRelease } from "./broadcasts/release.ts";
import { createSeenStore } from "./broadcasts/seen-store.ts";
import { createBroadcastStore } from "./broadcasts/store.ts";
import { createCatalogue } from "./catalogue/catalogue.ts";
import { createCatalogueStore, recallCatalogue } from "./catalogue/store.ts";
import type { Health } from "./console/broadcasts/health.tsx";
import { createProgressFeed } from "./console/broadcasts/progress-feed.ts";
import { createTestSend } from "./broadcasts/test-send.ts";
import { createTemplateStore } from "./broadcasts/template-store.ts";
import { createWorkingCopyStore } from "./broadcasts/working-copy-store.ts";
import { type Config, lineApi } from "./config.ts";
import { createConsole } from "./console/console.ts";
import type { DemoLogin } from "./console/sign-in/sign-in.tsx";
import { createConversation } from "./conversation/conversation.ts";
import { withStaffPhones } from "./conversation/staff-phone.ts";
import { createInboxStore } from "./line/inbox/store.ts";
import { createInboxWorker } from "./line/inbox/work-off.ts";
import { createLine } from "./line/line-client.ts";
import { createProfileLanguage } from "./line/profile-language.ts";
import { createMenus } from "./line/rich-menu/menus.ts";
import { createPushTest } from "./line/push-test.ts";
import { createSendBatch } from "./line/send-batch.ts";
import { createSpeak } from "./line/speak.ts";
import { createWebhook, webhookPath } from "./line/webhook.ts";
import { createPictureFor } from "./messages/own-picture.ts";
import { createClaimStore } from "./outbox/claim-store.ts";
import { createDeliveryStore } from "./outbox/delivery-store.ts";
import { createDispatcher } from "./outbox/dispatcher.ts";
import { createOrderStore } from "./outbox/order-store.ts";
import { recipientsKeptMs } from "./outbox/order.ts";
import { createPlanStore } from "./outbox/plan-store.ts";
import { createPlanner } from "./outbox/planner.ts";
import { reconcile } from "./outbox/reconcile.ts";
import { createSettleStore } from "./outbox/settle-store.ts";
import { createPictureRouter } from "./pictures/picture-route.ts";
import { createPictureStore } from "./pictures/store.ts";
import { createAudienceStore } from "./residents/audience-store.ts";
import { createCensusStore } from "./residents/census-store.ts";
import { createHeadCounter } from "./residents/census/head-counter.ts";
import { warmUp } from "./reports/charts/charts.ts";
import { createFollowStore } from "./reports/follow-store.ts";
import { createHeadsStore } from "./reports/heads-store.ts";
import { createReports } from "./reports/reports.ts";
import { createTotalsStore } from "./reports/totals-store.ts";
import { ensureFacets } from "./residents/facet-store.ts";
import { createResidentStore } from "./residents/store.ts";
import { type Clock, systemClock } from "./shared/clock.ts";
import { loadSentences } from "./shared/i18n.ts";
import { createIds } from "./shared/ids.ts";
import { closeServer, listen } from "./shared/listen.ts";
import { type Logger, createLogger } from "./shared/logger.ts";
import { createMetrics } from "./shared/metrics.ts";
import { nameThisProcess } from "./shared/process-owner.ts";
import { stopInOrder } from "./shared/shutdown.ts";
import { createTasks } from "./shared/tasks.ts";
import { version } from "./shared/version.ts";
import { loadWard } from "./shared/ward/ward.ts";
import { createSectionStore } from "./staff/section-store.ts";
import { createSections } from "./staff/sections.ts";
import { createEntrance } from "./staff/entrance.ts";
import { createStaffPhoneStore } from "./staff/phone-store.ts";
import { createSessionStore } from "./staff/session-store.ts";
import { createStaffStore } from "./staff/store.ts";

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
}

export interface Kairan {
  url: string;
  /** Ends in order: nothing new is begun, what is under way is finished, everything is on the disk. */
  stop(): Promise<void>;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Composes the whole program: database, parts, web, dispatcher, clock. */
export async function startKairan(config: Config, overrides: Overrides = {}): Promise<Kairan> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLogger(config.logLevel);
  const owner = nameThisProcess(systemClock.now());
  const ids = createIds();
  const sentences = loadSentences(overrides.localesFolder);
  const ward = loadWard(config.wardProfile);

  // Database and stores
  const db = openDatabase(config.databaseUrl, clock);
  if (db.backup !== undefined)
    log.info({ backup: db.backup }, "a copy of the database was made before updating it");
  const catalogueStore = createCatalogueStore(db);
  await recallCatalogue(ward, catalogueStore);
  const facets = ensureFacets(db.sqlite, ward);
  const residents = createResidentStore(db, facets);
  const audiences = createAudienceStore(db, facets);
  const heads = createHeadCounter(createCensusStore(db), facets);
  const inbox = createInboxStore(db);
  const orders = createOrderStore(db);
  const claims = createClaimStore(db, ids);
  const settles = createSettleStore(db, ids);
  const deliveries = createDeliveryStore(db);
  const audit = createAuditStore(db);
  const staff = createStaffStore(db, audit, ids, clock);
  const sectionStore = createSectionStore(db, audit);
  const sections = createSections({ store: sectionStore, ward, ids, clock });
  const auditing = createAuditing({ audit, record: createRecordStore(db), clock, log });
  const sessions = createSessionStore(db, audit, ids, clock);
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
  const idempotency = createIdempotencyStore(db);
  const linkCounts = createLinkStore(db);
  const store = createBroadcastStore(db, orders, audit);
  const pictures = createPictureStore(db, audit, clock);
  const workingCopies = createWorkingCopyStore(db);
  const templates = createTemplateStore(db, audit, ids, clock);
  const busyWeeks = createBusyWeekStore(db);
  const phones = createStaffPhoneStore(db, audit, clock);

  // LINE and the conversation
  const metrics = createMetrics();
  const line = createLine(config.line, clock, overrides.requestTimeoutMs);
  const menus = createMenus({ line, ward, sentences, residents, log });
  const inboxWorker = createInboxWorker({
    store: inbox,
    clock,
    log,
    owner,
    converse: withStaffPhones(
      createConversation({
        ward,
        sentences,
        residents,
        clock,
        profileLanguage: createProfileLanguage(line),
      }),
      { phones, residents, sentences, ward },
    ),
    speak: createSpeak(line, clock, log),
    showMenu: menus.show,
    handled: (kind, answer) => metrics.events.inc({ kind, answer }),
  });

  // Broadcasts and their way out
  const reach = createReach({ ward, sentences, audiences, heads, deliveries });
  const dispatcher = createDispatcher({
    claims,
    settles,
    send: createSendBatch(line),
    clock,
    log,
    owner,
    random: Math.random,
    requestsPerSecond: config.line.multicastsPerSecond,
    ...(overrides.firstRetryMs === undefined ? {} : { firstRetryMs: overrides.firstRetryMs }),
    attempted: (outcome) => metrics.attempts.inc({ outcome }),
    settled: () => run("finish", release.finishSent),
  });
  const planner = createPlanner({
    orders,
    plans: createPlanStore(db, ids),
    pager: (audience, after) => reach.page(JSON.parse(audience) as Addressees, after),
    log,
    planned: dispatcher.poke,
  });
  const links = createLinks(config.publicUrl, config.authSecret);
  const pictureFor = createPictureFor(config.publicUrl, config.line.apiBaseUrl !== lineApi);
  const opened = () => {
    planner.poke();
    dispatcher.poke();
  };
  const deps: BroadcastDeps = {
    store,
    orders,
    settles,
    deliveries,
    reach,
    links,
    pictureFor,
    ward,
    sentences,
    clock,
    ids,
    log,
    sectionsOf: sectionStore.sectionsOf,
    opened,
  };
  const release = createRelease(deps);
  const broadcasts = createBroadcasts({ ...deps, opened: () => run("release", release.releaseDue) });
  const catalogue = createCatalogue({
    db,
    ward,
    facets,
    store: catalogueStore,
    broadcasts: store,
    heads,
    audit,
    clock,
  });

  const reports = createReports({
    broadcasts: store,
    deliveries,
    links: linkCounts,
    heads,
    follows: createFollowStore(db),
    dailyHeads: createHeadsStore(db),
    totals: createTotalsStore(db),
    ward,
    clock,
  });

  // The clock only pokes; what is due stands in the database.
  const tasks = createTasks(log);
  const { run } = tasks;
  const everySecond = () => {
    run("release", release.releaseDue);
    run("finish", release.finishSent);
    run("catalogue", catalogue.catchUp);
    opened();
    inboxWorker.poke();
  };
  const everyMinute = () => {
    run("reconcile", async () =>
      metrics.brokenSums.set((await reconcile({ deliveries, claims, clock, log })).length),
    );
    if (overrides.publishMenus !== false) run("menus", () => menus.ensure(clock.now()));
    run("erase", () =>
      residents.eraseLongGone(clock.now() - ward.profile.eraseAfterDays * dayMs, clock.now(), 500),
    );
    run("forget events", () => inbox.purge(clock.now() - 7 * dayMs, 5_000));
    run("forget requests", () => idempotency.purge(clock.now() - dayMs));
    run("forget recipients", () => deliveries.forgetRecipients(clock.now() - recipientsKeptMs, 10_000));
    run("drafts", release.expireDrafts);
    run("forget sessions", sessions.purge);
    run("forget pictures", () => pictures.forgetUnused(clock.now() - 30 * dayMs));
    run("forget working copies", () => workingCopies.purge(clock.now() - 30 * dayMs));
    run("figures", reports.everyMinute);
    run("forget entries", entrance.purge);
  };

  // The web
  async function faults(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    await db
      .write(() => db.sqlite.prepare("SELECT 1").get())
      .catch((error: unknown) => (found["database"] = String(error)));
    const { lastTurnAt, hold } = dispatcher.status();
    if (clock.now() - lastTurnAt > 10_000) found["dispatcher"] = "has not run for 10 seconds";
    if (hold?.reason === "notAuthorised")
      found["line"] = `LINE does not accept our credentials: ${hold.detail}`;
    return found;
  }
  async function health(): Promise<Health> {
    const backlog = await deliveries.backlog();
    const waiting = backlog
      .filter(({ state }) => state === "filling" || state === "pending" || state === "sending")
      .reduce((sum, { residents }) => sum + residents, 0);
    return { faults: await faults(), hold: dispatcher.status().hold, waiting };
  }
  const feed = createProgressFeed({
    store,
    deliveries,
    hold: () => dispatcher.status().hold,
    clock,
    log,
  });
  metrics.watch({
    inboxWaiting: inbox.waiting,
    backlog: deliveries.backlog,
    ratePerSecond: () => dispatcher.status().ratePerSecond,
    requestsUnderWay: () => dispatcher.status().underWay,
    held: () => dispatcher.status().hold?.reason,
  });
  const routes = [
    ...wardRoutes({ ward, sentences, reach }),
    ...broadcastRoutes({
      broadcasts,
      store,
      deliveries,
      links: linkCounts,
      reach,
      clock,
      hold: () => dispatcher.status().hold,
    }),
    ...staffRoutes(staff),
    ...sectionRoutes(sections),
    ...auditRoutes(auditing),
  ];
  const webhook = createWebhook({
    channelSecret: config.line.channelSecret,
    clock,
    log,
    store: inbox.add,
    arrived: inboxWorker.poke,
    answered: (seconds) => metrics.webhookSeconds.observe(seconds),
  });
  const web = createWeb({
    health: createHealthRouter({ faults, metrics: metrics.registry, version }),
    links: createLinkRouter({ links, counts: linkCounts, store, clock, log }),
    pictures: createPictureRouter(pictures),
    api: mountRoutes(routes, { staff, idempotency, sentences, clock, ids, log }),
    console: createConsole({
      ward,
      sentences,
      broadcasts,
      store,
      deliveries,
      desk: createDeskStore(db),
      history: createHistoryStore(db),
      seen: createSeenStore(db),
      feed,
      health,
      reach,
      catalogue,
      pictures,
      pictureFor,
      workingCopies,
      templates,
      phones,
      testSend: createTestSend({ phones, push: createPushTest(line), ward, sentences, pictureFor, ids }),
      lookTwice: createLookTwice(ward, busyWeeks, clock),
      ids,
      reports,
      sessions,
      sections,
      auditing,
      entrance,
      staff,
      clock,
      secureCookies: config.environment === "production",
      baseUrl: config.consoleUrl ?? `http://${config.host}:${config.port}`,
      demoLogins: overrides.demoLogins ?? (() => []),
      log,
    }),
    routes,
    version,
    log,
  });

  await warmUp();
  await staff.setBootstrapKey(config.bootstrapApiKey);
  const server = createServer((request, response) => {
    if (request.url?.split("?")[0] === webhookPath) webhook(request, response);
    else web(request, response);
  });
  const url = await listen(server, config.host, config.port);
  await inboxWorker.start();
  await dispatcher.start();
  tasks.begin(everySecond, everyMinute);
  run("count heads", heads.load);
  log.info({ url, ward: ward.id, environment: config.environment, version }, "Kairan is running");

  return {
    url,
    stop: () =>
      stopInOrder(
        [
          { name: "clock", stop: tasks.end },
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
