import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

let world: World;
let hanako: string;
beforeEach(async () => {
  world = await startWorld({ listens: true, simulator: { municipality: { name: "みほん区" } } });
  const { platform } = world.line;
  hanako = platform.addUser({ displayName: "花子", language: "ja" });
  await platform.follow(hanako);
  await waitFor("the greeting", () => platform.inbox(hanako).length > 0);
});
afterEach(() => world.end());

/** What was pushed to her, as text. */
const alertsOf = (userId: string): string[] =>
  world.line.platform
    .inbox(userId)
    .flatMap((entry) => (entry.from === "bot" && entry.via !== "reply" ? [JSON.stringify(entry)] : []));
async function hazards(): Promise<Record<string, unknown>[]> {
  const { body } = await world.admin.get("/hazards");
  return body["hazards"] as Record<string, unknown>[];
}

describe("from JMA's feed to the phone", () => {
  it("an earthquake of 5-lower reaches everybody once, by itself, also when the program is started again", async () => {
    world.line.platform.jma.happen("earthquake");
    await waitFor("both telegrams to be heard", async () => (await hazards()).length === 2);
    await waitFor("the alert", () => alertsOf(hanako).length > 0);
    expect(alertsOf(hanako)[0]).toContain("震度５弱");
    const before = alertsOf(hanako).length;
    await world.restart();
    await waitFor(
      "the feeds to be asked again",
      () => world.line.platform.jma.requests().filter(({ path }) => path.endsWith("extra_l.xml")).length > 1,
    );
    // Something later has passed the same road, so whatever was to come of the earlier has come.
    world.line.platform.jma.happen("heavyRain", { level: 5 });
    await waitFor("the later alert", () =>
      alertsOf(hanako).some((each) => each.includes("レベル５大雨特別警報")),
    );
    expect(alertsOf(hanako).length).toBe(before + 1);
    expect(await hazards()).toHaveLength(3);
  });

  it("a drill's telegram, and one about islands only, reach nobody", async () => {
    const { jma } = world.line.platform;
    jma.happen("drill");
    jma.happen("islands");
    jma.happen("earthquake");
    await waitFor("the alert", () => alertsOf(hanako).length > 0);
    expect(alertsOf(hanako).join()).not.toMatch(/津波警報|大雨/);
  });
});
