import {
  type Action,
  type Message,
  bubble,
  button,
  fitLabel,
  flex,
  lineLimits,
  note,
  paragraph,
  title,
} from "../../messages/flex.ts";
import { encodeIntent } from "../intent.ts";
import { type View, tap } from "../view.ts";

/** More are kept if somebody insists, but not shown: the message must stay inside LINE's limits. */
const mostShown = 10;

/** Birth months of children, with LINE's date picker; the day it also asks for is not kept. */
export function askChildren(view: View): Message[] {
  const { say, preferences } = view;
  const months = [...preferences.childrenBirthMonths].sort().slice(0, mostShown);
  const heading = say("children.title");
  const known = months.map((month) => paragraph(`・${childName(view, month)}`));
  const remove = months.map((month) =>
    button(
      tap(say("children.remove", { child: childName(view, month) }), { do: "removeChild", month }),
      "link",
    ),
  );
  const add = say(months.length === 0 ? "children.add" : "children.addAnother");
  return [
    flex(
      `${heading}\n${say("children.hint")}`,
      bubble({
        body: [title(heading), note(say("children.hint")), ...known],
        footer: [
          ...(months.length < mostShown
            ? [button(datePicker(add, view.today), months.length === 0 ? "primary" : "secondary")]
            : []),
          ...remove,
          button(
            tap(say(months.length === 0 ? "children.skip" : "children.done"), { do: "finishChildren" }),
            months.length === 0 ? "secondary" : "primary",
          ),
        ],
      }),
    ),
  ];
}

export function childName({ say }: View, month: string): string {
  return say("children.month", { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) });
}

function datePicker(label: string, today: string): Action {
  const year = Number(today.slice(0, 4));
  const dayThatAlwaysExists = today.slice(5) === "02-29" ? "02-28" : today.slice(5);
  return {
    type: "datetimepicker",
    label: fitLabel(label, lineLimits.buttonLabel),
    data: encodeIntent({ do: "addChild" }),
    mode: "date",
    initial: `${year - 1}-${dayThatAlwaysExists}`,
    min: `${year - 19}-01-01`,
    max: today,
  };
}
