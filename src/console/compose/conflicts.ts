import { addresseesProblems } from "../../broadcasts/addressees.ts";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Draft } from "../../broadcasts/draft.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import { type Repeat, nextDates } from "../../broadcasts/schedule.ts";
import type { Clock } from "../../shared/clock.ts";
import { boundsOf } from "../broadcasts/changes.tsx";
import { type Page, listed, writtenTime } from "../page.ts";
import { conflictPage, resolved } from "./conflict.tsx";
import type { DraftForm } from "./draft-form.ts";
import { toDraft } from "./to-draft.ts";

/** What happens when two people have changed one broadcast: both texts are shown, and a person decides. */
export function createConflicts({ reach, clock }: { reach: Reach; clock: Clock }) {
  function sides(page: Page, form: DraftForm, existing: Broadcast) {
    const draftOf = (each: DraftForm): Draft | undefined => {
      try {
        return toDraft(each, existing);
      } catch {
        return undefined;
      }
    };
    const explain = (each: DraftForm): string => {
      const draft = draftOf(each);
      // What the ward never had cannot be called by a name; that it is wrong is said when the form is saved.
      const isUnknown = ({ code }: { code: string }) => code === "unknown_id";
      return draft === undefined || addresseesProblems(draft.audience, page.ward).some(isUnknown)
        ? ""
        : reach.explain(draft.audience)[page.language];
    };
    const when = (each: DraftForm): string => {
      const { sendAt, repeat } = draftOf(each) ?? {};
      if (repeat !== undefined && repeat !== null) return sayRepeat(page, repeat);
      return sendAt === undefined || sendAt === null
        ? page.say("dates.onApproval")
        : page.say("dates.at", { time: writtenTime(page, sendAt) });
    };
    return { page, form, existing, explain, when };
  }

  /** The next dates alone may be the same on both sides: how long it goes on, and when not, is said as well. */
  function sayRepeat(page: Page, repeat: Repeat): string {
    return [datesOf(page, repeat), ...boundsOf(page, repeat)].join(" ");
  }

  function datesOf(page: Page, repeat: Repeat): string {
    try {
      const dates = nextDates(repeat, clock.now(), 3).map((at) => writtenTime(page, at));
      return listed(page, dates);
    } catch {
      return repeat.cron;
    }
  }

  return {
    page: (
      page: Page,
      form: DraftForm,
      existing: Broadcast,
      why: "changed" | "undecided" = "changed",
    ): string =>
      conflictPage({
        ...sides(page, form, existing),
        why: page.say(`compose:conflict.${why}`),
      }),

    /** The fields after every choice, or undefined while one is missing or somebody changed it once more. */
    decide: (page: Page, form: DraftForm, existing: Broadcast, body: unknown) =>
      form.version === String(existing.version)
        ? resolved(sides(page, form, existing), body as Record<string, unknown>)
        : undefined,

    /** Whether a draft says what a broadcast says already. */
    isSame: (before: Broadcast, draft: Draft): boolean => {
      const plain = ({ title, audience, contents, sendAt, repeat, missingTranslations }: Draft | Broadcast) =>
        JSON.stringify([title, audience, contents, sendAt ?? null, repeat ?? null, missingTranslations]);
      return plain(before) === plain(draft);
    },
  };
}
