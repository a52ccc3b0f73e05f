import type { AuditRecord } from "../../audit/record-store.ts";
import type { Page } from "../page.ts";

/** What was done, in words; an act without a sentence of its own is called as the record calls it. */
export function sayAct(
  { say }: Pick<Page, "say">,
  { act, subject, subjectName, details }: AuditRecord,
): string {
  const title = subjectName ?? nameIn(details) ?? subject;
  const key = /^[a-zA-Z]+\.[a-zA-Z]+$/.test(act) ? `audit-page:act.${act}` : undefined;
  return sentence(say, key, title) ?? say("audit-page:unknownAct", { act, subject: title });
}

/** What a kind of act is called where one can be chosen. */
export function nameOfAct({ say }: Pick<Page, "say">, act: string): string {
  return sentence(say, `audit-page:act.${act}`, say("audit-page:something")) ?? act;
}

/** Who did it; the program itself, and the key of the environment, are called so. */
export function sayActor({ say }: Pick<Page, "say">, { actor, actorName }: AuditRecord): string {
  const ours = ["system", "bootstrap"].find((each) => each === actor);
  return ours === undefined ? (actorName ?? actor) : say(`audit-page:${ours}`);
}

/** What was removed is called as its last entry calls it. */
function nameIn(details: Record<string, unknown>): string | undefined {
  const { nameJa, name, title } = details;
  return [nameJa, name, title].find((each): each is string => typeof each === "string");
}

function sentence(say: Page["say"], key: string | undefined, subject: string): string | undefined {
  if (key === undefined) return undefined;
  try {
    return say(key, { subject });
  } catch {
    return undefined;
  }
}
