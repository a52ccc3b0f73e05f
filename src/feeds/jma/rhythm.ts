const longestPauseMs = 5 * 60_000;

/**
 * When the feeds are looked at next. JMA rebuilds them every minute and asks to be asked at about 20 seconds past it (fact
 * sheet 1.1). After failures less often, at random so that a thousand wards do not come back together, but an official
 * warning must not wait: never slower than once in five minutes.
 */
export function nextPollAt(
  now: number,
  { pollSeconds, failures, retryAfterMs }: { pollSeconds: number; failures: number; retryAfterMs: number },
  random: () => number,
): number {
  const usual = pollSeconds * 1000;
  if (failures === 0) return pollSeconds === 60 ? nextTwentySecondsPast(now) : now + usual;
  const backedOff = usual * Math.min(4, 2 ** (failures - 1)) * (1 + 0.25 * random());
  return now + Math.min(longestPauseMs, Math.max(backedOff, retryAfterMs));
}

function nextTwentySecondsPast(now: number): number {
  const past = 20_000;
  return (Math.floor((now - past) / 60_000) + 1) * 60_000 + past;
}
