import type { Random } from "../random.ts";
import { type FriendState, type NewUser, type User, type UserNumber, isUserId, notAUserId } from "./user.ts";
import { type NewUserRange, type RangePart, idAt, overlap, placeInPart, planParts } from "./user-ranges.ts";

/** Everybody on the simulated LINE: single users, and ranges that cost nothing until one of their users does something. */
export interface Users {
  add(user: NewUser): User;
  addRange(range: NewUserRange): void;
  /** -1 when nobody has that id. Quick: a multicast asks 500 times. */
  numberOf(id: string): UserNumber;
  idOf(number: UserNumber): string;
  stateOf(number: UserNumber): FriendState;
  /** Who that is, without making a record for a user of a range. */
  look(id: string): Readonly<User> | undefined;
  /** The user's own record, to be changed; made on the spot for a user of a range. */
  find(id: string): User | undefined;
  /** Like `find`, and an id nobody has becomes a user in state `unknown`. */
  meet(id: string): User;
  /** The record when there is one, without making one. */
  recordOf(number: UserNumber): User | undefined;
  /** Users with a record of their own, in the order they came. */
  single(): User[];
  /** Numbers of all friends from `cursor` on, in a stable order. */
  friendsFrom(cursor: UserNumber): Generator<UserNumber>;
  /** How many numbers are given out: the size of an array indexed by user. */
  size(): number;
}

export function createUsers(random: Random): Users {
  const byId = new Map<string, User>();
  const byNumber = new Map<UserNumber, User>();
  const parts: RangePart[] = [];
  /** Numbers of a range that stand empty, because a user with that id had been added singly before the range. */
  const empty = new Set<UserNumber>();
  let nextNumber: UserNumber = 0;

  const partOf = (number: UserNumber): RangePart | undefined => {
    for (const part of parts) {
      if (number >= part.firstNumber && number < part.firstNumber + part.count) return part;
    }
    return undefined;
  };

  const numberInRange = (id: string): UserNumber => {
    for (const part of parts) {
      const place = placeInPart(part, id);
      if (place >= 0) return part.firstNumber + place;
    }
    return -1;
  };
  const keep = (user: User): User => {
    byId.set(user.id, user);
    byNumber.set(user.number, user);
    return user;
  };
  const describe = (id: string, number: UserNumber): User => {
    const part = partOf(number);
    if (part === undefined) throw new Error(`No range holds user number ${number}.`);
    const place = part.before + number - part.firstNumber;
    const language = part.languages.length > 0 ? part.languages[place % part.languages.length] : undefined;
    return { id, number, displayName: `User ${place + 1}`, language, state: part.state };
  };
  const look = (id: string): User | undefined => {
    const known = byId.get(id);
    if (known !== undefined) return known;
    const number = numberInRange(id);
    return number < 0 ? undefined : describe(id, number);
  };
  const find = (id: string): User | undefined => {
    const user = look(id);
    return user === undefined || byId.has(id) ? user : keep(user);
  };
  const add = ({ id = `U${random.hex(32)}`, state = "neverFriend", ...profile }: NewUser): User => {
    if (!isUserId(id)) throw notAUserId(id);
    const existing = find(id);
    if (existing !== undefined) return Object.assign(existing, profile, { state });
    return keep({ id, number: nextNumber++, state, ...profile });
  };
  const stateOf = (number: UserNumber): FriendState =>
    byNumber.get(number)?.state ?? partOf(number)?.state ?? "unknown";

  return {
    add,
    addRange: (range) => {
      const planned = planParts(range, nextNumber);
      if (planned.some((part) => parts.some((other) => overlap(part, other))))
        throw new RangeError("The range overlaps one that was added before.");
      for (const part of planned) {
        for (const id of byId.keys()) {
          const place = placeInPart(part, id);
          if (place >= 0) empty.add(part.firstNumber + place);
        }
      }
      parts.push(...planned);
      nextNumber += range.count;
    },
    numberOf: (id) => {
      const number = numberInRange(id);
      return number >= 0 && !empty.has(number) ? number : (byId.get(id)?.number ?? -1);
    },
    idOf: (number) => {
      const record = byNumber.get(number);
      if (record !== undefined) return record.id;
      const part = partOf(number);
      if (part === undefined) throw new Error(`Nobody has user number ${number}.`);
      return idAt(part, number - part.firstNumber);
    },
    stateOf,
    look,
    find,
    meet: (id) => find(id) ?? add({ id, displayName: "", state: "unknown" }),
    recordOf: (number) => byNumber.get(number),
    single: () => [...byId.values()],
    *friendsFrom(cursor) {
      for (let number = cursor; number < nextNumber; number += 1) {
        if (stateOf(number) === "friend" && !empty.has(number)) yield number;
      }
    },
    size: () => nextNumber,
  };
}
