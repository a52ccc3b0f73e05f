import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type IdentityProvider, client, startIdentityProvider } from "../support/identity-provider.ts";
import { createMovableClock } from "../support/sending.ts";
import { inviteDirectly } from "../support/staff-office.ts";
import { type Shown, type Visitor, visit } from "../support/visitor.ts";
import { type World, startWorld } from "../support/world.ts";

const minute = 60_000;
const failed = "/console/sign-in?problem=provider";

let world: World;
let clock: ReturnType<typeof createMovableClock>;
let provider: IdentityProvider;
beforeEach(async () => {
  clock = createMovableClock();
  provider = await startIdentityProvider();
  world = await startWorld({
    overrides: { clock },
    environment: {
      PUBLIC_URL: "https://notice.ward.example",
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: client.id,
      OIDC_CLIENT_SECRET: client.secret,
    },
  });
  provider.claims = { email: "taro@example.jp", email_verified: true };
});
afterEach(async () => {
  await world.end();
  await provider.end();
});

/** To the provider and back, as a browser goes. */
async function travel(visitor: Visitor, from: string): Promise<Shown> {
  const { to } = await visitor.get(from);
  const back = await provider.visit(to ?? "");
  expect(back.origin + back.pathname).toBe("https://notice.ward.example/console/provider/back");
  return visitor.get(`${back.pathname}${back.search}`);
}

describe("the ward's own identity provider", () => {
  it("signs in who is on the staff with that address, and leads to the page that was wanted", async () => {
    await inviteDirectly(world, clock, "Taro@example.jp", ["approver"]);
    const visitor = visit(world);
    const { html } = await visitor.get("/console/sign-in?to=/console/broadcasts");
    expect(html).toContain('href="/console/provider?to=%2Fconsole%2Fbroadcasts"');
    expect((await travel(visitor, "/console/provider?to=/console/broadcasts")).to).toBe(
      "/console/broadcasts",
    );
    expect((await visitor.get("/console")).html).toContain("Taro");
    expect(visitor.cookies.has("kairan-journey")).toBe(false);
    expect((await visitor.get("/console/account")).html).toContain(
      "ここで変えられるパスフレーズがありません",
    );
  });

  it.each([
    ["nobody here", { email: "stranger@example.jp", email_verified: true }],
    ["an address that the provider has not verified", { email: "taro@example.jp" }],
    ["an address said to be unverified", { email: "taro@example.jp", email_verified: false }],
    ["the installation itself", { email: "bootstrap@localhost", email_verified: true }],
    ["no address", {}],
    ["a token for somebody else's program", { email: "taro@example.jp", email_verified: true, aud: "other" }],
    [
      "a token of another provider",
      { email: "taro@example.jp", email_verified: true, iss: "https://x.example" },
    ],
    ["another nonce", { email: "taro@example.jp", email_verified: true, nonce: "x" }],
    ["a token that has run out", { email: "taro@example.jp", email_verified: true, exp: 1 }],
  ])("signs nobody in for %s", async (_name, claims) => {
    await inviteDirectly(world, clock, "taro@example.jp", ["approver"]);
    provider.claims = claims;
    const visitor = visit(world);
    expect((await travel(visitor, "/console/provider")).to).toBe(failed);
    expect((await visitor.get("/console")).status).toBe(303);
    expect((await visitor.get(failed)).html).toContain("区の認証基盤からログインできませんでした");
  });

  it("takes an answer only in the browser that asked, and once", async () => {
    await inviteDirectly(world, clock, "taro@example.jp", ["approver"]);
    const visitor = visit(world);
    const { to } = await visitor.get("/console/provider");
    const back = await provider.visit(to ?? "");
    const path = `${back.pathname}${back.search}`;
    const victim = visit(world);
    expect((await victim.get(path)).to).toBe(failed);
    await victim.get("/console/provider");
    expect((await victim.get(path)).to).toBe(failed);
    expect((await visitor.get(path)).to).toBe("/console");
    expect((await visitor.get(path)).to).toBe(failed);
  });

  it("says so when the provider does not answer", async () => {
    await provider.end();
    expect((await visit(world).get("/console/provider")).to).toBe(failed);
  });

  it("is asked again for a fresh factor, and the form waits meanwhile", async () => {
    await inviteDirectly(world, clock, "taro@example.jp", ["administrator"]);
    const visitor = visit(world);
    await travel(visitor, "/console/provider");
    clock.advance(6 * minute);
    const fields = { name: "花子", email: "hanako@example.jp", role: ["author", "viewer"] };
    const asked = await visitor.post("/console/staff/invite", fields);
    expect(asked.status).toBe(403);
    expect(asked.html).toContain('href="/console/provider?stepUp=1"');
    const back = await travel(visitor, "/console/provider?stepUp=1");
    expect(provider.asked.get("prompt")).toBe("login");
    expect(provider.asked.get("max_age")).toBe("0");
    expect(back.html).toContain('action="/console/staff/invite"');
    for (const value of ["花子", "hanako@example.jp", "author", "viewer"])
      expect(back.html).toContain(`value="${value}"`);
    expect((await visitor.post("/console/staff/invite", fields)).html).toContain("招待リンク");
  });

  it("gives no fresh factor when it did not ask, or asked somebody else", async () => {
    await inviteDirectly(world, clock, "taro@example.jp", ["administrator"]);
    await inviteDirectly(world, clock, "jiro@example.jp", ["administrator"]);
    const visitor = visit(world);
    await travel(visitor, "/console/provider");
    clock.advance(6 * minute);
    provider.askedAt = Date.now() - 60 * minute;
    expect((await travel(visitor, "/console/provider?stepUp=1")).to).toBe(failed);
    provider.askedAt = undefined;
    provider.claims = { email: "jiro@example.jp", email_verified: true };
    expect((await travel(visitor, "/console/provider?stepUp=1")).to).toBe(failed);
    expect((await visitor.post("/console/staff/invite", { name: "x" })).status).toBe(403);
    expect((await visitor.get("/console")).html).toContain("taro");
  });
});

it("without a provider there is no way to one", async () => {
  const plain = await startWorld();
  expect((await visit(plain).get("/console/provider")).status).toBe(404);
  expect((await visit(plain).get("/console/sign-in")).html).not.toContain("/console/provider");
  await plain.end();
});
