import { decodeTime } from "ulid";
import type { Ids } from "../../shared/ids.ts";

/** A clock may have been put back since the key was made. */
const aheadMs = 60 * 60_000;

/** Under which a new notice is remembered while it is typed: it carries the id that the broadcast will have. */
export function newKey(ids: Ids): string {
  return `new-${ids.ulid()}`;
}

/**
 * The id that a new notice will have, so that one pressed twice is made once; undefined for anything else. Lists are
 * sorted by it: one from the future, which a form made by hand can name, would stand above all others for ever.
 */
export function newBroadcastId(key: string): string | undefined {
  const id = /^new-([0-7][0-9A-HJKMNP-TV-Z]{25})$/.exec(key)?.[1];
  return id === undefined || decodeTime(id) > Date.now() + aheadMs ? undefined : id;
}
