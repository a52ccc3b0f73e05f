import { type Contents, contentProblems } from "../messages/contents.ts";
import type { Message } from "../messages/flex.ts";
import type { PictureFor } from "../messages/own-picture.ts";
import { renderNotice } from "../messages/render-notice.ts";
import { sizeProblems } from "../messages/size-problems.ts";
import type { Sentences } from "../shared/i18n.ts";
import type { Ids } from "../shared/ids.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type Actor, may } from "../staff/permissions.ts";
import type { StaffPhoneStore } from "../staff/phone-store.ts";
import type { InputProblem } from "./refusal.ts";

export interface TestSendDeps {
  phones: StaffPhoneStore;
  push: (to: string, messages: Message[], retryKey: string) => Promise<boolean>;
  ward: Ward;
  sentences: Sentences;
  pictureFor: PictureFor;
  ids: Ids;
}

export type TestSent =
  | { sent: string[] }
  | { refused: "role_missing" | "no_phone" | "too_many" | "nothing_written" | "not_taken" }
  | { refused: "invalid"; problems: InputProblem[] };

export type TestSend = ReturnType<typeof createTestSend>;

/**
 * Sends a notice to the writer's own registered phone and nobody else: the very messages, each after a line that says it
 * is a test. It never touches the outbox or an audience. Links are sent as written: nothing is counted.
 */
export function createTestSend({ phones, push, ward, sentences, pictureFor, ids }: TestSendDeps) {
  return async (actor: Actor, contents: Contents, wanted: readonly string[]): Promise<TestSent> => {
    if (!may(actor, "broadcast.write")) return { refused: "role_missing" };
    const languages = ward.languages.filter(
      (language) => contents[language] !== undefined && (wanted.length === 0 || wanted.includes(language)),
    );
    const chosen = Object.fromEntries(
      languages.flatMap((language) => {
        const content = contents[language];
        return content === undefined ? [] : [[language, content] as const];
      }),
    );
    if (languages.length === 0) return { refused: "nothing_written" };
    const problems = contentProblems(chosen, ward.languages);
    if (problems.length === 0) problems.push(...sizeProblems(chosen, sentences));
    if (problems.length > 0)
      return {
        refused: "invalid",
        problems: problems.map((each) => ({ ...each, kind: "content" as const })),
      };
    const phone = await phones.find(actor.id);
    if (phone.state !== "linked") return { refused: "no_phone" };
    if (!(await phones.noteTestSend(actor.id, { languages }))) return { refused: "too_many" };
    for (const [language, content] of Object.entries(chosen)) {
      const name = sentences.say(language, "conversation:language.ownName");
      const messages: Message[] = [
        { type: "text", text: sentences.say("ja", "compose:phones.testMark", { language: name }) },
        renderNotice(content, { language, sentences, pictureFor }),
      ];
      if (!(await push(phone.lineUserId, messages, ids.uuid()))) return { refused: "not_taken" };
    }
    return { sent: languages };
  };
}
