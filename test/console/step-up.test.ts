import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMovableClock, openOffice } from "../support/sending.ts";
import { type Colleague, employ, nextCode } from "../support/staff-office.ts";
import { visit } from "../support/visitor.ts";
import { type World, startWorld } from "../support/world.ts";

const minute = 60_000;

let world: World;
let clock: ReturnType<typeof createMovableClock>;
let taro: Colleague;
beforeEach(async () => {
  clock = createMovableClock();
  world = await startWorld({ overrides: { clock } });
  taro = await employ(world, clock, "taro@example.jp", "approver");
});
afterEach(async () => {
  await world.end();
});

async function submitted(): Promise<{
  path: string;
  state: () => Promise<unknown>;
  approve: () => Promise<void>;
}> {
  const office = await openOffice(world);
  const sendAt = new Date(clock.now() + 24 * 60 * minute).toISOString();
  const id = await office.submit({ sendAt });
  return {
    path: `/console/broadcasts/${id}`,
    state: async () => (await office.read(id))["state"],
    approve: async () => void (await office.approver.post(`/broadcasts/${id}/approve`)),
  };
}

/** The hidden fields of the form on a page. */
function carried(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input type="hidden" name="([^"]*)" value(?:="([^"]*)")?\/>/g)];
  return Object.fromEntries(
    inputs.filter(([, name]) => name !== "from").map(([, name = "", value = ""]) => [name, value]),
  );
}

describe("a fresh second factor", () => {
  it("is there for five minutes after signing in, and then asked for once more; the form is repeated as it was", async () => {
    const notice = await submitted();
    clock.advance(5 * minute + 1);
    const asked = await taro.visitor.post(`${notice.path}/approve`, { version: "2", note: "a<b" });
    expect(asked.status).toBe(403);
    expect(asked.html).toContain("もう一度、本人の確認");
    expect(await notice.state()).toBe("submitted");
    const fields = carried(asked.html);
    expect(fields).toMatchObject({ version: "2", note: "a&lt;b", "stepUp.to": `${notice.path}/approve` });

    const wrong = await taro.visitor.post("/console/step-up", { ...fields, "stepUp.code": "000000" });
    expect(wrong.status).toBe(403);
    expect(carried(wrong.html)).toMatchObject({ version: "2", "stepUp.to": `${notice.path}/approve` });
    expect(await notice.state()).toBe("submitted");

    const right = { ...fields, "stepUp.code": nextCode(clock, taro.totpSecret) };
    const { status, to } = await taro.visitor.post("/console/step-up", right);
    // 307: the browser posts the same fields again.
    expect([status, to]).toEqual([307, `${notice.path}/approve`]);
    expect(await taro.visitor.post(to ?? "", right)).toMatchObject({ status: 303, to: notice.path });
    expect(await notice.state()).toBe("approved");
    clock.advance(4 * minute);
    expect(await taro.visitor.post(`${notice.path}/cancel`)).toMatchObject({ status: 303, to: notice.path });
  });

  it.each(["approve", "stop", "resume", "cancel"])("is needed to %s", async (act) => {
    const notice = await submitted();
    if (act !== "approve") await notice.approve();
    clock.advance(6 * minute);
    const before = await notice.state();
    expect((await taro.visitor.post(`${notice.path}/${act}`, { version: "2" })).status).toBe(403);
    expect(await notice.state()).toBe(before);
  });

  it("is not needed to return something, which can be undone", async () => {
    const notice = await submitted();
    clock.advance(6 * minute);
    expect(await taro.visitor.post(`${notice.path}/return`, { comment: "なおして" })).toMatchObject({
      status: 303,
      to: notice.path,
    });
    expect(await notice.state()).toBe("returned");
  });

  it("may be a recovery code, which then is used up", async () => {
    clock.advance(6 * minute);
    const recoveryCode = taro.recoveryCodes[0] ?? "";
    const fields = {
      "stepUp.to": "/console/account",
      "stepUp.repeats": "page",
      "stepUp.recoveryCode": recoveryCode,
    };
    expect(await taro.visitor.post("/console/step-up", fields)).toMatchObject({ status: 303 });
    clock.advance(6 * minute);
    expect(await taro.visitor.post("/console/step-up", fields)).toMatchObject({ status: 403 });
    expect((await taro.visitor.get("/console/account")).html).toContain("残り9個");
  });

  it("is of the one who is signed in, leads to pages of ours only, and is taken from no other site", async () => {
    const other = await employ(world, clock, "jiro@example.jp", "approver");
    clock.advance(6 * minute);
    const fields = (secret: string) => ({
      "stepUp.to": "https://elsewhere.example/",
      "stepUp.repeats": "form",
      "stepUp.code": nextCode(clock, secret),
    });
    expect(await taro.visitor.post("/console/step-up", fields(other.totpSecret))).toMatchObject({
      status: 403,
    });
    const right = fields(taro.totpSecret);
    const cross = { "sec-fetch-site": "cross-site" };
    expect((await taro.visitor.post("/console/step-up", right, cross)).to).toBeNull();
    expect(await taro.visitor.post("/console/step-up", right)).toMatchObject({ status: 307, to: "/console" });
  });

  it("is braked like any other", async () => {
    clock.advance(6 * minute);
    const fields = { "stepUp.to": "/console/account", "stepUp.repeats": "page", "stepUp.code": "000000" };
    for (let attempt = 0; attempt < 5; attempt += 1) await taro.visitor.post("/console/step-up", fields);
    const { headers, html } = await taro.visitor.post("/console/step-up", fields);
    expect(headers.get("retry-after")).toBe("10");
    expect(html).toContain("10秒たってから");
  });

  it("is asked of no key of the API", async () => {
    const notice = await submitted();
    clock.advance(60 * minute);
    await notice.approve();
    expect(await notice.state()).toBe("approved");
  });
});

describe("the demo's log-ins", () => {
  it("need no second factor at any time, and are nothing once the program runs without them", async () => {
    const { body } = await world.admin.post("/staff", {
      name: "demo",
      email: "demo@example.jp",
      roles: ["administrator"],
    });
    const staffId = String(body["id"]);
    const demoLogins = () => [{ staffId, name: "demo", role: "administrator" }];
    await world.restart({ clock, demoLogins });
    const visitor = visit(world);
    await visitor.post("/console/sign-in", { staffId });
    clock.advance(20 * minute);
    const fields = { name: "x", email: "x@example.jp", role: "author" };
    expect((await visitor.post("/console/staff/invite", fields)).html).toContain("招待リンク");

    await world.restart({ clock });
    const after = visit(world);
    after.cookies.set("kairan", visitor.cookies.get("kairan") ?? "");
    expect((await after.get("/console")).status).toBe(303);
    await after.post("/console/sign-in", { staffId });
    expect((await after.get("/console")).status).toBe(303);
    expect((await after.get("/console/sign-in")).html).not.toContain('name="staffId"');
  });
});
