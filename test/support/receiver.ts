import type { SealedBatch, SendBatch, SendOutcome } from "../../src/outbox/outcome.ts";

/** What the receiver does with a request. `lost…`: the answer never arrives. `refuse…`: somebody in the batch is not known. */
export type Does =
  | "accept"
  | "acceptLosingTheAnswer"
  | "lostOnTheWay"
  | "notReached"
  | "tryLater"
  | "quotaExhausted"
  | "notAuthorised"
  | "reject";

export interface Receiver {
  send: SendBatch;
  /** What it does with the next requests; "accept" when it has nothing to say. */
  script: (batch: SealedBatch, attempt: number) => Does | undefined | Promise<Does | undefined>;
  /** Addresses for which it refuses the whole batch, and whether it names them. */
  unknown: Set<string>;
  namesUnknown: boolean;
  /** Every request, in order. */
  requests: { at: number; retryKey: string; addresses: readonly string[]; body: string }[];
  /** Who got how many copies of which body. */
  copiesOf(address: string): string[];
  /** Who got the same body more than once. */
  doubled(): string[];
  /** Requests that carried a known key with other bytes: never right (invariant 5). */
  changedUnderKey: string[];
}

/**
 * Takes batches as LINE does, without LINE: a key that was accepted once is never accepted again, a batch is taken
 * whole or not at all. For tests of the outbox alone; what needs LINE's own ways runs against the local LINE.
 */
export function createReceiver(now: () => number = () => 0): Receiver {
  const accepted = new Set<string>();
  const bytes = new Map<string, string>();
  const copies = new Map<string, string[]>();

  function accept({ retryKey, addresses, body }: SealedBatch): void {
    accepted.add(retryKey);
    for (const address of addresses) copies.set(address, [...(copies.get(address) ?? []), body]);
  }

  async function answer(batch: SealedBatch): Promise<SendOutcome> {
    const attempt = receiver.requests.filter(({ retryKey }) => retryKey === batch.retryKey).length;
    const does = (await receiver.script(batch, attempt)) ?? "accept";
    if (does === "lostOnTheWay") return { kind: "unknown", detail: does };
    if (does === "notReached" || does === "tryLater" || does === "quotaExhausted" || does === "notAuthorised")
      return { kind: does, detail: does };
    if (accepted.has(batch.retryKey)) return { kind: "alreadyAccepted", requestId: "again" };
    if (does === "reject") return { kind: "rejected", detail: does };
    const refused = batch.addresses.flatMap((address, at) => (receiver.unknown.has(address) ? [at] : []));
    if (refused.length > 0) {
      // LINE names the first it stumbles over, if any.
      const positions = receiver.namesUnknown ? refused.slice(0, 1) : [];
      return { kind: "recipientRefused", positions, detail: "unknown" };
    }
    accept(batch);
    return does === "accept" ? { kind: "accepted", requestId: "once" } : { kind: "unknown", detail: does };
  }

  const receiver: Receiver = {
    script: () => undefined,
    unknown: new Set(),
    namesUnknown: true,
    requests: [],
    changedUnderKey: [],
    send: async (batch) => {
      const { retryKey, addresses, body } = batch;
      const sealed = JSON.stringify([addresses, body]);
      if ((bytes.get(retryKey) ?? sealed) !== sealed) receiver.changedUnderKey.push(retryKey);
      bytes.set(retryKey, sealed);
      receiver.requests.push({ at: now(), retryKey, addresses, body });
      return answer(batch);
    },
    copiesOf: (address) => copies.get(address) ?? [],
    doubled: () =>
      [...copies].filter(([, bodies]) => new Set(bodies).size < bodies.length).map(([address]) => address),
  };
  return receiver;
}
