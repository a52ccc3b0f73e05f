import { readFileSync } from "node:fs";
import { projectPath } from "../../src/shared/project-root.ts";
import type { Platform } from "../../src/simulator/index.ts";

/** A resident of the demo, with a phone of their own. */
export interface Phone {
  id: string;
  name: string;
}

type Tap = string | { press: string; pick: string };

interface PhoneScript extends Omit<Phone, "id"> {
  language: string;
  taps: Tap[];
}

/** Adds the demo's phones; each follows the ward and makes its choices by pressing what the bot offers, as residents do. */
export async function registerPhones(platform: Platform): Promise<Phone[]> {
  const scripts = JSON.parse(
    readFileSync(projectPath("seeds", "demo", "phones.json"), "utf8"),
  ) as PhoneScript[];
  return Promise.all(
    scripts.map(async ({ name, language, taps }) => {
      const id = platform.addUser({ displayName: name, language });
      await answered(platform, id, () => platform.follow(id));
      for (const tap of taps) {
        const { press, pick } = typeof tap === "string" ? { press: tap, pick: undefined } : tap;
        await answered(platform, id, () =>
          platform.pressLabel(id, press, pick === undefined ? {} : { pick }),
        );
      }
      return { id, name };
    }),
  );
}

/** Does something and waits until the bot has said more than before. */
async function answered(platform: Platform, id: string, act: () => Promise<unknown>): Promise<void> {
  const said = () => platform.inbox(id).filter((entry) => entry.from === "bot").length;
  const before = said();
  await act();
  await platform.waitUntil(() => said() > before);
}
