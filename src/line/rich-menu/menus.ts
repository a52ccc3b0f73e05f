import { readFailure } from "../line-answer.ts";
import { type SyncDeps, relink, syncMenus } from "./sync-menus.ts";

export interface Menus {
  /** Publishes the menus if that is still to be done, then shows them to whom they could not be shown. Called by the clock. */
  ensure(now: number): Promise<void>;
  /** Shows a resident the menu of a language; the default for undefined. */
  show(userId: string, language: string | undefined): Promise<void>;
}

const firstWaitMs = 60_000;
const longestWaitMs = 15 * 60_000;
/** Stands for the menu of somebody who should be shown one as soon as that is possible. */
const owed = "owed";

/** The ward goes on without menus when LINE will not take them now: text and buttons do the same, and we try again. */
export function createMenus(deps: SyncDeps): Menus {
  const { line, residents, log } = deps;
  let ids: Map<string, string> | undefined;
  let waitMs = firstWaitMs;
  let tryAgainAt = 0;

  async function publish(now: number): Promise<void> {
    try {
      ids = await syncMenus(deps);
    } catch (error) {
      log.warn(
        { failure: readFailure(error), againInSeconds: waitMs / 1000 },
        "the rich menus could not be published",
      );
      tryAgainAt = now + waitMs;
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  }

  async function settleDebts(published: Map<string, string>): Promise<void> {
    try {
      for (const [language, id] of published) await relink(deps, language, id);
    } catch (error) {
      log.warn(
        { failure: readFailure(error) },
        "rich menus could not be shown to all their readers; it is tried again",
      );
    }
  }

  return {
    ensure: async (now) => {
      if (ids === undefined && now >= tryAgainAt) await publish(now);
      if (ids !== undefined) await settleDebts(ids);
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
      const id = ids?.get(language);
      const shown = (await residents.find(userId))?.richMenuId;
      if (shown === id && id !== undefined) return;
      if (id === undefined) {
        if (ids === undefined) await residents.setRichMenu([userId], owed);
        return;
      }
      try {
        await line.call(({ api }) => api.linkRichMenuIdToUser(userId, id));
        await residents.setRichMenu([userId], id);
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
