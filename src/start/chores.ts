import type { Catalogue } from "../catalogue/catalogue.ts";
import { recipientsKeptMs } from "../outbox/order.ts";
import { reconcile } from "../outbox/reconcile.ts";
import type { Now } from "../now/now.ts";
import type { Reports } from "../reports/reports.ts";
import type { Entrance } from "../staff/entrance.ts";
import type { Alarm } from "./alarm.ts";
import type { Ears } from "./ears.ts";
import type { Ground } from "./ground.ts";
import type { LineSide } from "./line-side.ts";
import type { Sending } from "./sending.ts";
import type { Stores } from "./stores.ts";

interface Parts {
  ground: Ground;
  stores: Stores;
  lineSide: LineSide;
  sending: Sending;
  alarm: Alarm;
  ears: Ears;
  catalogue: Catalogue;
  reports: Reports;
  entrance: Entrance;
  now: Now;
}

const dayMs = 24 * 60 * 60 * 1000;

/** What the clock pokes. It decides nothing: what is due stands in the database. */
export function createChores({
  ground,
  stores,
  lineSide,
  sending,
  alarm,
  ears,
  catalogue,
  reports,
  entrance,
  now,
}: Parts) {
  const { clock, log, ward, overrides, metrics } = ground;
  const { run } = ground.tasks;
  const { deliveries, claims, residents } = stores;
  const { release } = sending;
  const menus = overrides.publishMenus === false ? undefined : lineSide.menus;
  /** Nobody's menu is changed by the hundreds while messages are on their way. */
  const quiet = () => sending.dispatcher.status().underWay === 0;
  const daysAgo = (days: number) => clock.now() - days * dayMs;

  function everySecond(): void {
    run("release", release.releaseDue);
    run("finish", release.finishSent);
    run("feeds", ears.jma.pollDue);
    run("hazards", ears.desk.goOn);
    run("lapse", alarm.alerts.lapse);
    run("calls", alarm.calls.pushOpen);
    run("drills", alarm.drillModes.closeOver);
    run("catalogue", catalogue.catchUp);
    run("now", now.refresh);
    sending.opened();
    if (menus !== undefined) run("follow alerts with menus", () => menus.keepUp(clock.now(), quiet));
    lineSide.inboxWorker.poke();
  }

  function everyMinute(): void {
    run("reconcile", async () =>
      metrics.brokenSums.set((await reconcile({ deliveries, claims, clock, log })).length),
    );
    if (menus !== undefined) run("menus", () => menus.ensure(clock.now(), quiet));
    run("erase", () => residents.eraseLongGone(daysAgo(ward.profile.eraseAfterDays), clock.now(), 500));
    run("drafts", release.expireDrafts);
    run("forget calls", alarm.calls.purge);
    run("figures", reports.everyMinute);
    run("forget telegrams", () => stores.feedEntries.purge(daysAgo(30), 100));
    run("forget events", () => stores.inbox.purge(daysAgo(7), 5_000));
    run("forget requests", () => stores.idempotency.purge(daysAgo(1)));
    run("forget recipients", () => deliveries.forgetRecipients(clock.now() - recipientsKeptMs, 10_000));
    run("forget pictures", () => stores.pictures.forgetUnused(daysAgo(30)));
    run("forget working copies", () => stores.workingCopies.purge(daysAgo(30)));
    run("forget hazards", ears.desk.purge);
    run("forget sessions", stores.sessions.purge);
    run("forget entries", entrance.purge);
  }

  return { everySecond, everyMinute };
}
