import { describe, expect, it } from "vitest";
import { seededRandom, syntheticResident } from "../../seeds/residents.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import type { Platform } from "../../src/simulator/index.ts";
import { openAlarm } from "../support/alarm.ts";
import type { Api } from "../support/api.ts";
import { type Killable, misbehave, startKillable } from "../support/killable.ts";
import { seedResidents } from "../support/seed.ts";
import { kindInForce, warningTelegram } from "../support/telegrams.ts";
import { waitFor } from "../support/wait-for.ts";

type Json = Record<string, unknown>;
type Alert = Json & { contents: Record<string, { title: string }> };
const residents = 2_000;
const patience = 40_000;
/** Slow enough that an alert is still under way when the program is killed. */
const pace = { LINE_MULTICASTS_PER_SECOND: "12" };
/** The eight requests of an alert take seconds: it is under way until somebody has prepared and confirmed what follows. */
const slowPace = { LINE_MULTICASTS_PER_SECOND: "3" };

/** Who was handed messages under the titles of an alert: user and language, as often as it happened. */
function handed(line: Platform, { contents }: Alert): string[] {
  return Object.entries(contents)
    .flatMap(([language, { title }]) =>
      line.ledger
        .batches()
        .filter(({ messages }) => String(Object(messages[0])["altText"]).startsWith(title))
        .flatMap((batch) => batch.delivered().map((user) => `${language} ${user}`)),
    )
    .sort();
}

const settled = (admin: Api, id: unknown): Promise<Alert> =>
  waitFor(
    `alert ${String(id)} to be sent`,
    async () => {
      const { body } = await admin.get(`/alerts/${String(id)}`);
      return body["state"] === "sent" ? (body as Alert) : undefined;
    },
    patience,
  );

/** Confirms although the program may die before, while, or after it hears of it. */
async function confirmAndDie(program: Killable, confirmer: Api, id: unknown, withinMs: number) {
  const first = confirmer.post(`/alerts/${String(id)}/confirm`).catch(() => undefined);
  await program.killWithin(withinMs);
  await first;
  const again = await confirmer.post(`/alerts/${String(id)}/confirm`);
  expect([200, 409]).toContain(again.status);
}

/** Whoever a ward would seed with this seed, each with their language. */
function everybody(program: Killable, seed: number): string[] {
  const ward = loadWard(program.config.wardProfile);
  const random = seededRandom(seed);
  return Array.from({ length: residents }, (_, index) =>
    syntheticResident(index + 1, ward, ward.languages, random),
  )
    .map(({ language, lineUserId }) => `${language ?? "ja"} ${lineUserId}`)
    .sort();
}

describe("killed while people are alerted, with one request in twenty going wrong in each way", () => {
  it.each([1, 2])(
    "everybody gets the alert once, in their language (seed %i)",
    async (seed) => {
      const program = await startKillable({ seed, environment: () => pace });
      const { line, admin } = program;
      try {
        await seedResidents(program.config, line, residents, seed);
        const alarm = await openAlarm(program);
        misbehave(line);
        const { id } = await alarm.raise();
        await confirmAndDie(program, alarm.confirmer, id, 60);
        await program.killWithin(500);
        const alert = await settled(admin, id);
        expect(handed(line.platform, alert)).toEqual(everybody(program, seed));
        expect(line.platform.ledger.summary()).toMatchObject({ copies: residents, doubled: [] });
        expect(line.platform.clientMistakes()).toEqual([]);
      } finally {
        await program.end();
      }
    },
    patience * 2,
  );

  it.each([
    [11, "correction"],
    [12, "allClear"],
    [13, "update"],
  ] as const)(
    "while it is under way, exactly those who were handed it and still follow get what follows, once (seed %i, %s)",
    async (seed, kind) => {
      const program = await startKillable({ seed, environment: () => slowPace });
      const { line, admin } = program;
      const { platform } = line;
      try {
        await seedResidents(program.config, line, residents, seed);
        const alarm = await openAlarm(program);
        misbehave(line);
        const { id } = await alarm.raise();
        await alarm.confirm(id);
        await waitFor("the first to be told", () => platform.ledger.batches()[0]);
        const gone = platform.ledger.batches()[0]?.delivered().slice(0, 5) ?? [];
        for (const user of gone) await platform.block(user);
        const blanks = kind === "update" ? { blanks: {} } : {};
        const followUp = await alarm.raiser.post(`/alerts/${String(id)}/follow-ups`, { kind, ...blanks });
        expect(followUp.status).toBe(201);
        await confirmAndDie(program, alarm.confirmer, followUp.body["id"], 60);
        await program.killWithin(400);
        const told = await settled(admin, followUp.body["id"]);
        await waitFor("the alert to be over", async () => {
          const { body } = await admin.get(`/alerts/${String(id)}/delivery`);
          return body["pending"] === 0 && body["sending"] === 0 ? body : undefined;
        });
        const alert = (await alarm.read(String(id))) as Alert;
        const first = handed(platform, alert);
        if (kind !== "update") expect(first.length).toBeLessThan(residents);
        const stillThere = first.filter((each) => !gone.some((user) => each.endsWith(user)));
        expect(new Set(first).size).toBe(first.length);
        expect(handed(platform, told)).toEqual(stillThere);
        expect(platform.ledger.summary().copies).toBe(first.length + stillThere.length);
        expect(platform.clientMistakes()).toEqual([]);
      } finally {
        await program.end();
      }
    },
    patience * 2,
  );

  it.each([21, 22])(
    "a telegram is told once, whether the program dies before it heard, decided or sent (seed %i)",
    async (seed) => {
      const program = await startKillable({
        seed,
        environment: ({ url }) => ({
          ...pace,
          JMA_FEED_BASE_URL: `${url}/jma/developer/xml/feed`,
          FEED_POLL_SECONDS: "2",
        }),
      });
      const { line, admin } = program;
      try {
        await seedResidents(program.config, line, residents, seed);
        misbehave(line);
        const reportedAt = `${new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`;
        const kinds = [kindInForce("33", "レベル５大雨特別警報")];
        const xml = warningTelegram({ type: "VPWW55", kinds, reportedAt }).toString();
        line.platform.jma.publish({ type: "VPWW55", xml });
        const asked = () => line.platform.jma.requests().some(({ path }) => path.includes("VPWW55"));
        await waitFor("somebody to ask for it", asked);
        await program.killWithin(40);
        await program.killWithin(600);
        const [alert, ...others] = await waitFor(
          "an alert",
          async () => {
            const { alerts } = (await admin.get("/alerts")).body as { alerts: Json[] };
            return alerts.length > 0 ? alerts : undefined;
          },
          patience,
        );
        expect(others).toEqual([]);
        const told = await settled(admin, alert?.["id"]);
        expect(handed(line.platform, told)).toEqual(everybody(program, seed));
        expect(line.platform.ledger.summary()).toMatchObject({ copies: residents, doubled: [] });
        const { hazards } = (await admin.get("/hazards")).body as { hazards: Json[] };
        expect(hazards).toMatchObject([{ decision: "automatic", alertIds: [alert?.["id"]] }]);
        expect(line.platform.clientMistakes()).toEqual([]);
      } finally {
        await program.end();
      }
    },
    patience * 2,
  );
});
