import type { Ask } from "../../staff/ask-store.ts";
import type { Page } from "../page.ts";
import { sayRoles } from "./say-roles.ts";

/** What was asked for, in a sentence. */
export function sayAsk({ kind, name, roles, label }: Ask, page: Page): string {
  return page.say(`staff:ask.${kind}`, { name, roles: sayRoles(roles, page), label });
}
