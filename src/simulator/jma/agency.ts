import { createHash } from "node:crypto";
import type { Clock } from "../../shared/clock.ts";
import { type AgencyFaults, createAgencyFaults } from "./agency-faults.ts";

export const feedNames = ["extra", "eqvol", "regular", "other"] as const;
export type FeedName = (typeof feedNames)[number];

/** A telegram to be published. */
export interface NewTelegram {
  type: string;
  /** The code at the end of its name: a forecast area, or an issuing centre. */
  office?: string | undefined;
  title?: string | undefined;
  xml: string;
  /** In which feed; by its type when not said. */
  feed?: FeedName | undefined;
  /** Where the entry's link leads, when that is to be somewhere else than to the telegram. */
  href?: string | undefined;
}

export interface PublishedTelegram {
  /** `20261120000000_0_VPWW55_130000.xml` */
  name: string;
  type: string;
  title: string;
  feed: FeedName;
  publishedAt: number;
  xml: string;
  href: string | undefined;
}

/** What somebody asked for, and how. */
export interface AgencyRequest {
  at: number;
  path: string;
  status: number;
  ifNoneMatch: string | undefined;
  ifModifiedSince: string | undefined;
  userAgent: string | undefined;
}

export interface AgencySettings {
  /** How long a telegram stands in the high-frequency feeds and in the long ones. */
  shortMs: number;
  longMs: number;
  /** Long feeds are rebuilt at multiples of this; 0: at once. JMA's are rebuilt hourly. */
  longRebuildMs: number;
  /** What feeds and telegrams are marked with, for conditional requests. */
  validators: "both" | "etag" | "lastModified" | "none";
}

/** The part of JMA that publishes: telegrams, and the feeds that list them (`/jma/developer/xml/feed/…`). */
export interface Agency {
  readonly settings: AgencySettings;
  readonly faults: AgencyFaults;
  publish(telegram: NewTelegram): PublishedTelegram;
  /** Oldest first. */
  published(): readonly PublishedTelegram[];
  find(name: string): PublishedTelegram | undefined;
  /** What a feed's file lists just now, newest first as JMA does, and when that last changed. */
  list(feed: FeedName, long: boolean): { telegrams: PublishedTelegram[]; etag: string; changedAt: number };
  readonly requests: { list(): readonly AgencyRequest[]; add(request: AgencyRequest): void };
  forget(): void;
}

const mostRequests = 10_000;
const minute = 60_000;

export function createAgency(clock: Clock): Agency {
  let telegrams: PublishedTelegram[] = [];
  let requests: AgencyRequest[] = [];
  let number = 0;
  const began = clock.now();
  const settings: AgencySettings = {
    shortMs: 10 * minute,
    longMs: 4 * 24 * 60 * minute,
    longRebuildMs: 0,
    validators: "both",
  };

  return {
    settings,
    faults: createAgencyFaults(),
    publish: ({ type, office = "130000", title = type, xml, feed = feedOf(type), href }) => {
      const publishedAt = clock.now();
      const stamp = new Date(publishedAt).toISOString().replaceAll(/[-:T]|\..*$/g, "");
      const name = `${stamp}_${number++}_${type}_${office}.xml`;
      const telegram = { name, type, title, feed, publishedAt, xml, href };
      telegrams.push(telegram);
      return telegram;
    },
    published: () => telegrams,
    find: (name) => telegrams.find((each) => each.name === name),
    list: (feed, long) => {
      const { shortMs, longMs, longRebuildMs } = settings;
      const now = clock.now();
      const holds = long ? longMs : shortMs;
      const builtAt = long && longRebuildMs > 0 ? Math.floor(now / longRebuildMs) * longRebuildMs : now;
      const known = telegrams.filter((each) => each.feed === feed && each.publishedAt <= builtAt);
      const listed = known.filter((each) => each.publishedAt > builtAt - holds).reverse();
      const changes = known.flatMap(({ publishedAt }) => [publishedAt, publishedAt + holds]);
      return {
        telegrams: listed,
        etag: `"${createHash("sha256")
          .update(listed.map(({ name }) => name).join())
          .digest("hex")
          .slice(0, 20)}"`,
        changedAt: Math.max(began, ...changes.filter((at) => at <= builtAt)),
      };
    },
    requests: {
      list: () => requests,
      add: (request) => {
        requests.push(request);
        if (requests.length > mostRequests) requests = requests.slice(-mostRequests / 2);
      },
    },
    forget: () => {
      telegrams = [];
      requests = [];
    },
  };
}

function feedOf(type: string): FeedName {
  if (/^(VXSE|VTSE|VYSE|VZSE|VFVO|VFSV)/.test(type)) return "eqvol";
  return /^(VPFD|VPFW|VPZI|VPCI|VPFG|VPCW)/.test(type) ? "regular" : "extra";
}
