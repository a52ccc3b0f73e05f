import type { FromBot, InboxEntry, Offer } from "../../src/simulator/index.ts";
import { waitFor } from "./wait-for.ts";
import type { World } from "./world.ts";

/** Somebody with a phone in front of the local LINE. Each act waits for the bot's answer. */
export interface Person {
  id: string;
  follow(): Promise<void>;
  block(): Promise<void>;
  unblock(): Promise<void>;
  press(label: string, pick?: string): Promise<void>;
  say(text: string): Promise<void>;
  /** The texts of the bot's newest messages: every string a reader would see. */
  reads(): string[];
  /** Labels of what can be pressed in the newest messages. */
  canPress(): string[];
  /** Alternative texts of everything that was pushed, oldest first. */
  pushed(): string[];
}

export function createPerson(
  world: World,
  person: { displayName?: string; language?: string; id?: string } = {},
): Person {
  const { platform } = world.line;
  const id = platform.addUser({ displayName: "somebody", ...person });
  const fromBot = (): FromBot[] =>
    platform.inbox(id).filter((entry: InboxEntry): entry is FromBot => entry.from === "bot");

  async function answered(act: () => Promise<unknown>): Promise<void> {
    const before = fromBot().length;
    await act();
    await waitFor("the bot's answer", () => fromBot().length > before);
  }

  return {
    id,
    follow: () => answered(() => platform.follow(id)),
    block: async () => void (await platform.block(id)),
    unblock: () => answered(() => platform.unblock(id)),
    press: (label, pick) =>
      answered(() => platform.pressLabel(id, label, pick === undefined ? {} : { pick })),
    say: (text) => answered(() => platform.say(id, text)),
    reads: () => strings(fromBot().at(-1)?.messages),
    canPress: () =>
      platform
        .offers(id)
        .filter((offer: Offer) => offer.where !== "menu")
        .map((offer) => offer.label),
    pushed: () =>
      fromBot()
        .filter((entry) => entry.via !== "reply")
        .flatMap((entry) =>
          entry.messages.map((message) => ("altText" in message ? message.altText : JSON.stringify(message))),
        ),
  };
}

const readable = new Set([
  "text",
  "altText",
  "label",
  "contents",
  "header",
  "body",
  "footer",
  "hero",
  "action",
  "items",
  "quickReply",
]);

/** Every string of a message that somebody would read. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (readable.has(key) ? strings(inner) : []));
}
