import {
  type Message,
  bubble,
  button,
  colours,
  flex,
  note,
  paragraph,
  title,
  withQuickReplies,
} from "../../messages/flex.ts";
import { recipientsKeptMs } from "../../outbox/order.ts";
import { type View, openPage, quickTap, tap } from "../view.ts";

const dayMs = 24 * 60 * 60_000;

export function askForget({ say }: View): Message[] {
  const body = [title(say("forget.title")), paragraph(say("forget.body"))];
  const footer = [
    button(tap(say("forget.yes"), { do: "forget" }), "primary", colours.danger),
    button(tap(say("forget.no"), { do: "keep" })),
  ];
  return [flex(`${say("forget.title")}\n${say("forget.body")}`, bubble({ body, footer }))];
}

/** A sentence and nothing to press: for after everything was erased. */
export function plain(text: string): Message[] {
  return [{ type: "text", text }];
}

export function showHelp(view: View): Message[] {
  const { say } = view;
  const privacy = say("help.privacy", { days: recipientsKeptMs / dayMs });
  return withMenu(view, [
    flex(
      [say("help.title"), say("help.body"), privacy].join("\n"),
      bubble({ body: [title(say("help.title")), paragraph(say("help.body")), note(privacy)] }),
    ),
  ]);
}

export function showContact({ ward, say, language }: View): Message[] {
  const { name, hours, address } = ward.contact(language);
  const { phone, links } = ward.profile.contact;
  const heading = say("contact.title");
  return [
    flex(
      [heading, name, phone, hours].join("\n"),
      bubble({
        body: [title(heading), paragraph(name), note(`${hours}\n${address}`), note(say("contact.body"))],
        footer: [
          button(openPage(say("contact.call", { phone }), `tel:${phone.replaceAll("-", "")}`), "primary"),
          ...links.map(({ id, url }) => button(openPage(ward.name("links", id, language), url))),
        ],
      }),
    ),
  ];
}

/** Everything there is; and for what we did not understand, with the reason: not an apology but a way on. */
export function showMenu(view: View, reason?: "menu.notUnderstood" | "menu.oldButton"): Message[] {
  const { say } = view;
  const why = reason === undefined ? [] : [say(reason)];
  const body = [title(say("menu.title")), ...why.map(note)];
  const footer = [
    button(tap(say("menu.settings"), { do: "showSettings" }), "primary"),
    button(tap(say("menu.categories"), { do: "askCategories" })),
    button(tap(say("menu.language"), { do: "askLanguage" })),
    button(tap(say("menu.disaster"), { do: "showDisaster" })),
    button(tap(say("menu.contact"), { do: "showContact" })),
    button(tap(say("menu.help"), { do: "showHelp" })),
  ];
  return [flex([say("menu.title"), ...why].join("\n"), bubble({ body, footer }))];
}

function withMenu({ say }: View, messages: Message[]): Message[] {
  return withQuickReplies(messages, [
    quickTap(say("menu.settings"), { do: "showSettings" }),
    quickTap(say("menu.categories"), { do: "askCategories" }),
    quickTap(say("menu.language"), { do: "askLanguage" }),
    quickTap(say("menu.disaster"), { do: "showDisaster" }),
    quickTap(say("menu.contact"), { do: "showContact" }),
  ]);
}
