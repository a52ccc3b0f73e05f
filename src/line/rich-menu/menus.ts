import { readFailure } from "../line-answer.ts";
import { type SyncDeps, syncMenus } from "./sync-menus.ts";

export interface Menus {
  /** Publishes the menus unless that is done or was tried too recently. Called at the start and by the clock. */
  ensure(now: number): Promise<void>;
  /** Shows a resident the menu of a language; the default for undefined. */
  show(userId: string, language: string | undefined): Promise<void>;
}

const firstWaitMs = 60_000;
const longestWaitMs = 15 * 60_000;

/** The ward goes on without menus when LINE will not take them now: text and buttons do the same, and we try again. */
export function createMenus(deps: SyncDeps): Menus {
  const { line, residents, log } = deps;
  let ids: Map<string, string> | undefined;
  let waitMs = firstWaitMs;
  let tryAgainAt = 0;
  let trying: Promise<void> | undefined;

  async function attempt(now: number): Promise<void> {
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

  return {
    ensure: (now) => {
      if (ids !== undefined || now < tryAgainAt) return Promise.resolve();
      trying ??= attempt(now).finally(() => {
        trying = undefined;
      });
      return trying;
    },
    show: async (userId, language) => {
      try {
        if (language === undefined) {
          await line.call(({ api }) => api.unlinkRichMenuIdFromUser(userId));
          return;
        }
        const id = ids?.get(language);
        if (id === undefined || (await residents.find(userId))?.richMenuId === id) return;
        await line.call(({ api }) => api.linkRichMenuIdToUser(userId, id));
        await residents.setRichMenu([userId], id);
      } catch (error) {
        log.warn({ failure: readFailure(error) }, "a resident's rich menu could not be changed");
      }
    },
  };
}
