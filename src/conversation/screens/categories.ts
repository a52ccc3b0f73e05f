import {
  type FlexBubble,
  type Message,
  bubble,
  button,
  carousels,
  note,
  title,
  withQuickReplies,
} from "../../messages/flex.ts";
import { type View, quickTap, tap } from "../view.ts";
import { checkRow } from "./check-row.ts";

type Group = View["ward"]["profile"]["groups"][number];

/** All categories in their groups, ticked as they are chosen; the group just touched comes first. */
export function askCategories(view: View, touchedGroup?: string): Message[] {
  const { ward, say } = view;
  const groups = ward.profile.groups;
  const first = Math.max(
    0,
    groups.findIndex((group) => group.id === touchedGroup),
  );
  const ordered = [...groups.slice(first), ...groups.slice(0, first)];
  const altText = `${say("categories.title")}\n${say("categories.hint")}`;
  const messages = carousels(
    altText,
    ordered.map((group) => groupBubble(view, group)),
  );
  return withQuickReplies(messages, [
    quickTap(say("categories.done"), { do: "finishCategories" }),
    quickTap(say("settings.show"), { do: "showSettings" }),
  ]);
}

function groupBubble({ ward, say, language, preferences }: View, group: Group): FlexBubble {
  const name = ward.name("groups", group.id, language);
  const chosen = group.categories.filter(({ id }) => preferences.categories.has(id)).length;
  const rows = group.categories.map(({ id }) => {
    const on = preferences.categories.has(id);
    const category = ward.name("categories", id, language);
    const label = say(on ? "categories.off" : "categories.on", { name: category });
    return checkRow(category, on, tap(label, { do: "setCategory", id, on: !on }));
  });
  const complete = chosen === group.categories.length;
  const whole = say(complete ? "categories.none" : "categories.all", { group: name });
  return bubble({
    body: [
      title(name),
      note(
        `${say("categories.groupHint", { chosen, all: group.categories.length })}\n${say("categories.hint")}`,
      ),
      ...rows,
    ],
    footer: [
      button(tap(whole, { do: "setGroup", id: group.id, on: !complete })),
      button(tap(say("categories.done"), { do: "finishCategories" }), "primary"),
    ],
  });
}
