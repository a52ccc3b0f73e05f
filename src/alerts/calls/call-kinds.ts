/** What staff are called for when a telegram was decided on, the gravest first. */
export const hazardCallKinds = [
  /** Rules sent so much within an hour that a person decides about the rest. */
  "tooMany",
  "unknownTelegram",
  "specialWarningNotice",
  /** What came in was too old to be sent. */
  "stale",
] as const;
export type HazardCallKind = (typeof hazardCallKinds)[number];

export type CallKind =
  | HazardCallKind
  /** Somebody sent an alert alone. */
  | "breakGlass"
  /** A rule prepared an alert that waits for a person. */
  | "draftWaiting"
  /** It waited too long: nobody was told, and the same danger prepares no second one. */
  | "draftLapsed"
  /** An ear has heard nothing for too long, or what it hears cannot be read. */
  | "feedSilent"
  | "feedBroken";
