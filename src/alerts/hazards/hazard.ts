/**
 * What an ear heard (feeds: JMA, the ward's own systems), in one shape whatever it came as. A hazard says what was
 * announced, by whom, about which place and how bad; whether anything is sent is decided by `alerts/rules`.
 */
export interface Telegram {
  /** Unique and stable however often it is fetched: the entry's id of the feed, or sender and identifier of what came in. */
  id: string;
  source: "jma" | "inbound";
  /** `VPWW55`, `VXSE53` …; of what came in by hook: `cap` or `json`. */
  type: string;
  /**
   * 通常, 訓練, 試験 (CAP: Actual, Exercise, and Test, System or Draft). Only `actual` may ever reach residents by itself.
   * `unknown`: it could not be read at all, or says something that is none of these.
   */
  status: "actual" | "exercise" | "test" | "unknown";
  /** 発表, 訂正, 取消 (CAP: Alert or Update; Update; Cancel). */
  infoType: "issue" | "correction" | "cancellation";
  /** As the issuer gave it. Weather warnings have none: then JMA's office that wrote it (気象庁本庁), so that one office's cancellation is not another's. */
  eventId: string;
  serial: string;
  /** As the issuer wrote it: 「東京都大雨警報・注意報」. */
  title: string;
  publisher: string;
  /** When it was issued (Head/ReportDateTime). */
  reportedAt: number;
  /** Said in the issuer's own words (Headline/Text). */
  headline: string;
}

/**
 * What can be announced, each with the way its official name is made (`rules/name-key.ts`): by its level, by its rank, as
 * an advisory only, by its kind alone, or `free`: in words of the issuer that no table has.
 */
export const hazardNaming = {
  heavyRain: "level",
  landslide: "level",
  stormSurge: "level",
  riverFlood: "level",
  storm: "rank",
  blizzard: "rank",
  waves: "rank",
  heavySnow: "rank",
  thunder: "advisory",
  fog: "advisory",
  dryAir: "advisory",
  avalanche: "advisory",
  lowTemperature: "advisory",
  frost: "advisory",
  icing: "advisory",
  snowAccretion: "advisory",
  snowmelt: "advisory",
  otherAdvisory: "free",
  linearRainband: "kind",
  linearRainbandSoon: "kind",
  recordRain: "kind",
  shortHeavySnow: "kind",
  tornado: "kind",
  earthquake: "kind",
  tsunami: "rank",
  heat: "kind",
  specialWarningNotice: "free",
  evacuation: "free",
  fire: "free",
  other: "free",
} as const;
export type HazardKind = keyof typeof hazardNaming;
export const hazardKinds = Object.keys(hazardNaming) as HazardKind[];

/** What a report of an earthquake says of a tsunami, by the keys of `locales/<language>/hazards.json`, `names.*`. */
export const tsunamiWords = [
  "tsunamiInForce",
  "tsunamiMayComeAtSea",
  "tsunamiBeingStudied",
  "tsunamiSlight",
  "tsunamiNoneInJapan",
  "tsunamiNone",
] as const;
export type TsunamiWord = (typeof tsunamiWords)[number];
/** The label of the fact that has the same in JMA's own words. */
export const tsunamiLabel = "津波";

/** How bad, from the mildest. `level` is set only where the issuer's own name carries one (fact sheet, section 1.6). */
export const severities = [
  "none",
  "notice",
  "advisory",
  "warning",
  "urgentWarning",
  "specialWarning",
] as const;
export type Severity = (typeof severities)[number];

/** Seismic intensity as JMA codes it, mildest first. */
export const intensities = ["1", "2", "3", "4", "5-", "5+", "6-", "6+", "7"] as const;
export type Intensity = (typeof intensities)[number];

export interface Hazard {
  kind: HazardKind;
  /**
   * What the state is kept by, for one ward: `heavyRain`, `landslide`, `riverFlood:130005000100`,
   * `earthquake:20260101120000`, `tsunami:312`. Two telegrams about the same thing have the same subject (VXWW50 and
   * VPWW56: `landslide`; VXSE51 and VXSE53 of one event).
   */
  subject: string;
  /** `lifted`: over, or never there. */
  phase: "active" | "lifted";
  severity: Severity;
  level?: 1 | 2 | 3 | 4 | 5;
  intensity?: Intensity;
  /**
   * Another type tells the whole truth about this subject (VPWW56 beside VXWW50). Such a hazard may begin or raise a state,
   * and when `lifted` end one that stands exactly at its own severity; it never lowers a worse one, nor ends a milder one.
   */
  secondVoice?: true;
  /** Intensity 5- or more is thinkable, but was not received (震度５弱以上未入電). */
  intensityNotReceived?: boolean;
  /** Of an earthquake: what JMA says of a tsunami, as far as its codes for that are known. */
  tsunami?: TsunamiWord | undefined;
  /** The issuer's own name of it, word for word: 「レベル４大雨危険警報」, 「津波警報」. */
  name: string;
  /** The place as the issuer wrote it, and its code. */
  area: { code: string; name: string };
  /** What else is worth telling, in the issuer's own words: hypocentre, expected height, peak; label and value in Japanese. */
  facts?: { label: string; value: string }[];
  /** Free text of the issuer for residents, in their words (Comment/Text, instruction). */
  text?: string;
  /** Set by CAP and JSON: texts in other languages that the issuer wrote. */
  texts?: Record<string, { title: string; body: string }>;
  /** Where residents' districts are named (JSON hook); absent: the whole ward. */
  districts?: string[];
  expiresAt?: number;
}

/** Why nothing of a telegram could be read. Each has a sentence in `locales/{ja,en}/hazards-why.json`. */
export const unreadCauses = [
  "unreadNotXml",
  "unreadDoctype",
  "unreadTooLarge",
  /** A page for people in the place of a telegram: somebody in between answered. */
  "unreadWebPage",
  /** Well-formed, and nothing that 気象庁 sends. */
  "unreadNotTelegram",
  "unreadNotGot",
  /** The feed's link leads to another machine than the feed's. */
  "unreadLeadsAway",
  /** Whoever reads it failed at it. */
  "unreadFailed",
  /** One of the ward's own systems reported something in a wrong form. */
  "unreadReport",
] as const;
export type UnreadCause = (typeof unreadCauses)[number];

/** What somebody who reads a telegram notes about it beside the hazards it holds. */
export type Remark =
  /** Says nothing about this ward. It may still hold `lifted` hazards, to end what an earlier telegram began. */
  | { code: "elsewhere" }
  /** A code, status or element that is not in the tables: a person must look (`detail` quotes it). */
  | { code: "unknown"; detail: string }
  /** Nothing of it could be read; all that is known is what announced it. `link`: where it lies, on the feed's machine. */
  | { code: "unread"; why: UnreadCause; detail: string; link?: string }
  /** Read and understood, and nothing that is ever relayed (VXSE52 alone, VPNO50 …). */
  | { code: "forInformation"; detail: string };

/** A telegram as read for one ward. A cancellation has no hazards: whom it concerns is known by the event (fact sheet 1.3). */
export interface Reading {
  telegram: Telegram;
  hazards: Hazard[];
  remarks: Remark[];
}

/** Whether nothing of it could be read: then it has no hazards, and all that is known of it is what announced it. */
export function isUnread({ remarks }: Reading): boolean {
  return remarks.some(({ code }) => code === "unread");
}
