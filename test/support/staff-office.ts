import { Secret, TOTP } from "otpauth";
import { expect } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import { createIds } from "../../src/shared/ids.ts";
import { createInvitationStore } from "../../src/staff/invitation-store.ts";
import { createMemberStore } from "../../src/staff/member-store.ts";
import { createStaffParts } from "../../src/staff/parts-store.ts";
import type { Role } from "../../src/staff/permissions.ts";
import { isStaffRefusal, system } from "../../src/staff/rules.ts";
import { type Visitor, visit } from "./visitor.ts";
import type { World } from "./world.ts";

export const goodPassphrase = "stapler Umbrella 47 kagami";

/** Somebody on the staff with an account of their own. */
export interface Colleague {
  id: string;
  email: string;
  passphrase: string;
  totpSecret: string;
  recoveryCodes: string[];
  /** Signed in. */
  visitor: Visitor;
}

export interface StaffClock {
  now(): number;
  advance(ms: number): void;
}

/** The code that the authenticator shows; the clock moves on first, since no code is taken twice. */
export function nextCode(clock: StaffClock, secret: string): string {
  clock.advance(30_000);
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: clock.now() });
}

/** Makes somebody as the command line does; returns their id and the way of their link. */
export async function inviteDirectly(
  { config }: World,
  clock: StaffClock,
  email: string,
  roles: Role[],
): Promise<{ id: string; path: string }> {
  const db = openDatabase(config.databaseUrl, clock);
  const audit = createAuditStore(db);
  const ids = createIds();
  const parts = createStaffParts(db, audit, ids, clock);
  const invitations = createInvitationStore(db, audit, clock);
  const members = createMemberStore({ db, parts, invitations, ids, clock });
  const outcome = await members.invite(system, { name: email.split("@")[0] ?? "", email, roles });
  db.close();
  if (isStaffRefusal(outcome)) throw new Error(outcome.refused);
  return { id: outcome.id, path: `/console/invitation/${outcome.link}` };
}

export const secretIn = (html: string): string =>
  (/class="secret">([A-Z2-7 ]+)</.exec(html)?.[1] ?? "").replaceAll(" ", "");
export const codesIn = (html: string): string[] =>
  [...html.matchAll(/<code>([a-z0-9-]{17})<\/code>/g)].map(([, code = ""]) => code);

/** Follows an invitation to its end, with an authenticator. */
export async function enrol(
  world: World,
  clock: StaffClock,
  path: string,
  passphrase = goodPassphrase,
): Promise<Omit<Colleague, "id" | "email">> {
  const visitor = visit(world);
  expect(await visitor.post(path, { passphrase, passphraseAgain: passphrase })).toMatchObject({
    status: 303,
    to: "/console/enrolment",
  });
  const totpSecret = secretIn((await visitor.get("/console/enrolment")).html);
  const { status, html } = await visitor.post("/console/enrolment", { code: nextCode(clock, totpSecret) });
  expect(status).toBe(200);
  return { passphrase, totpSecret, recoveryCodes: codesIn(html), visitor };
}

export async function employ(
  world: World,
  clock: StaffClock,
  email: string,
  ...roles: Role[]
): Promise<Colleague> {
  const { id, path } = await inviteDirectly(world, clock, email, roles);
  return { id, email, ...(await enrol(world, clock, path)) };
}

/** Signs in from another browser. */
export async function signInAgain(
  world: World,
  clock: StaffClock,
  { email, passphrase, totpSecret }: Omit<Colleague, "visitor" | "id" | "recoveryCodes">,
  visitor = visit(world),
): Promise<Visitor> {
  expect(await visitor.post("/console/sign-in", { email, passphrase })).toMatchObject({
    to: "/console/sign-in/factor",
  });
  expect(await visitor.post("/console/sign-in/factor", { code: nextCode(clock, totpSecret) })).toMatchObject({
    status: 303,
    to: "/console",
  });
  return visitor;
}
