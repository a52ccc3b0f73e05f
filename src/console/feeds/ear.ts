/** How an ear is: JMA's feeds that are fetched, or the door that the ward's own systems knock at. */
export interface Ear {
  id: "jma" | "inbound";
  /** `failing`: the last look failed, and it has not been silent for long yet. `off`: by the settings. */
  state: "well" | "starting" | "failing" | "silent" | "off";
  /** When the last look at it went well; undefined for what comes in by itself. */
  lastSuccessAt: number | undefined;
  /** When it last said something. */
  lastTelegramAt: number | undefined;
  silentSince: number | undefined;
  /** What went wrong last, in the words of whoever found out. */
  detail: string | undefined;
}

/** What whoever polls JMA says about it. */
interface PollStatus {
  state: "off" | "starting" | "listening" | "silent";
  lastSuccessAt: number | undefined;
  lastEntryAt: number | undefined;
  silentSince: number | undefined;
  consecutiveFailures: number;
  lastFailure: { reason: string } | undefined;
}

export function earOf(status: PollStatus): Ear {
  const { state, lastSuccessAt, lastEntryAt, silentSince, consecutiveFailures, lastFailure } = status;
  const isFailing = consecutiveFailures > 0;
  const calm = state === "listening" ? "well" : state;
  return {
    id: "jma",
    state: isFailing && calm !== "silent" && calm !== "off" ? "failing" : calm,
    lastSuccessAt,
    lastTelegramAt: lastEntryAt,
    silentSince,
    detail: isFailing || state === "silent" ? lastFailure?.reason : undefined,
  };
}

/** The ward's own systems speak when they have something to say: silence tells nothing about them. */
export function inboundEar(lastTelegramAt: number | undefined): Ear {
  return {
    id: "inbound",
    state: "well",
    lastSuccessAt: undefined,
    lastTelegramAt,
    silentSince: undefined,
    detail: undefined,
  };
}
