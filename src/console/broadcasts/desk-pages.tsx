import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import { Router } from "express";
import { createAgenda } from "../../broadcasts/agenda.ts";
import type { DeskStore } from "../../broadcasts/desk-store.ts";
import { broadcastStates } from "../../broadcasts/lifecycle.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import type { WorkingCopyStore } from "../../broadcasts/working-copy-store.ts";
import type { DeliveryStore } from "../../outbox/delivery-store.ts";
import { tokyoDate } from "../../shared/tokyo.ts";
import type { Ear } from "../feeds/ear.ts";
import type { AlertLinesOf } from "../alerts/alert-lines.ts";
import type { Context } from "../context.ts";
import { calendarPage } from "./calendar.tsx";
import type { Health } from "./health.tsx";
import { homePage } from "./home.tsx";
import { type ListFilter, listPage } from "./list.tsx";
import { findWork } from "./needs-me.ts";
import { dayMs, monthAfter, startOfDay } from "./times.ts";

export interface DeskPagesDeps {
  context: Context;
  desk: DeskStore;
  deliveries: DeliveryStore;
  reach: Reach;
  workingCopies: WorkingCopyStore;
  alertLines: AlertLinesOf;
  /** What `/readyz` knows, and what waits. */
  health: () => Promise<Health>;
  ears: () => Promise<readonly Ear[]>;
}

const onAPage = 50;
const daysAhead = 7;
/** Right after a start, while residents are still being counted, the home page does not wait for their number. */
const countPatienceMs = 50;
const longestSearch = 100;

/** Home, the calendar and the list: what there is to do, what goes when, and finding again. */
export function createDeskPages(deps: DeskPagesDeps): Router {
  const { context, desk, deliveries, reach, workingCopies, alertLines, health, ears } = deps;
  const { clock, signedIn } = context;
  const agenda = createAgenda(desk);

  const router = Router();
  router.get(
    "/",
    signedIn("broadcast.read", async (page, _request, response) => {
      const now = clock.now();
      const today = startOfDay(tokyoDate(now));
      // In steps, since residents' webhooks come between them.
      const work = await findWork({ desk, deliveries }, page.actor, now);
      await nextTurn();
      const coming = await agenda(today, today + daysAhead * dayMs, now);
      await nextTurn();
      const [unsaved, drafts, sending, all, followers, state, heardBy] = await Promise.all([
        workingCopies.listNew(page.actor.id),
        desk.search({ states: ["draft"], writer: page.actor.id }, 10),
        desk.search({ states: ["sending"] }, 10),
        desk.count({}),
        Promise.race([reach.count({ everyone: true }), pause(countPatienceMs, undefined)]),
        health(),
        ears(),
      ]);
      await nextTurn();
      const { waiting: alertsWaiting, open: alertsOpen } = await alertLines.now(page);
      const view = {
        alertsWaiting,
        alertsOpen,
        work,
        unsaved,
        drafts,
        sending,
        isNew: all === 0,
        coming,
        followers,
        health: state,
        emergency: { open: alertsOpen.length, waiting: alertsWaiting.length, ears: heardBy },
        today,
        now,
      };
      response.send(homePage(page, view));
    }),
  );
  router.get(
    "/calendar",
    signedIn("broadcast.read", async (page, request, response) => {
      const now = clock.now();
      const month = monthOf(request.query["month"]) ?? tokyoDate(now).slice(0, 7);
      const [from, to] = [startOfDay(`${month}-01`), startOfDay(`${monthAfter(month, 1)}-01`)];
      const appointments = await agenda(from, to, now);
      await nextTurn();
      response.send(calendarPage(page, { month, appointments, now }));
    }),
  );
  router.get(
    "/broadcasts",
    signedIn("broadcast.read", async (page, request, response) => {
      const filter = filterOf(request.query);
      const { state, text, mine, before } = filter;
      const asked = {
        states: state === undefined ? undefined : [state],
        words: text.split(/\s+/).filter((word) => word !== ""),
        writer: mine ? page.actor.id : undefined,
        before,
      };
      const [found, total] = await Promise.all([desk.search(asked, onAPage + 1), desk.count(asked)]);
      const broadcasts = found.slice(0, onAPage);
      const next = found.length > onAPage ? broadcasts.at(-1)?.id : undefined;
      response.send(listPage(page, { broadcasts, filter, total, next, now: clock.now() }));
    }),
  );
  return router;
}

function filterOf(query: Record<string, unknown>): ListFilter {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === "string" ? value.trim().slice(0, longestSearch) : "";
  };
  return {
    state: broadcastStates.find((each) => each === text("state")),
    text: text("q"),
    mine: text("mine") !== "",
    before: text("before") === "" ? undefined : text("before"),
  };
}

function monthOf(asked: unknown): string | undefined {
  return typeof asked === "string" && /^20\d\d-(0[1-9]|1[0-2])$/.test(asked) ? asked : undefined;
}
