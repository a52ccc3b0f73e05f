import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAuthenticator, passkeyOptionsIn } from "../support/authenticator.ts";
import { createMovableClock } from "../support/sending.ts";
import { codesIn, employ, goodPassphrase, inviteDirectly, nextCode } from "../support/staff-office.ts";
import { type Visitor, visit } from "../support/visitor.ts";
import { type World, startWorld } from "../support/world.ts";

const site = "https://notice.ward.example";
const minute = 60_000;

let world: World;
let clock: ReturnType<typeof createMovableClock>;
beforeEach(async () => {
  clock = createMovableClock();
  world = await startWorld({ overrides: { clock }, environment: { PUBLIC_URL: site } });
});
afterEach(async () => {
  await world.end();
});

const passphrases = { passphrase: goodPassphrase, passphraseAgain: goodPassphrase };

/** Somebody whose only second factor is a passkey. */
async function enrolWithPasskey(email: string) {
  const { path } = await inviteDirectly(world, clock, email, ["approver"]);
  const visitor = visit(world);
  await visitor.post(path, passphrases);
  const authenticator = createAuthenticator(site);
  const options = passkeyOptionsIn((await visitor.get("/console/enrolment")).html);
  const done = await visitor.post("/console/enrolment", { passkey: authenticator.create(options) });
  expect(codesIn(done.html)).toHaveLength(10);
  return { visitor, authenticator, email };
}

async function atFactor(email: string): Promise<Visitor> {
  const visitor = visit(world);
  await visitor.post("/console/sign-in", { email, passphrase: goodPassphrase });
  return visitor;
}

describe("a passkey", () => {
  it("is a second factor at enrolment, at signing in and at stepping up", async () => {
    const { visitor, authenticator, email } = await enrolWithPasskey("a@example.jp");
    expect((await visitor.get("/console")).status).toBe(200);
    const again = await atFactor(email);
    const { html } = await again.get("/console/sign-in/factor");
    expect(html).not.toContain('name="code"');
    const passkey = authenticator.get(passkeyOptionsIn(html));
    expect(await again.post("/console/sign-in/factor", { passkey })).toMatchObject({ to: "/console" });

    clock.advance(6 * minute);
    const asked = await again.get("/console/step-up?to=/console/account/passphrase");
    const fields = { "stepUp.to": "/console/account/passphrase", "stepUp.repeats": "page" };
    const shown = authenticator.get(passkeyOptionsIn(asked.html));
    expect(await again.post("/console/step-up", { ...fields, "stepUp.passkey": shown })).toMatchObject({
      status: 303,
    });
    expect((await again.get("/console/account/passphrase")).status).toBe(200);
    // The same answer once more is to no question of ours.
    clock.advance(6 * minute);
    await again.get("/console/step-up");
    expect(await again.post("/console/step-up", { ...fields, "stepUp.passkey": shown })).toMatchObject({
      status: 403,
    });
  });

  it("is taken from our site only, from its owner only, and in the shape it has", async () => {
    const { authenticator, email } = await enrolWithPasskey("a@example.jp");
    const visitor = await atFactor(email);
    const attempt = async (answer: (options: string) => string) => {
      const options = passkeyOptionsIn((await visitor.get("/console/sign-in/factor")).html);
      return (await visitor.post("/console/sign-in/factor", { passkey: answer(options) })).status;
    };
    const stranger = createAuthenticator(site);
    expect(await attempt((options) => authenticator.get(options, "https://elsewhere.example"))).toBe(401);
    expect(await attempt((options) => stranger.get(options))).toBe(401);
    expect(await attempt(() => '{"id":1}')).toBe(401);
    expect(await attempt(() => "nonsense")).toBe(401);
    clock.advance(minute);
    expect(await attempt((options) => authenticator.get(options))).toBe(303);
  });

  it("can be added beside an authenticator app and removed, but the last factor cannot", async () => {
    const hanako = await employ(world, clock, "hanako@example.jp", "author");
    const { visitor, email } = hanako;
    const authenticator = createAuthenticator(site);
    const page = await visitor.get("/console/account/passkeys/new");
    const passkey = authenticator.create(passkeyOptionsIn(page.html));
    expect(await visitor.post("/console/account/passkeys/new", { passkey })).toMatchObject({
      to: "/console/account",
    });
    expect(await visitor.post("/console/account/passkeys/new", { passkey })).toMatchObject({ status: 422 });
    const other = await atFactor(email);
    const options = passkeyOptionsIn((await other.get("/console/sign-in/factor")).html);
    expect(
      await other.post("/console/sign-in/factor", { passkey: authenticator.get(options) }),
    ).toMatchObject({ status: 303 });
    const idIn = ({ html }: { html: string }) => /name="id" value="([\w-]{22})"/.exec(html)?.[1] ?? "";
    const id = idIn(await visitor.get("/console/account"));
    expect(await visitor.post("/console/account/passkeys/remove", { id })).toMatchObject({ status: 303 });
    expect(idIn(await visitor.get("/console/account"))).toBe("");
    // With the app alone one still gets in.
    const third = await atFactor(email);
    const code = nextCode(clock, hanako.totpSecret);
    expect((await third.post("/console/sign-in/factor", { code })).status).toBe(303);

    const only = await enrolWithPasskey("b@example.jp");
    const last = idIn(await only.visitor.get("/console/account"));
    const { status, html } = await only.visitor.post("/console/account/passkeys/remove", { id: last });
    expect(status).toBe(409);
    expect(html).toContain("最後の確認方法");
    expect(await visitor.post("/console/account/passkeys/remove", { id: last })).toMatchObject({
      status: 409,
    });
  });

  it("is not offered where the address is a number, which passkeys cannot be bound to", async () => {
    const plain = await startWorld({
      overrides: { clock },
      environment: { PUBLIC_URL: "http://127.0.0.1:3000" },
    });
    const { path } = await inviteDirectly(plain, clock, "a@example.jp", ["author"]);
    const visitor = visit(plain);
    await visitor.post(path, passphrases);
    expect((await visitor.get("/console/enrolment")).html).not.toContain("data-passkey");
    await plain.end();
  });
});
