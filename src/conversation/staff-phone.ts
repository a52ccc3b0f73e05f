import type { ResidentStore } from "../residents/store.ts";
import type { Sentences } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { StaffPhoneStore } from "../staff/phone-store.ts";
import type { Answer, ResidentEvent } from "./conversation.ts";

type Converse = (event: ResidentEvent) => Promise<Answer | undefined>;

export interface StaffPhoneDeps {
  phones: StaffPhoneStore;
  residents: ResidentStore;
  sentences: Sentences;
  ward: Ward;
}

/**
 * Listens for the codes by which staff register their phones, before residents' words are understood. A phone that leaves
 * is no staff phone any more.
 */
export function withStaffPhones(
  converse: Converse,
  { phones, residents, sentences, ward }: StaffPhoneDeps,
): Converse {
  return async (event) => {
    if (event.kind === "leave") await phones.forget(event.userId);
    const name = event.kind === "text" ? await phones.link(event.text, event.userId) : undefined;
    if (name === undefined) {
      const answer = await converse(event);
      // Somebody who asked to be forgotten is not known any more, here either.
      if (answer !== undefined && answer.language === undefined) await phones.forget(event.userId);
      return answer;
    }
    const resident = await residents.find(event.userId);
    const language = resident?.preferences.language ?? ward.mainLanguage;
    const words = language.startsWith("ja") ? "ja" : "en";
    const text = sentences.say(words, "compose:phones.linked", { name });
    return { language, messages: [{ type: "text", text }] };
  };
}
