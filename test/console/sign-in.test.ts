import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMovableClock } from "../support/sending.ts";
import {
  codesIn,
  employ,
  enrol,
  goodPassphrase,
  inviteDirectly,
  nextCode,
  secretIn,
  signInAgain,
} from "../support/staff-office.ts";
import { visit } from "../support/visitor.ts";
import { type World, startWorld } from "../support/world.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

let world: World;
let clock: ReturnType<typeof createMovableClock>;
beforeEach(async () => {
  clock = createMovableClock();
  world = await startWorld({ overrides: { clock } });
});
afterEach(async () => {
  await world.end();
});

describe("an invitation", () => {
  it("leads to a passphrase, then a second factor, then recovery codes, and only then in", async () => {
    const { path } = await inviteDirectly(world, clock, "hanako@example.jp", ["author"]);
    const visitor = visit(world);
    expect((await visitor.get(path)).html).toContain("hanako@example.jp");
    await visitor.post(path, { passphrase: goodPassphrase, passphraseAgain: goodPassphrase });
    expect((await visitor.get("/console")).status).toBe(303);
    // The passphrase alone opens nothing, neither here nor at the sign-in page.
    const elsewhere = visit(world);
    const fields = { email: "hanako@example.jp", passphrase: goodPassphrase };
    expect((await elsewhere.post("/console/sign-in", fields)).status).toBe(401);

    const { html } = await visitor.get("/console/enrolment");
    expect(html).toContain('<svg class="qr" role="img"');
    expect(html).not.toContain(" style=");
    expect((await visitor.post("/console/enrolment", { code: "000000" })).status).toBe(422);
    const done = await visitor.post("/console/enrolment", { code: nextCode(clock, secretIn(html)) });
    expect(codesIn(done.html)).toHaveLength(10);
    expect((await visitor.get("/console")).status).toBe(200);
    expect((await visitor.get("/console/enrolment")).status).toBe(404);
  });

  it("works once, for 48 hours, and only the newest", async () => {
    const used = await inviteDirectly(world, clock, "a@example.jp", ["author"]);
    await enrol(world, clock, used.path);
    expect((await visit(world).get(used.path)).status).toBe(404);
    const again = { passphrase: goodPassphrase, passphraseAgain: goodPassphrase };
    expect((await visit(world).post(used.path, again)).status).toBe(404);

    const late = await inviteDirectly(world, clock, "b@example.jp", ["author"]);
    const begun = visit(world);
    await begun.post(late.path, again);
    const secret = secretIn((await begun.get("/console/enrolment")).html);
    clock.advance(48 * hour - 5 * minute);
    expect((await visit(world).get(late.path)).status).toBe(200);
    clock.advance(5 * minute);
    expect((await visit(world).get(late.path)).status).toBe(404);
    expect((await begun.post("/console/enrolment", { code: nextCode(clock, secret) })).status).toBe(404);
    expect((await visit(world).get("/console/invitation/guessed")).status).toBe(404);
  });

  it("two browsers with the same link: the second one to finish is refused", async () => {
    const { path } = await inviteDirectly(world, clock, "a@example.jp", ["author"]);
    const slow = visit(world);
    await slow.post(path, { passphrase: goodPassphrase, passphraseAgain: goodPassphrase });
    const secret = secretIn((await slow.get("/console/enrolment")).html);
    await enrol(world, clock, path);
    expect((await slow.post("/console/enrolment", { code: nextCode(clock, secret) })).status).toBe(404);
    expect((await slow.get("/console")).status).toBe(303);
  });

  it.each([
    ["short", "short 12345", "12文字以上"],
    ["long", "x9 ".repeat(67), "200文字以内"],
    ["common", "password12345", "推測されやすい"],
    ["repeated", "p@ssw0rd".repeat(25), "推測されやすい"],
    ["one's own name", "hanako.example1", "推測されやすい"],
  ])("takes no passphrase that is %s", async (_name, passphrase, said) => {
    const { path } = await inviteDirectly(world, clock, "hanako@example.jp", ["author"]);
    const { status, html } = await visit(world).post(path, { passphrase, passphraseAgain: passphrase });
    expect(status).toBe(422);
    expect(html).toContain(said);
    expect(html).not.toContain(passphrase);
  });

  it("asks for the passphrase twice", async () => {
    const { path } = await inviteDirectly(world, clock, "a@example.jp", ["author"]);
    const { html } = await visit(world).post(path, {
      passphrase: goodPassphrase,
      passphraseAgain: "another",
    });
    expect(html).toContain("2回の入力が同じではありません");
  });
});

describe("signing in", () => {
  it("takes passphrase and code, leads to the page that was wanted, and gives a new session", async () => {
    const hanako = await employ(world, clock, "hanako@example.jp", "author");
    const visitor = visit(world);
    const { to } = await visitor.get("/console/broadcasts?before=x");
    expect(to).toBe("/console/sign-in?to=%2Fconsole%2Fbroadcasts%3Fbefore%3Dx");
    expect((await visitor.get(to ?? "")).html).toContain('name="to" value="/console/broadcasts?before=x"');
    await visitor.post("/console/sign-in", {
      email: "Hanako@Example.jp",
      passphrase: goodPassphrase,
      to: "/console/broadcasts?before=x",
    });
    expect((await visitor.get("/console")).status).toBe(303);
    visitor.cookies.set("kairan", "planted");
    const code = nextCode(clock, hanako.totpSecret);
    expect(await visitor.post("/console/sign-in/factor", { code })).toMatchObject({
      to: "/console/broadcasts?before=x",
    });
    expect(visitor.cookies.get("kairan")).toMatch(/^[\w-]{43}$/);
    expect((await visitor.get("/console")).html).toContain("hanako");
    // Signing in again ends the session before it.
    const before = visitor.cookies.get("kairan") ?? "";
    await signInAgain(world, clock, hanako, visitor);
    const old = visit(world);
    old.cookies.set("kairan", before);
    expect((await old.get("/console")).status).toBe(303);
  });

  it("leads only to pages of ours", async () => {
    const hanako = await employ(world, clock, "hanako@example.jp", "author");
    for (const to of ["https://elsewhere.example", "//elsewhere.example", "/consolex"]) {
      const visitor = visit(world);
      await visitor.post("/console/sign-in", { ...hanako, visitor: [], recoveryCodes: [], to });
      expect(
        await visitor.post("/console/sign-in/factor", { code: nextCode(clock, hanako.totpSecret) }),
      ).toMatchObject({ status: 303, to: "/console" });
    }
  });

  it("takes no code twice, neither the same one nor one before it", async () => {
    const { email, totpSecret } = await employ(world, clock, "hanako@example.jp", "author");
    const code = nextCode(clock, totpSecret);
    const attempt = async (given: string) => {
      const visitor = visit(world);
      await visitor.post("/console/sign-in", { email, passphrase: goodPassphrase });
      return (await visitor.post("/console/sign-in/factor", { code: given })).status;
    };
    expect(await attempt(code)).toBe(303);
    expect(await attempt(code)).toBe(401);
    // As phones show it, and as Japanese keyboards type it.
    const wide = nextCode(clock, totpSecret).replaceAll(/\d/g, (digit) =>
      String.fromCodePoint(0xff10 + Number(digit)),
    );
    expect(await attempt(` ${wide.slice(0, 3)} ${wide.slice(3)}`)).toBe(303);
  });

  it("takes each recovery code once, however it is typed", async () => {
    const { email, recoveryCodes } = await employ(world, clock, "hanako@example.jp", "author");
    const attempt = async (recoveryCode: string) => {
      const visitor = visit(world);
      await visitor.post("/console/sign-in", { email, passphrase: goodPassphrase });
      return (await visitor.post("/console/sign-in/factor", { recoveryCode })).status;
    };
    const [first = "", second = ""] = recoveryCodes;
    expect(await attempt(first)).toBe(303);
    expect(await attempt(first)).toBe(401);
    expect(await attempt(second.toUpperCase().replaceAll("-", " "))).toBe(303);
    expect(await attempt("aaaaa-bbbbb-ccccc")).toBe(401);
  });

  it("the step between passphrase and factor lasts 15 minutes and lets nobody else in", async () => {
    const { email, totpSecret } = await employ(world, clock, "hanako@example.jp", "author");
    expect(await visit(world).get("/console/sign-in/factor")).toMatchObject({ to: "/console/sign-in" });
    const visitor = visit(world);
    await visitor.post("/console/sign-in", { email, passphrase: goodPassphrase });
    clock.advance(16 * minute);
    expect(
      await visitor.post("/console/sign-in/factor", { code: nextCode(clock, totpSecret) }),
    ).toMatchObject({ to: "/console/sign-in" });
    expect((await visitor.get("/console")).status).toBe(303);
  });

  it("says that a session has lapsed, and leads back to the page one was writing on", async () => {
    const { visitor } = await employ(world, clock, "hanako@example.jp", "author");
    clock.advance(31 * minute);
    const referer = `${world.kairan.url}/console/broadcasts/new`;
    const { to } = await visitor.post("/console/broadcasts", { title: "x" }, { referer });
    expect(to).toBe("/console/sign-in?to=%2Fconsole%2Fbroadcasts%2Fnew&lapsed=1");
    expect((await visitor.get(to ?? "")).html).toContain("ログアウトしました");
    const elsewhere = { referer: "https://elsewhere.example/console/x" };
    expect((await visitor.post("/console/broadcasts", {}, elsewhere)).to).toBe("/console/sign-in?lapsed=1");
  });
});

describe("who is on the staff", () => {
  it("cannot be told from what is said: unknown, without account, deactivated, wrong passphrase", async () => {
    await employ(world, clock, "hanako@example.jp", "author");
    await inviteDirectly(world, clock, "invited@example.jp", ["author"]);
    const answers: string[] = [];
    for (const email of [
      "hanako@example.jp",
      "invited@example.jp",
      "nobody@example.jp",
      "bootstrap@localhost",
    ]) {
      const shown = await visit(world).post("/console/sign-in", { email, passphrase: "wrong passphrase" });
      answers.push(`${shown.status} ${shown.html.replaceAll(email, "E")}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain("メールアドレスかパスフレーズが違います。");
  });

  it("cannot be told from being braked either", async () => {
    await employ(world, clock, "hanako@example.jp", "author");
    const waits: string[] = [];
    for (const email of ["hanako@example.jp", "nobody@example.jp"])
      for (let attempt = 0; attempt < 7; attempt += 1) {
        const { status, headers } = await visit(world).post("/console/sign-in", {
          email,
          passphrase: "wrong",
        });
        waits.push(`${attempt} ${status} ${headers.get("retry-after")}`);
      }
    expect(waits.slice(0, 7)).toEqual(waits.slice(7));
    expect(waits.at(-1)).toBe("6 429 5");
  });

  it("cannot be told from the time it takes: a passphrase is compared either way", async () => {
    await employ(world, clock, "hanako@example.jp", "author");
    const shortest = async (email: string) => {
      const times: number[] = [];
      for (let attempt = 0; attempt < 4; attempt += 1) {
        const began = performance.now();
        await visit(world).post("/console/sign-in", { email, passphrase: `wrong ${attempt}` });
        times.push(performance.now() - began);
      }
      return Math.min(...times);
    };
    const known = await shortest("hanako@example.jp");
    const unknown = await shortest("nobody@example.jp");
    // Without the comparison it would be a tenth; the machine is noisy.
    expect(unknown).toBeGreaterThan(known / 3);
    expect(known).toBeGreaterThan(unknown / 3);
  });
});

describe("guessing", () => {
  const guess = (email: string, visitor = visit(world)) =>
    visitor.post("/console/sign-in", { email, passphrase: "a wrong passphrase" });

  it("is braked after five mistakes, for longer each time but never for long, also after a restart", async () => {
    const hanako = await employ(world, clock, "hanako@example.jp", "author");
    const fields = { email: hanako.email, passphrase: goodPassphrase };
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await guess(hanako.email)).status).toBe(401);
    const braked = await guess(hanako.email);
    expect(braked.status).toBe(429);
    expect(braked.headers.get("retry-after")).toBe("5");
    expect((await visit(world).post("/console/sign-in", fields)).status).toBe(429);
    await world.restart();
    expect((await visit(world).post("/console/sign-in", fields)).status).toBe(429);

    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const wait = Number((await guess(hanako.email)).headers.get("retry-after"));
      waits.push(wait);
      clock.advance(wait * second);
      expect((await guess(hanako.email)).status).toBe(401);
    }
    expect(waits).toEqual([5, 10, 20, 40, 80, 120, 120, 120]);
    clock.advance(120 * second);
    expect((await visit(world).post("/console/sign-in", fields)).to).toBe("/console/sign-in/factor");
    expect((await guess(hanako.email)).status).toBe(401);
  });

  it("by others does not keep somebody out of the browser they always use", async () => {
    const { email, visitor } = await employ(world, clock, "hanako@example.jp", "author");
    await visitor.post("/console/sign-out");
    for (let attempt = 0; attempt < 6; attempt += 1) await guess(email);
    expect((await guess(email)).status).toBe(429);
    expect(await visitor.post("/console/sign-in", { email, passphrase: goodPassphrase })).toMatchObject({
      to: "/console/sign-in/factor",
    });
    // The cookie of one person is none for another, and cannot be made up.
    const forged = visit(world);
    forged.cookies.set("kairan-browser", (visitor.cookies.get("kairan-browser") ?? "").replace(/.$/, "~"));
    expect((await guess(email, forged)).status).toBe(429);
  });

  it("from one address at many accounts is braked too, and other addresses' accounts open again soon", async () => {
    for (let attempt = 0; attempt < 50; attempt += 1)
      expect((await guess(`person${attempt}@example.jp`)).status).toBe(401);
    expect((await guess("other@example.jp")).headers.get("retry-after")).toBe("1");
    clock.advance(second);
    expect((await guess("other@example.jp")).status).toBe(401);
  });

  it("codes is braked for longer, and many at once gain nothing", async () => {
    const { email, totpSecret } = await employ(world, clock, "hanako@example.jp", "author");
    const visitor = visit(world);
    await visitor.post("/console/sign-in", { email, passphrase: goodPassphrase });
    const tries = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        visitor.post("/console/sign-in/factor", { code: String(100_000 + index) }),
      ),
    );
    expect(tries.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(15);
    const right = { code: nextCode(clock, totpSecret) };
    expect((await visitor.post("/console/sign-in/factor", right)).status).toBe(303);
  });
});

describe("one's own account", () => {
  it("shows one's sessions by browser, and ends the others", async () => {
    const hanako = await employ(world, clock, "hanako@example.jp", "author");
    const agent = { "user-agent": "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0" };
    const other = visit(world);
    const { email, passphrase } = hanako;
    await other.post("/console/sign-in", { email, passphrase }, agent);
    await other.post("/console/sign-in/factor", { code: nextCode(clock, hanako.totpSecret) }, agent);
    const { html } = await hanako.visitor.get("/console/account");
    expect(html).toContain("Firefox (Windows)");
    const id = /name="id" value="([0-9A-Z]{26})"/.exec(html)?.[1] ?? "";
    const stranger = await employ(world, clock, "taro@example.jp", "author");
    await stranger.visitor.post("/console/account/sessions/end", { id });
    expect((await other.get("/console")).status).toBe(200);
    await hanako.visitor.post("/console/account/sessions/end", { id });
    expect((await other.get("/console")).status).toBe(303);

    const third = await signInAgain(world, clock, hanako);
    await hanako.visitor.post("/console/account/sessions/end", { id: "others" });
    expect((await third.get("/console")).status).toBe(303);
    expect((await hanako.visitor.get("/console")).status).toBe(200);
  });

  it("a new passphrase needs the old one and a fresh factor, and ends the other sessions", async () => {
    const hanako = await employ(world, clock, "hanako@example.jp", "author");
    const other = await signInAgain(world, clock, hanako);
    const { visitor } = hanako;
    const passphrase = "Regenschirm 88 tofu bicycle";
    const fields = { currentPassphrase: goodPassphrase, passphrase, passphraseAgain: passphrase };
    clock.advance(6 * minute);
    expect((await visitor.get("/console/account/passphrase")).to).toBe(
      "/console/step-up?to=%2Fconsole%2Faccount%2Fpassphrase",
    );
    const asked = await visitor.post("/console/account/passphrase", fields);
    expect(asked.status).toBe(403);
    expect(asked.html).not.toContain(passphrase);
    const code = nextCode(clock, hanako.totpSecret);
    const to = "/console/account/passphrase";
    expect(
      await visitor.post("/console/step-up", {
        "stepUp.to": to,
        "stepUp.repeats": "page",
        "stepUp.code": code,
      }),
    ).toMatchObject({ status: 303, to });
    const wrong = { ...fields, currentPassphrase: "not the old one" };
    expect((await visitor.post(to, wrong)).html).toContain("いまのパスフレーズが違います");
    const onTheDoorstep = visit(world);
    await onTheDoorstep.post("/console/sign-in", { email: hanako.email, passphrase: goodPassphrase });
    expect(await visitor.post(to, fields)).toMatchObject({ status: 303, to: "/console/account" });
    expect((await other.get("/console")).status).toBe(303);
    expect((await visitor.get("/console")).status).toBe(200);
    const next = { code: nextCode(clock, hanako.totpSecret) };
    expect((await onTheDoorstep.post("/console/sign-in/factor", next)).to).toBe("/console/sign-in");
    const old = { email: hanako.email, passphrase: goodPassphrase };
    expect((await visit(world).post("/console/sign-in", old)).status).toBe(401);
    await signInAgain(world, clock, { ...hanako, passphrase });
  });

  it("new recovery codes and a new authenticator take the place of the old ones", async () => {
    const hanako = await employ(world, clock, "hanako@example.jp", "author");
    const { visitor, email } = hanako;
    const made = await visitor.post("/console/account/recovery-codes");
    const fresh = codesIn(made.html);
    expect(fresh).toHaveLength(10);
    const page = await visitor.get("/console/account/authenticator");
    const totpSecret = secretIn(page.html);
    const again = await visitor.post("/console/account/authenticator", { code: "123456" });
    expect(again.status).toBe(422);
    expect(secretIn(again.html)).toBe(totpSecret);
    expect(
      await visitor.post("/console/account/authenticator", { code: nextCode(clock, totpSecret) }),
    ).toMatchObject({ to: "/console/account" });

    const attempt = async (fields: Record<string, string>) => {
      const elsewhere = visit(world);
      await elsewhere.post("/console/sign-in", { email, passphrase: goodPassphrase });
      return (await elsewhere.post("/console/sign-in/factor", fields)).status;
    };
    expect(await attempt({ recoveryCode: hanako.recoveryCodes[0] ?? "" })).toBe(401);
    expect(await attempt({ recoveryCode: fresh[0] ?? "" })).toBe(303);
    expect(await attempt({ code: nextCode(clock, hanako.totpSecret) })).toBe(401);
    expect(await attempt({ code: nextCode(clock, totpSecret) })).toBe(303);
  });
});

it("no page of signing in has inline styles or scripts, and no secret stands in the database as it was typed", async () => {
  const hanako = await employ(world, clock, "hanako@example.jp", "administrator");
  for (const path of ["/console/account", "/console/sign-in", "/console/staff", "/console/staff/invite"]) {
    const { status, html } = await hanako.visitor.get(path);
    expect([path, status]).toEqual([path, 200]);
    expect(html).not.toMatch(/ style=|<script>| on\w+=/);
  }
  const { openDatabase } = await import("../../db/open.ts");
  const db = openDatabase(world.config.databaseUrl);
  const tables = db.sqlite.prepare(
    "SELECT name FROM sqlite_schema WHERE name LIKE 'staff%' AND type = 'table'",
  );
  const names = [...tables.pluck().all(), "audit_entries"] as string[];
  const all = JSON.stringify(names.map((name) => db.sqlite.prepare(`SELECT * FROM ${name}`).all()));
  db.close();
  for (const secret of [
    goodPassphrase,
    hanako.totpSecret,
    ...hanako.recoveryCodes,
    hanako.visitor.cookies.get("kairan") ?? "none",
  ])
    expect(all).not.toContain(secret);
});
