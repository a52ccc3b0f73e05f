import type { Users } from "../users/users.ts";
import type { Batch } from "./ledger.ts";

/** How often the same messages reached people: the oracle for "exactly once". */
interface MessagesTally {
  fingerprint: string;
  batches: number;
  copies: number;
  /** Different users reached. */
  users: number;
  /** Users who were sent these messages more than once; a reply, for which a token is good once, is not counted. */
  doubled: string[];
}

export interface LedgerSummary {
  /** Accepted requests. */
  batches: number;
  /** Batches times the users each of them reached. */
  copies: number;
  /** Different users who got at least one copy. */
  users: number;
  /** Copies that LINE accepted and silently did not deliver (blocked, deleted …). */
  notDelivered: number;
  /** One entry for each different list of messages. */
  messages: MessagesTally[];
  /** Users who were sent the same messages more than once, replies aside: who asks twice is answered twice. */
  doubled: { userId: string; fingerprint: string; copies: number }[];
}

export function summarize(batches: readonly Batch[], users: Users): LedgerSummary {
  const tallies = Array.from(byFingerprint(batches)).map(([fingerprint, group]) =>
    tally(fingerprint, group, users),
  );
  const anybody = countCopies(batches, users.size());
  return {
    batches: batches.length,
    copies: tallies.reduce((sum, each) => sum + each.copies, 0),
    users: anybody.reduce((sum, copies) => sum + Math.min(copies, 1), 0),
    notDelivered: batches.reduce((sum, batch) => sum + batch.missed.size, 0),
    messages: tallies.map(({ counts: _counts, ...each }) => each),
    doubled: tallies.flatMap(({ fingerprint, doubled, counts }) =>
      doubled.map((userId) => ({ userId, fingerprint, copies: counts[users.numberOf(userId)] ?? 0 })),
    ),
  };
}

function byFingerprint(batches: readonly Batch[]): Map<string, Batch[]> {
  const groups = new Map<string, Batch[]>();
  for (const batch of batches) {
    const group = groups.get(batch.fingerprint);
    if (group === undefined) groups.set(batch.fingerprint, [batch]);
    else group.push(batch);
  }
  return groups;
}

function tally(fingerprint: string, batches: readonly Batch[], users: Users) {
  const counts = countCopies(batches, users.size());
  const sent = countCopies(
    batches.filter(({ via }) => via !== "reply"),
    users.size(),
  );
  const doubled: string[] = [];
  let copies = 0;
  let reached = 0;
  counts.forEach((count, number) => {
    copies += count;
    if (count > 0) reached += 1;
    if ((sent[number] ?? 0) > 1) doubled.push(users.idOf(number));
  });
  return { fingerprint, batches: batches.length, copies, users: reached, doubled, counts: sent };
}

/** Copies by user number. */
function countCopies(batches: readonly Batch[], size: number): Uint32Array {
  const counts = new Uint32Array(size);
  for (const { recipients, missed } of batches) {
    for (const number of recipients) if (!missed.has(number)) counts[number] = (counts[number] ?? 0) + 1;
  }
  return counts;
}
