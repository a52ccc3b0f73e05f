import type { AuditRecord } from "../../audit/record-store.ts";
import type { Page } from "../page.ts";

/** What was done, in words; an act without a sentence of its own is called as the record calls it. */
export function sayAct(page: Page, record: AuditRecord): string {
  const { act } = record;
  const subject = sayActSubject(page, record);
  const key = /^[a-zA-Z]+\.[a-zA-Z]+$/.test(act) ? `audit-page:act.${act}` : undefined;
  return sentence(page, key, subject) ?? page.say("audit-page:unknownAct", { act, subject });
}

/** What was acted on, by the name it has today or, when it is gone, had in its entry. */
function sayActSubject(
  { ward, language }: Page,
  { act, subject, subjectName, details }: AuditRecord,
): string {
  if (subjectName !== undefined) return subjectName;
  if (act.startsWith("catalogue.")) {
    const kinds = ["categories", "districts", "groups"] as const;
    return (
      kinds.map((kind) => ward.name(kind, subject, language)).find((name) => name !== subject) ?? subject
    );
  }
  const { nameJa, name, title } = details;
  return [nameJa, name, title].find((each): each is string => typeof each === "string") ?? subject;
}

/** What an act is called where one can be chosen. */
export function nameOfAct(page: Page, act: string): string {
  return sentence(page, `audit-page:act.${act}`, page.say("audit-page:something")) ?? act;
}

/** What acts on one kind of thing are called together. */
export function nameOfKind(page: Page, kind: string): string {
  return sentence(page, `audit-page:kind.${kind}`, "") ?? kind;
}

/** Who did it; the program itself, and the key of the environment, are called so. */
export function sayActor({ say }: Page, { actor, actorName }: AuditRecord): string {
  const ours = ["system", "bootstrap"].find((each) => each === actor);
  return ours === undefined ? (actorName ?? actor) : say(`audit-page:${ours}`);
}

/** Undefined when there is no such sentence: acts of other rooms need none. */
function sentence({ say }: Page, key: string | undefined, subject: string): string | undefined {
  if (key === undefined) return undefined;
  try {
    return say(key, { subject });
  } catch {
    return undefined;
  }
}
