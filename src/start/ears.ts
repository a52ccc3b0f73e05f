import { createHazardDesk } from "../alerts/hazards/hazard-desk.ts";
import { loadRules, rulesPath } from "../alerts/rules/load-rules.ts";
import type { JmaCodes } from "../feeds/jma/codes.ts";
import { createJmaFeed } from "../feeds/jma/poll.ts";
import type { FeedTrouble } from "../feeds/jma/feed-status.ts";
import type { Hear } from "../feeds/jma/work-off.ts";
import { readTelegram } from "../feeds/jma/read-telegram.ts";
import type { HearUnread } from "../feeds/jma/tell-unread.ts";
import { isWorthFetching } from "../feeds/jma/types.ts";
import { asUnread, unreadReading } from "../feeds/jma/unread.ts";
import type { Alarm } from "./alarm.ts";
import type { Ground } from "./ground.ts";
import type { Stores } from "./stores.ts";

export type Ears = ReturnType<typeof createEars>;

/** What the profile does not name fits nothing that a telegram says. */
function codesOf(given: NonNullable<Ground["ward"]["profile"]["jma"]>): JmaCodes {
  const { earthquakeArea = "", prefecture = "", prefectureName = "", ...codes } = given;
  return { ...codes, earthquakeArea, prefecture, prefectureName };
}

/** What is heard from outside, and the desk where it is decided what comes of it. */
export function createEars(ground: Ground, stores: Stores, { alerts, templates, calls }: Alarm) {
  const { config, ward, clock, ids, log, owner, metrics, tasks } = ground;
  const { call } = calls;
  const rules = loadRules(
    rulesPath(config.wardProfile, ward.profile.alertRules),
    (id) => templates.find(id) !== undefined,
  );
  const desk = createHazardDesk({
    store: stores.hazards,
    alerts,
    templates,
    rules,
    ward,
    call,
    clock,
    ids,
    log,
  });

  const hear: Hear = async (bytes, { id, type }) => {
    const codes = ward.profile.jma;
    if (codes === undefined) return "forget";
    const read = await readTelegram(bytes, { id, type }, codesOf(codes));
    if ("refused" in read) return asUnread(read, bytes);
    const { hazards, remarks, telegram } = read.reading;
    const ours = hazards.length > 0 || telegram.infoType === "cancellation";
    // The whole country's would bury the rest; what is said of our prefecture's islands is asked about: why did it not go?
    const near = codes.prefecture !== undefined && id.endsWith(`_${codes.prefecture}.xml`);
    const told = ours || near || remarks.some(({ code }) => code !== "elsewhere");
    // What was on record as not readable is told to be about elsewhere: nobody need wonder any more.
    if (!told && !(await desk.isUnread(id))) return "forget";
    await desk.hear(read.reading);
    tasks.run("calls", calls.pushOpen);
    return "keep";
  };

  const hearUnread: HearUnread = async (announced, why) => {
    await desk.hear(unreadReading(announced, why));
    tasks.run("calls", calls.pushOpen);
  };

  function report(trouble: FeedTrouble): void {
    log.warn({ trouble }, "the feed of the Meteorological Agency");
    if (trouble.code === "silent")
      tasks.run("call: silent", () =>
        call({
          kind: "feedSilent",
          role: "dutyOfficer",
          values: {},
          once: `silent/${trouble.since}`,
        }),
      );
    if (trouble.code === "listeningAgain")
      tasks.run("call: heard again", () => calls.over(`silent/${trouble.silentSince}`));
    if (trouble.code === "telegramFailed")
      tasks.run(`call: ${trouble.id}`, () =>
        call({
          kind: "feedBroken",
          role: "dutyOfficer",
          values: { detail: trouble.title.slice(0, 100) },
          once: `broken/${trouble.id}`,
        }),
      );
  }

  const jma = createJmaFeed({
    baseUrl: ward.profile.jma === undefined ? undefined : config.feed.jmaBaseUrl,
    pollSeconds: config.feed.pollSeconds,
    contact: config.publicUrl,
    store: stores.feedEntries,
    clock,
    log,
    owner,
    kindOf: isWorthFetching,
    hear,
    hearUnread,
    reportTrouble: report,
    meter: metrics.feedMeter,
  });
  metrics.watchFeed(jma.secondsSinceSuccess);
  return { desk, rules, jma };
}
