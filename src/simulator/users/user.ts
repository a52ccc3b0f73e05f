/** How a LINE user stands to the account. `unknown`: an id that this provider's users do not have (LINE fact sheet section 4). */
export type FriendState = "friend" | "blocked" | "deleted" | "neverFriend" | "unknown";

/**
 * A small whole number for each user id, so that a ledger of millions of copies fits into integer arrays.
 * Private to the platform: the wire and the tests speak user ids.
 */
export type UserNumber = number;

export interface User {
  readonly id: string;
  readonly number: UserNumber;
  displayName: string;
  /** A BCP 47 tag; absent when the user did not consent to the privacy policy (LINE fact sheet section 10). */
  language?: string | undefined;
  pictureUrl?: string | undefined;
  statusMessage?: string | undefined;
  state: FriendState;
  /** When the user last wrote to the account: for 7 days it may push to them without being a friend. */
  lastWroteAt?: number | undefined;
}

export interface NewUser {
  /** `U` and 32 lower-case hexadecimal digits; invented when absent. */
  id?: string | undefined;
  displayName: string;
  language?: string | undefined;
  pictureUrl?: string | undefined;
  statusMessage?: string | undefined;
  /** Default `neverFriend`: somebody on LINE who has not met the account yet. */
  state?: FriendState | undefined;
}

const userIdForm = /^U[0-9a-f]{32}$/;

/** The error for an id of another form, from wherever it came. */
export function notAUserId(value: unknown): RangeError {
  return new RangeError(`"${String(value)}" is not a LINE user id: U and 32 digits of 0-9 a-f.`);
}

/** LINE fact sheet section 1, "Identifiers". */
export function isUserId(value: unknown): value is string {
  return typeof value === "string" && userIdForm.test(value);
}
