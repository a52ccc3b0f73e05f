import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { readFailure } from "../line-answer.ts";
import type { Face } from "./menu-definition.ts";
import { type MenuDeps, type Published, menuFor } from "./publish-menus.ts";
import type { MenuSwitch, MenuSwitchStore, Move } from "./switch-store.ts";

export interface SwitchDeps extends MenuDeps {
  switches: MenuSwitchStore;
}

const dayMs = 24 * 60 * 60_000;
/** After so long a batch that LINE still works on is done by us. */
const longestMs = 30 * 60_000;
/** LINE may be asked 100 times an hour how far it is. */
const firstLookMs = 1_000;
const longestLookMs = 45_000;
const movedAtOnce = 200;

/**
 * Switches everybody's menu by one request (LINE fact sheet, section 9: a batch, three an hour). What LINE is asked is
 * written down before, so that a kill at any moment ends in the same menus; who is shown what is noted when LINE is done.
 * When LINE will not do it at once, residents are linked 500 at a time instead, by whoever calls this.
 */
export function createMenuSwitch(deps: SwitchDeps) {
  const { line, ward, residents, switches, log } = deps;
  let quietUntil = 0;
  let waitMs = firstLookMs;

  function wait(now: number): void {
    quietUntil = now + waitMs;
    waitMs = Math.min(waitMs * 2, longestLookMs);
  }

  async function finish({ id }: MenuSwitch, outcome: "moved" | "oneByOne", now: number): Promise<true> {
    await switches.finish(id, outcome, now);
    quietUntil = 0;
    waitMs = firstLookMs;
    return true;
  }

  async function ask(under: MenuSwitch, now: number): Promise<boolean> {
    const operations = under.moves.map(({ from, to }) => ({ type: "link" as const, from, to }));
    try {
      const { httpResponse } = await line.call(({ api }) =>
        api.richMenuBatchWithHttpInfo({ operations, resumeRequestKey: under.resumeKey }),
      );
      await switches.accepted(under.id, httpResponse.headers.get("x-line-request-id") ?? "", now);
      log.info({ face: under.face, menus: operations.length }, "LINE is switching the rich menus");
    } catch (error) {
      const failure = readFailure(error);
      log.warn({ failure, face: under.face }, "LINE did not switch the rich menus");
      if (failure.kind === "refused") return finish(under, "oneByOne", now);
    }
    wait(now);
    return false;
  }

  async function look(under: MenuSwitch, requestId: string, now: number): Promise<boolean> {
    const phase = await line
      .call(({ api }) => api.getRichMenuBatchProgress(requestId))
      .then(
        (progress) => progress.phase,
        () => "unknown" as const,
      );
    if (phase === "succeeded") {
      for (const { from, to } of under.moves) await noteMoved(from, to);
      log.info({ face: under.face }, "the rich menus are switched");
      return finish(under, "moved", now);
    }
    if (phase === "failed" || now - (under.acceptedAt ?? now) > longestMs) {
      log.warn({ phase, face: under.face }, "LINE did not end switching the rich menus");
      return finish(under, "oneByOne", now);
    }
    wait(now);
    return false;
  }

  /** In small steps (8 ms at most, p99): all at once would hold up a large ward’s webhooks for seconds. */
  async function noteMoved(from: string, to: string): Promise<void> {
    while ((await residents.moveRichMenus(from, to, movedAtOnce)) > 0) await setImmediate();
  }

  async function movesTo(face: Face, published: Published): Promise<Move[]> {
    const other: Face = face === "emergency" ? "everyday" : "emergency";
    const moves: Move[] = [];
    for (const language of ward.languages) {
      const from = published[other].get(language);
      const to = menuFor(published, face, language);
      if (from === undefined || to === undefined || from === to) continue;
      if (await residents.hasMenu(from)) moves.push({ from, to });
    }
    return moves;
  }

  async function goOn(under: MenuSwitch, now: number): Promise<boolean> {
    if (under.moves.length === 0) return finish(under, "moved", now);
    if (now < quietUntil) return false;
    return under.requestId === undefined ? ask(under, now) : look(under, under.requestId, now);
  }

  /**
   * Goes one step towards `face`.
   * @returns whether nobody is on the way, so that single residents may be linked
   */
  return async (face: Face, published: Published, now: number): Promise<boolean> => {
    let under = await switches.last();
    if (under === undefined || under.finished) {
      if ((under?.face ?? "everyday") === face) return true;
      await switches.begin(face, randomUUID(), await movesTo(face, published), now, now - 30 * dayMs);
      under = await switches.last();
      if (under === undefined) throw new Error("A switch of menus that was just begun was not found.");
    }
    const over = await goOn(under, now);
    // One that was begun before the emergency ended (or began) is followed by the way back.
    return over && under.face === face;
  };
}
