import type { Platform } from "../platform.ts";
import { clockTime, dayName } from "./times.ts";
import type { PageContext } from "./view-context.ts";

/** Day and time at LINE. */
export function ClockFace({ platform, page }: { platform: Platform; page: PageContext }) {
  const now = platform.clock.now();
  return (
    <>
      <span class="big-clock-day">{dayName(now, page.language)}</span>{" "}
      <time class="big-clock-time">{clockTime(now)}</time>
      {platform.clock.frozen && <span class="big-clock-note"> {page.words("clockFrozen")}</span>}
    </>
  );
}
