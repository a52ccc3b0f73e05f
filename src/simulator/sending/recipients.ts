import { type Answer, answers } from "../http/answers.ts";
import type { State } from "../state.ts";
import { type FriendState, type User, type UserNumber, isUserId } from "../users/user.ts";
import type { NotDelivered, Via } from "./ledger.ts";

/** Whom a request names, and whom of them it will not reach. */
export interface Target {
  recipients: Int32Array;
  missed: ReadonlyMap<UserNumber, NotDelivered>;
}

const mostRecipients = 500;
const sevenDaysMs = 7 * 24 * 3_600_000;
const nobody: ReadonlyMap<UserNumber, NotDelivered> = new Map();

/** `to` of a multicast, or LINE's refusal (LINE fact sheet section 4): nobody receives then. */
export function readMulticastTo(
  state: State,
  to: unknown,
  requestId: string,
): { target: Target } | { refusal: Answer } {
  const { switches, mistakes } = state;
  if (!Array.isArray(to)) return { refusal: answers.invalidProperty("to") };
  if (to.length === 0 || to.length > mostRecipients) {
    if (to.length > mostRecipients) mistakes.note("tooManyRecipients", requestId, `${to.length} recipients`);
    const message = `Size must be between 1 and ${mostRecipients}`;
    return { refusal: answers.errors([{ message, property: "to" }]) };
  }
  const found = findNumbers(state, to, requestId);
  if ("refusal" in found) return found;
  const repeated = countRepeated(found.numbers);
  if (repeated === 0) return { target: aim(state, found.numbers, "multicast") };
  mistakes.note("duplicateRecipients", requestId, `${repeated} repeated`);
  if (switches.duplicateRecipients === 400) return { refusal: answers.invalidProperty("to") };
  return { target: aim(state, Int32Array.from(new Set(found.numbers)), "multicast") };
}

/** Who the ids are. A malformed id refuses the request; one that nobody has, too, unless the switch is milder. */
function findNumbers(
  { users, switches, mistakes }: State,
  ids: readonly unknown[],
  requestId: string,
): { numbers: Int32Array } | { refusal: Answer } {
  const numbers = new Int32Array(ids.length);
  for (let index = 0; index < ids.length; index += 1) {
    const id = ids[index];
    let number = typeof id === "string" ? users.numberOf(id) : -1;
    // Whoever has a number has a well-formed id: only the others need a closer look.
    if (number < 0 && !isUserId(id)) {
      mistakes.note("malformedRecipient", requestId, `to[${index}]`);
      return { refusal: answers.invalidProperty(`to[${index}]`) };
    }
    if (number < 0 || users.stateOf(number) === "unknown") {
      mistakes.note("unknownRecipient", requestId, `to[${index}]`);
      if (switches.multicastUnknownId === 400) return { refusal: answers.invalidProperty(`to[${index}]`) };
      number = users.meet(String(id)).number;
    }
    numbers[index] = number;
  }
  return { numbers };
}

/** Sorting 500 integers takes a quarter of the time of putting them into a Set. */
function countRepeated(recipients: Int32Array): number {
  const sorted = recipients.toSorted();
  let repeated = 0;
  for (let index = 1; index < sorted.length; index += 1)
    if (sorted[index] === sorted[index - 1]) repeated += 1;
  return repeated;
}

/** Finds out whom messages will not reach. LINE is silent about it; blocked users are the usual case. */
export function aim(state: State, recipients: Int32Array, via: Via): Target {
  let missed: Map<UserNumber, NotDelivered> | undefined;
  for (const number of recipients) {
    const why = whyNot(state, number, via);
    if (why !== undefined) missed = (missed ?? new Map<UserNumber, NotDelivered>()).set(number, why);
  }
  return { recipients, missed: missed ?? nobody };
}

const reasons: Record<FriendState, NotDelivered | undefined> = {
  friend: undefined,
  blocked: "blocked",
  deleted: "deleted",
  neverFriend: "notAFriend",
  unknown: "unknown",
};

function whyNot(state: State, number: UserNumber, via: Via): NotDelivered | undefined {
  const why = reasons[state.users.stateOf(number)];
  if (why !== "notAFriend") return why;
  // Whoever wrote to the account can be answered, and pushed to for a week, without being a friend.
  if (via === "reply") return undefined;
  const user = state.users.recordOf(number);
  return via === "push" && user !== undefined && wroteLately(state, user) ? undefined : why;
}

function wroteLately(state: State, user: User): boolean {
  return user.lastWroteAt !== undefined && state.clock.now() - user.lastWroteAt < sevenDaysMs;
}
