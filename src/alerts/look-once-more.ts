import type { Message } from "../messages/flex.ts";
import type { ClaimedBatch } from "../outbox/claim-store.ts";
import { lanes } from "../outbox/order.ts";

export interface LookDeps {
  /** LINE's ids of the staff test group at this moment. */
  testPhones: () => Promise<string[]>;
  /** What the texts of a drill begin with, in every language. */
  drillMarks: readonly string[];
}

/**
 * The last look at a batch before it leaves: what is a drill says so and a rehearsal is addressed to the staff test group
 * only, what is meant does not say that it is a drill (invariant 8). It should never find anything; if it does, nothing
 * of the batch goes out.
 * @returns why it must not, or undefined
 */
export function createLookOnceMore({ testPhones, drillMarks }: LookDeps) {
  const marked = new Map<string, boolean>();

  function saysDrill(body: string): boolean {
    const known = marked.get(body);
    if (known !== undefined) return known;
    const messages = JSON.parse(body) as Message[];
    const found = messages.every((message) => {
      const { altText, text } = message as { altText?: string; text?: string };
      return drillMarks.some((mark) => (altText ?? text ?? "").startsWith(mark));
    });
    if (marked.size >= 64) marked.clear();
    marked.set(body, found);
    return found;
  }

  return async ({ mode, lane, body, addresses }: ClaimedBatch): Promise<string | undefined> => {
    // Of notices nobody but their writers says whether they are about a drill.
    if (mode === "live")
      return lane >= lanes.urgent && saysDrill(body) ? "a live alert that says it is a drill" : undefined;
    if (!saysDrill(body)) return "a drill whose text does not begin by saying so";
    if (mode === "publicDrill") return undefined;
    const staff = new Set(await testPhones());
    return addresses.every((address) => staff.has(address))
      ? undefined
      : "a rehearsal addressed to somebody outside the staff test group";
  };
}
