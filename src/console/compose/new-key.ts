import type { Ids } from "../../shared/ids.ts";

/** Under which a new notice is remembered while it is typed: it carries the id that the broadcast will have. */
export function newKey(ids: Ids): string {
  return `new-${ids.ulid()}`;
}

/** The id that a new notice will have, so that one pressed twice is made once; undefined for anything else. */
export function newBroadcastId(key: string): string | undefined {
  return /^new-([0-7][0-9A-HJKMNP-TV-Z]{25})$/.exec(key)?.[1];
}
