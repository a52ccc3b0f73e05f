import { type Message, bubble, button, flex, note, paragraph, title } from "../../messages/flex.ts";
import { type View, tap } from "../view.ts";

/** The first words to somebody new, with the choice of language: theirs first, each named in itself. */
export function greeting(view: View): Message[] {
  const { ward, say, language } = view;
  const heading = say("greeting.title", { ward: ward.wardName(language) });
  const body = say("greeting.body");
  return [
    flex(
      `${heading}\n${body}`,
      bubble({ body: [title(heading), paragraph(body)], footer: languageButtons(view) }),
    ),
  ];
}

export function askLanguage(view: View): Message[] {
  const heading = view.say("language.title");
  const others = view.ward.languages
    .filter((id) => id !== view.language)
    .map((id) => view.sentences.say(id, "conversation:language.title"));
  const body = [title(heading), note(others.join("\n"))];
  return [flex([heading, ...others].join("\n"), bubble({ body, footer: languageButtons(view) }))];
}

function languageButtons({ ward, sentences, language }: View) {
  const ordered = [language, ...ward.languages.filter((id) => id !== language)];
  return ordered.map((id) =>
    button(
      tap(sentences.say(id, "conversation:language.ownName"), { do: "setLanguage", to: id }),
      id === language ? "primary" : "secondary",
    ),
  );
}

/** Ready bundles for somebody in a hurry, and "let me choose". */
export function askBundle({ ward, say, language }: View): Message[] {
  const heading = say("bundles.title");
  const body = say("bundles.body");
  const ready = ward.profile.bundles.map(({ id }) =>
    button(tap(ward.name("bundles", id, language), { do: "takeBundle", id }), "primary"),
  );
  const choose = button(tap(say("bundles.choose"), { do: "askCategories" }));
  return [
    flex(`${heading}\n${body}`, bubble({ body: [title(heading), note(body)], footer: [...ready, choose] })),
  ];
}
