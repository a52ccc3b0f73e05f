import type { State } from "../state.ts";
import type { UserNumber } from "../users/user.ts";

/** How long talking to a user still counts as an answer to the event that came in standby. A guess. */
const answersWithinMs = 60_000;

/** A user whose last event came as `standby` is another module's to talk to for now (LINE fact sheet section 3). */
export function noteStandby(state: State, number: UserNumber, requestId: string): void {
  const since = state.activity.standbySince.get(number);
  if (since !== undefined && state.clock.now() - since < answersWithinMs)
    state.mistakes.note("answeredStandby", requestId, "the user's last event was in standby mode");
}
