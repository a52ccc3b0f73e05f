import { and, eq, lt } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { idempotentRequests } from "../../db/schema.ts";

export interface KeptAnswer {
  status: number;
  body: string;
}

/** `since`: when a request with this key was first seen. */
export type Begun =
  | { kind: "new" | "underWay"; since: number }
  | { kind: "answered"; answer: KeptAnswer }
  | { kind: "different" };

export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>;

/** Answers to requests that carried an `Idempotency-Key`, so that a repeat gets the same one. */
export function createIdempotencyStore({ orm, write }: Database) {
  const which = (staffId: string, key: string) =>
    and(eq(idempotentRequests.staffId, staffId), eq(idempotentRequests.key, key));

  return {
    begin: (staffId: string, key: string, fingerprint: string, now: number): Promise<Begun> =>
      write((): Begun => {
        const known = orm.select().from(idempotentRequests).where(which(staffId, key)).get();
        if (known === undefined) {
          orm.insert(idempotentRequests).values({ staffId, key, fingerprint, createdAt: now }).run();
          return { kind: "new", since: now };
        }
        if (known.fingerprint !== fingerprint) return { kind: "different" };
        if (known.status === null || known.body === null) return { kind: "underWay", since: known.createdAt };
        return { kind: "answered", answer: { status: known.status, body: known.body } };
      }),

    finish: (staffId: string, key: string, { status, body }: KeptAnswer): Promise<void> =>
      write(() => {
        orm.update(idempotentRequests).set({ status, body }).where(which(staffId, key)).run();
      }),

    /** The request came to nothing that must be remembered; it may be tried again. */
    forget: (staffId: string, key: string): Promise<void> =>
      write(() => {
        orm.delete(idempotentRequests).where(which(staffId, key)).run();
      }),

    purge: (before: number): Promise<number> =>
      write(
        () => orm.delete(idempotentRequests).where(lt(idempotentRequests.createdAt, before)).run().changes,
      ),
  };
}
