import { type OpenAlert, isEmergency } from "../../messages/open-alert.ts";
import type { Clock } from "../../shared/clock.ts";
import { readFailure } from "../line-answer.ts";
import type { Face } from "./menu-definition.ts";
import { type Published, menuFor, publishMenus } from "./publish-menus.ts";
import { ensureDefault, relink, removeUnused } from "./show-menus.ts";
import { type SwitchDeps, createMenuSwitch } from "./switch-menus.ts";

export interface Menus {
  /**
   * Publishes the menus if that is still to be done, then shows them to whom they could not be shown. Called by the clock.
   * `quiet` says whether nothing more urgent is being sent: as long as it is, nobody is linked by the hundreds.
   */
  ensure(now: number, quiet?: () => boolean): Promise<void>;
  /** Goes after the open alerts: in an emergency the disaster menus, after it the everyday ones. Called by the clock. */
  keepUp(now: number, quiet?: () => boolean): Promise<void>;
  /** Shows a resident the menu of a language; the default for undefined. */
  show(userId: string, language: string | undefined): Promise<void>;
}

export interface MenusDeps extends SwitchDeps {
  openAlerts: () => Promise<readonly OpenAlert[]>;
  clock: Clock;
}

const firstWaitMs = 60_000;
const longestWaitMs = 15 * 60_000;
const defaultWaitMs = 5_000;
const linkWaitMs = 30_000;
/** Stands for the menu of somebody who should be shown one as soon as that is possible. */
const owed = "owed";

/** The ward goes on without menus when LINE will not take them now: text and buttons do the same, and we try again. */
export function createMenus(deps: MenusDeps): Menus {
  const { line, ward, residents, log, openAlerts, clock } = deps;
  const turn = createMenuSwitch(deps);
  let published: Published | undefined;
  let waitMs = firstWaitMs;
  let tryAgainAt = 0;
  let tidied = false;
  /** The face whose default menu LINE is known to show. */
  let defaultFace: Face | undefined;
  let tryDefaultAt = 0;
  /** The face that everybody is known to see. */
  let settled: Face | undefined;
  /** So long nobody is linked to this face's menus, but by {@link Menus.ensure}: LINE would not. */
  let failure: { face: Face; until: number } | undefined;
  let working: Promise<unknown> = Promise.resolve();
  let busy = false;
  let lastFace: Face = "everyday";

  /** What should be shown now; as long as that cannot be known, what was. */
  async function wantedFace(): Promise<Face> {
    try {
      lastFace = isEmergency(await openAlerts(), clock.now()) ? "emergency" : "everyday";
    } catch (error) {
      log.warn({ err: error }, "whether an emergency is open is not known; the menus stay as they are");
    }
    return lastFace;
  }

  async function publish(now: number): Promise<void> {
    try {
      published = await publishMenus(deps);
      tidied = false;
      defaultFace = undefined;
      settled = undefined;
      if (published.complete) return;
    } catch (error) {
      log.warn(
        { failure: readFailure(error), againInSeconds: waitMs / 1000 },
        "the rich menus could not be published",
      );
    }
    tryAgainAt = now + waitMs;
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }

  async function showDefault(menus: Published, face: Face, now: number): Promise<void> {
    if (defaultFace === face || now < tryDefaultAt) return;
    try {
      await ensureDefault(line, menuFor(menus, face, ward.mainLanguage));
      defaultFace = face;
    } catch (error) {
      tryDefaultAt = now + defaultWaitMs;
      log.warn({ failure: readFailure(error) }, "the default rich menu could not be set; it is tried again");
    }
  }

  /** First what those see who have no menu of their own, then everybody at once, then whoever is left over. */
  async function switchTo(menus: Published, face: Face, now: number, quiet: () => boolean): Promise<void> {
    settled = undefined;
    await showDefault(menus, face, now);
    if (!(await turn(face, menus, now))) return;
    try {
      for (const language of ward.languages) {
        const id = menuFor(menus, face, language);
        if (id !== undefined) await relink(deps, language, id, quiet);
      }
      failure = undefined;
      settled = quiet() && defaultFace === face ? face : undefined;
      if (settled === undefined || tidied || !menus.complete) return;
      await removeUnused(deps, menus);
      tidied = true;
    } catch (error) {
      failure = { face, until: now + linkWaitMs };
      log.warn(
        { failure: readFailure(error) },
        "rich menus could not be shown to all their readers, or earlier ones not be removed; it is tried again",
      );
    }
  }

  /** The clock's two ways in do not overlap. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    busy = true;
    const done = working.then(work).finally(() => {
      if (working === settledWork) busy = false;
    });
    const settledWork = done.catch(() => undefined);
    working = settledWork;
    return done;
  }

  return {
    ensure: (now, quiet = () => true) =>
      inTurn(async () => {
        if (published?.complete !== true && now >= tryAgainAt) await publish(now);
        if (published !== undefined) await switchTo(published, await wantedFace(), now, quiet);
      }),
    keepUp: async (now, quiet = () => true) => {
      const menus = published;
      if (menus === undefined || busy) return;
      await inTurn(async () => {
        const face = await wantedFace();
        const failed = failure?.face === face && now < failure.until;
        if (face !== settled && !failed) await switchTo(menus, face, now, quiet);
      });
    },
    show: async (userId, language) => {
      if (language === undefined) {
        await line
          .call(({ api }) => api.unlinkRichMenuIdFromUser(userId))
          .catch((error: unknown) =>
            log.warn({ failure: readFailure(error) }, "a resident's rich menu could not be taken back"),
          );
        return;
      }
      const face = await wantedFace();
      const id = published === undefined ? undefined : menuFor(published, face, language);
      const shown = (await residents.find(userId))?.richMenuId;
      if (shown === id && id !== undefined) return;
      if (id === undefined) {
        if (published === undefined) await residents.setRichMenu([userId], owed);
        return;
      }
      try {
        await line.call(({ api }) => api.linkRichMenuIdToUser(userId, id));
        // If everybody's menu was switched meanwhile, nobody can say which came last.
        await residents.setRichMenu([userId], (await wantedFace()) === face ? id : owed);
      } catch (error) {
        log.warn(
          { failure: readFailure(error) },
          "a resident's rich menu could not be changed; it is tried again",
        );
        await residents.setRichMenu([userId], owed);
      }
    },
  };
}
