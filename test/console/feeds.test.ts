import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { createCallStore } from "../../src/alerts/calls/call-store.ts";
import { createHazardStore } from "../../src/alerts/hazards/hazard-store.ts";
import type { Reading } from "../../src/alerts/hazards/hazard.ts";
import type { Decision } from "../../src/alerts/rules/decision.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import { earOf } from "../../src/console/feeds/ear.ts";
import { sayIn } from "../../src/console/page.ts";
import { createIds } from "../../src/shared/ids.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { type StaffedConsole, openConsole } from "../support/console.ts";
import { heavyRain, reading, shippedRules } from "../support/hazards.ts";
import { createMovableClock } from "../support/sending.ts";
import type { Visitor } from "../support/visitor.ts";

const sentences = loadSentences();
const say = sayIn("en", sentences.say);
const minute = 60_000;
const at = "/console/feeds";

let staffed: StaffedConsole;
let clock: ReturnType<typeof createMovableClock>;
let visitor: Visitor;
let tables: ReturnType<typeof openTables>;

beforeEach(async () => {
  clock = createMovableClock();
  staffed = await openConsole({ overrides: { clock } });
  tables = openTables();
  visitor = await staffed.enter("dutyOfficer", "en");
});
afterEach(async () => {
  tables.close();
  await staffed.world.end();
});

function openTables() {
  const db = openDatabase(staffed.world.config.databaseUrl);
  const ids = createIds();
  const hazards = createHazardStore(db, createAuditStore(db));
  return { hazards, calls: createCallStore(db, ids), ids, close: db.close };
}

/** Puts on record what was heard and decided. @returns its id */
async function heard(
  what: Reading,
  decision: Partial<Decision> = {},
  alerts: string[] = [],
): Promise<string> {
  const { record } = await tables.hazards.hear(tables.ids.ulid(), what, "feed", clock.now());
  const whole: Decision = {
    subject: undefined,
    do: "nothing",
    rule: undefined,
    reasons: [],
    ends: [],
    ...decision,
  };
  await tables.hazards.decided(record.id, [whole], clock.now());
  await tables.hazards.done(record.id, [whole], { alerts, call: undefined, states: [] });
  return record.id;
}

const rain = () => reading([heavyRain(4)], { title: "東京都大雨危険警報" });
const elsewhere = () => reading([], { title: "小笠原諸島だけの警報" }, [{ code: "elsewhere" }]);

describe("the list of what came in", () => {
  it("says of each what it says of the ward, what was decided and by which rule, and leads to its page and its alert", async () => {
    const id = await heard(rain(), { do: "automatic", rule: "urgentWarning", reasons: [{ code: "new" }] }, [
      "01ALERT",
    ]);
    const { status, html } = await visitor.get(at);
    expect(status).toBe(200);
    for (const part of [
      `href="${at}/${id}"`,
      "東京都大雨危険警報",
      "レベル4大雨",
      say("feeds-page:deed.automatic"),
      `href="${at}/rules#rule-urgentWarning"`,
      `href="/console/alerts/01ALERT"`,
    ])
      expect(html).toContain(part);
  });

  it("says first that something is only an exercise", async () => {
    await heard(reading([heavyRain(5)], { status: "exercise" }));
    expect((await visitor.get(at)).html).toContain(say("feeds-page:status.exercise"));
  });

  it("shows what comes in as text, whatever it looks like", async () => {
    await heard(reading([heavyRain(4, { name: "<img src=x>" })], { title: "<script>alert(1)</script>" }));
    const { html } = await visitor.get(at);
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img src=x>");
  });

  it("can be narrowed to our ward, to what was sent, to drafts and to what was ignored", async () => {
    await heard(rain(), { do: "automatic" });
    await heard(reading([heavyRain(3)], { title: "レベル３の下書き" }), { do: "draft" });
    await heard(elsewhere());
    const titles = ["東京都大雨危険警報", "レベル３の下書き", "小笠原諸島だけの警報"];
    const shown = async (only: string) => {
      const { html } = await visitor.get(`${at}?only=${only}`);
      return titles.map((title) => html.includes(title));
    };
    expect(await shown("ours")).toEqual([true, true, false]);
    expect(await shown("sent")).toEqual([true, false, false]);
    expect(await shown("drafts")).toEqual([false, true, false]);
    expect(await shown("ignored")).toEqual([false, false, true]);
    expect(await shown("nonsense")).toEqual([true, true, true]);
  });

  it("goes on to older ones, each shown once, also under a filter that hardly anything fits", async () => {
    for (let count = 0; count < 120; count += 1) await heard(elsewhere());
    const oldest = await heard(rain(), { do: "automatic" });
    // The newest hundred and twenty come after it in time.
    for (let count = 0; count < 120; count += 1) await heard(elsewhere());
    expect((await visitor.get(`${at}?only=sent`)).html).toContain(`href="${at}/${oldest}"`);

    const seen: string[] = [];
    for (let path: string | undefined = at; path !== undefined;) {
      const html: string = (await visitor.get(path)).html;
      seen.push(
        ...[...html.matchAll(/<th scope="row"[^>]*><a href="\/console\/feeds\/([^"]+)"/g)].map(
          ([, id = ""]) => id,
        ),
      );
      const next: string | undefined = /href="(\/console\/feeds\?before=[^"#]+)/.exec(html)?.[1];
      path = next?.replaceAll("&amp;", "&");
    }
    expect([seen.length, new Set(seen).size]).toEqual([241, 241]);
  });
});

describe("a filter that hardly anything fits", () => {
  /** As many as a ward keeps; only their order matters, so they are written at once. */
  function manyElsewhere(count: number): void {
    const db = openDatabase(staffed.world.config.databaseUrl);
    const add = db.sqlite.prepare(
      `INSERT INTO hazards (id, telegram, fingerprint, source, reading, received_at, received_from, stage, decisions)
       VALUES (?, ?, '', 'jma', ?, 0, 'feed', 'done', '[{"do":"nothing","reasons":[],"ends":[]}]')`,
    );
    const text = JSON.stringify(elsewhere());
    db.sqlite.transaction(() => {
      for (let number = 0; number < count; number += 1) add.run(tables.ids.ulid(), `many-${number}`, text);
    })();
    db.close();
  }

  it("finds the one that fits behind ten thousand others", async () => {
    const oldest = await heard(rain(), { do: "automatic" });
    manyElsewhere(10_000);
    for (const only of ["sent", "ours"])
      expect((await visitor.get(`${at}?only=${only}`)).html).toContain(`href="${at}/${oldest}"`);
  });

  it("says that older ones are still to be searched, and goes on until it has found it", async () => {
    const oldest = await heard(reading([heavyRain(3)]), { do: "draft" });
    manyElsewhere(20_100);
    const first = await visitor.get(`${at}?only=drafts`);
    expect(first.html).toContain(say("feeds-page:list.nothingYet"));
    const next = /href="(\/console\/feeds\?[^"#]*before=[^"#]+)/.exec(first.html)?.[1] ?? "";
    const path = next.replaceAll("&amp;", "&");
    const { html } = await visitor.get(path);
    expect(html).toContain(`href="${at}/${oldest}"`);
    expect(html).not.toMatch(/href="[^"]*before=/);
    expect((await visitor.get(`${at}?only=drafts&before=${oldest}`)).html).toContain(
      say("feeds-page:list.nothingFits"),
    );
  }, 60_000);

  it("takes nothing that was said for what was decided", async () => {
    const words = '"do":"automatic" "hazards":[]';
    const id = await heard(reading([heavyRain(3, { name: words })], { title: words }), {
      do: "draft",
      reasons: [{ code: "unknown", values: { detail: words } }],
    });
    const shown = async (only: string) =>
      (await visitor.get(`${at}?only=${only}`)).html.includes(`href="${at}/${id}"`);
    expect([await shown("sent"), await shown("drafts"), await shown("ours")]).toEqual([false, true, true]);
  });
});

describe("the page of one telegram", () => {
  it("says in words why it went or did not go, with the rule and the reason for the rule", async () => {
    const id = await heard(rain(), {
      subject: "heavyRain",
      do: "draft",
      rule: "urgentWarning",
      reasons: [{ code: "maintenance" }, { code: "new" }],
    });
    const { html } = await visitor.get(`${at}/${id}`);
    expect(html).toContain(say("hazards-why:code.maintenance"));
    expect(html).toContain(say("hazards-why:code.new"));
    const rule = shippedRules.rules.find((each) => each.id === "urgentWarning");
    expect(html.replaceAll("&#39;", "'")).toContain(rule?.why.en);
  });

  it("has a sentence for every reason there is, in both languages of the staff", async () => {
    const { reasonCodes } = await import("../../src/alerts/rules/decision.ts");
    for (const code of reasonCodes)
      for (const language of ["ja", "en"])
        expect(sentences.say(language, `hazards-why:code.${code}`).length).toBeGreaterThan(3);
  });

  it("is not there for an id that nothing has", async () => {
    expect((await visitor.get(`${at}/nothing`)).status).toBe(404);
    expect((await visitor.get(`${at}/${"x".repeat(5_000)}`)).status).toBe(404);
  });
});

describe("the rules", () => {
  it.each(["ja", "en"])("each stand in a sentence with the reason for it (%s)", async (language) => {
    const reader = await staffed.enter("viewer", language);
    const { html } = await reader.get(`${at}/rules`);
    for (const { id, why } of shippedRules.rules) {
      expect(html).toContain(`id="rule-${id}"`);
      expect(html.replaceAll("&#39;", "'")).toContain(language === "ja" ? why.ja : why.en);
    }
    expect(html).not.toMatch(/\{\{|undefined/);
  });
});

describe("the maintenance switch", () => {
  const turnOn = (fields: Record<string, string>) =>
    visitor.post(`${at}/maintenance`, { turn: "on", note: "", until: "", ...fields });

  it("says on every page, to everybody, who stopped automatic sending, why, and until it ends by itself", async () => {
    const { status, to } = await turnOn({
      note: "Receiver is replaced",
      until: inTokyo(clock.now() + 60 * minute),
    });
    expect([status, to]).toEqual([303, `${at}?maintenance=on#done`]);
    for (const role of ["viewer", "author", "administrator"]) {
      const somebody = await staffed.enter(role, "en");
      for (const path of ["/console", "/console/broadcasts", "/console/account", "/console/feeds/rules"]) {
        const { html } = await somebody.get(path);
        expect([path, html.includes("Receiver is replaced"), html.includes("dutyOfficer")]).toEqual([
          path,
          true,
          true,
        ]);
      }
    }
    clock.advance(61 * minute);
    const later = await staffed.enter("viewer", "en");
    expect((await later.get("/console/broadcasts")).html).not.toContain("Receiver is replaced");
  });

  it("is turned off again by hand", async () => {
    await turnOn({ note: "A note" });
    expect((await visitor.post(`${at}/maintenance`, { turn: "off" })).status).toBe(303);
    expect((await visitor.get(at)).html).toContain(say("feeds-page:maintenance.off"));
    expect((await visitor.get("/console")).html).not.toContain("A note");
  });

  it("asks for a reason and for a time that is still to come, and loses nothing that was typed", async () => {
    const without = await turnOn({ until: inTokyo(clock.now() + 60 * minute) });
    expect([without.status, without.html.includes(say("feeds-page:maintenance.problem.empty"))]).toEqual([
      422,
      true,
    ]);
    const past = await turnOn({ note: "My reason", until: "2001-01-01T00:00" });
    expect(past.status).toBe(422);
    expect(past.html).toContain(say("feeds-page:maintenance.problem.past"));
    expect(past.html).toContain(`value="My reason"`);
    expect((await turnOn({ note: "x", until: "tomorrow" })).html).toContain(
      say("feeds-page:maintenance.problem.badTime"),
    );
    expect((await tables.hazards.maintenance()).on).toBe(false);
  });

  it("is shown to those who may not turn it, without the switch", async () => {
    const viewer = await staffed.enter("viewer", "en");
    expect((await viewer.get(at)).html).not.toContain(`action="${at}/maintenance"`);
    expect((await viewer.post(`${at}/maintenance`, { turn: "on", note: "x" })).status).toBe(403);
    expect((await tables.hazards.maintenance()).on).toBe(false);
  });
});

describe("a call to staff", () => {
  const call = () =>
    tables.calls.add(
      { kind: "unknownTelegram", role: "dutyOfficer", hazard: "01HAZARD", values: { title: "Level 3" } },
      clock.now(),
    );

  it("stands on every page of those it is for until they say that they saw it; the others still see it", async () => {
    await call();
    const second = await staffed.enter(await staffed.employ("second", "dutyOfficer"), "en");
    const author = await staffed.enter("author", "en");
    for (const path of ["/console", "/console/broadcasts", "/console/feeds"]) {
      expect((await visitor.get(path)).html).toContain(`href="/console/feeds/01HAZARD"`);
      expect((await author.get(path)).html).not.toContain(`href="/console/feeds/01HAZARD"`);
    }
    const { html } = await visitor.get("/console/broadcasts?q=x");
    const seen = /action="(\/console\/calls\/[^"]+\/seen)"/.exec(html)?.[1] ?? "";
    const { status, to } = await visitor.post(seen, { from: "/console/broadcasts?q=x" });
    expect([status, to]).toEqual([303, "/console/broadcasts?q=x"]);
    expect((await visitor.get("/console/broadcasts")).html).not.toContain("01HAZARD");
    expect((await second.get("/console/broadcasts")).html).toContain("01HAZARD");
  });

  it("comes by itself to the home page, which is drawn anew only when there is another one", async () => {
    const { html } = await visitor.get("/console");
    expect(html).toContain(`hx-get="/console/calls?shown="`);
    const hx = { "hx-request": "true" };
    expect((await visitor.get("/console/calls?shown=", hx)).status).toBe(204);
    await call();
    const news = await visitor.get("/console/calls?shown=", hx);
    expect([news.status, news.html.includes("01HAZARD"), news.html.includes("<html")]).toEqual([
      200,
      true,
      false,
    ]);
    const shown = /hx-get="([^"]+)"/.exec(news.html)?.[1] ?? "";
    expect((await visitor.get(shown, hx)).status).toBe(204);
  });

  it("leads nowhere else than back to a page of ours", async () => {
    await call();
    const { to } = await visitor.post("/console/calls/nothing/seen", { from: "//elsewhere.example" });
    expect(to).toBe("/console");
  });
});

describe("an ear", () => {
  const status = {
    state: "listening" as const,
    lastSuccessAt: 1,
    lastEntryAt: 2,
    silentSince: undefined,
    consecutiveFailures: 0,
    lastFailure: { reason: "HTTP 503" },
  };

  it("is well when it was heard, though it failed once before", () => {
    expect(earOf(status)).toMatchObject({ state: "well", detail: undefined, lastTelegramAt: 2 });
  });

  it("says that the last look failed, and that it is silent when that goes on", () => {
    expect(earOf({ ...status, consecutiveFailures: 1 })).toMatchObject({
      state: "failing",
      detail: "HTTP 503",
    });
    expect(earOf({ ...status, state: "silent", silentSince: 3, consecutiveFailures: 9 })).toMatchObject({
      state: "silent",
      silentSince: 3,
    });
    expect(earOf({ ...status, state: "off" }).state).toBe("off");
  });
});

/** As a browser gives it. */
function inTokyo(instant: number): string {
  return new Date(instant + 9 * 60 * minute).toISOString().slice(0, 16);
}
