import { createHealthRouter } from "../api/health-routes.ts";
import { createLinkRouter } from "../api/link-route.ts";
import { mountRoutes } from "../api/mount.ts";
import { alertRoutes } from "../api/routes/alert-routes.ts";
import { auditRoutes } from "../api/routes/audit-routes.ts";
import { broadcastRoutes } from "../api/routes/broadcast-routes.ts";
import { hazardRoutes } from "../api/routes/hazard-routes.ts";
import { sectionRoutes } from "../api/routes/section-routes.ts";
import { staffRoutes } from "../api/routes/staff-routes.ts";
import { wardRoutes } from "../api/routes/ward-routes.ts";
import { createWeb } from "../api/server.ts";
import { createAuditing } from "../audit/auditing.ts";
import { createLookTwice } from "../broadcasts/look-twice.ts";
import { createTestSend } from "../broadcasts/test-send.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { createProgressFeed } from "../console/broadcasts/progress-feed.ts";
import { createAlertLines } from "../console/alerts/alert-lines.ts";
import { createConsole } from "../console/console.ts";
import { earOf, inboundEar } from "../console/feeds/ear.ts";
import type { Line } from "../line/line-client.ts";
import { createPushTest } from "../line/push-test.ts";
import { createPictureRouter } from "../pictures/picture-route.ts";
import type { Reports } from "../reports/reports.ts";
import { version } from "../shared/version.ts";
import type { Entrance } from "../staff/entrance.ts";
import { createSections } from "../staff/sections.ts";
import type { Alarm } from "./alarm.ts";
import type { Ears } from "./ears.ts";
import type { Ground } from "./ground.ts";
import { createHealth } from "./health.ts";
import { createInbound } from "./inbound.ts";
import type { Sending } from "./sending.ts";
import type { Stores } from "./stores.ts";

interface Parts {
  ground: Ground;
  stores: Stores;
  line: Line;
  sending: Sending;
  alarm: Alarm;
  ears: Ears;
  catalogue: Catalogue;
  reports: Reports;
  entrance: Entrance;
}

/** Everything that answers a browser or a program: the API, the staff pages, links, pictures, health. */
export function createWebSide({
  ground,
  stores,
  line,
  sending,
  alarm,
  ears,
  catalogue,
  reports,
  entrance,
}: Parts) {
  const { config, overrides, ward, sentences, clock, ids, log, metrics } = ground;
  const { broadcasts: store, deliveries, linkCounts, pictures, phones, staff } = stores;
  const { broadcasts, reach, dispatcher, links, pictureFor } = sending;
  const { faults, health } = createHealth(ground, stores, sending);
  const hold = () => dispatcher.status().hold;
  const sections = createSections({ store: stores.sections, ward, ids, clock });
  const auditing = createAuditing({ audit: stores.audit, record: stores.record, clock, log });
  const feed = createProgressFeed({ store, deliveries, hold, clock, log });
  metrics.watch({
    inboxWaiting: stores.inbox.waiting,
    backlog: deliveries.backlog,
    ratePerSecond: () => dispatcher.status().ratePerSecond,
    requestsUnderWay: () => dispatcher.status().underWay,
    held: () => hold()?.reason,
  });
  const routes = [
    ...wardRoutes({ ward, sentences, reach }),
    ...broadcastRoutes({ broadcasts, store, deliveries, links: linkCounts, reach, clock, hold }),
    ...alertRoutes({
      alerts: alarm.alerts,
      templates: alarm.templates,
      deliveries,
      links: linkCounts,
      reach,
      clock,
      hold,
    }),
    ...hazardRoutes({
      desk: ears.desk,
      readers: createInbound(ward, clock),
      hookSecret: config.hazardHookSecret,
      sentences,
      clock,
    }),
    ...staffRoutes(staff),
    ...sectionRoutes(sections),
    ...auditRoutes(auditing),
  ];
  const web = createWeb({
    health: createHealthRouter({ faults, metrics: metrics.registry, version }),
    links: createLinkRouter({ links, counts: linkCounts, store, clock, log }),
    pictures: createPictureRouter(pictures),
    api: mountRoutes(routes, {
      staff,
      idempotency: stores.idempotency,
      sentences,
      clock,
      ids,
      log,
    }),
    console: createConsole({
      ward,
      sentences,
      clock,
      ids,
      log,
      broadcasts,
      store,
      deliveries,
      desk: stores.desk,
      history: stores.history,
      seen: stores.seen,
      feed,
      health,
      reach,
      catalogue,
      pictures,
      pictureFor,
      workingCopies: stores.workingCopies,
      templates: stores.templates,
      phones,
      testSend: createTestSend({ phones, push: createPushTest(line), ward, sentences, pictureFor, ids }),
      calls: alarm.calls,
      hazards: ears.desk,
      rules: ears.rules,
      ears: async () => {
        const [latest] = await ears.desk.list({ source: "inbound", limit: 1 });
        return [earOf(ears.jma.status()), inboundEar(latest?.receivedAt)];
      },
      lookTwice: createLookTwice(ward, stores.busyWeeks, clock),
      alerts: alarm.alerts,
      alertTemplates: alarm.templates,
      alertLines: createAlertLines({
        alerts: alarm.alerts,
        alertTemplates: alarm.templates,
        deliveries,
        staff,
        clock,
      }),
      drills: alarm.drillModes,
      drillModes: alarm.drillModes,
      recordOf: async (telegram: string) => (await stores.hazards.findTelegram(telegram))?.id,
      reports,
      sessions: stores.sessions,
      sections,
      auditing,
      entrance,
      staff,
      secureCookies: config.environment === "production",
      baseUrl: config.consoleUrl ?? `http://${config.host}:${config.port}`,
      demoLogins: overrides.demoLogins ?? (() => []),
    }),
    routes,
    version,
    log,
  });
  return { web, feed };
}
