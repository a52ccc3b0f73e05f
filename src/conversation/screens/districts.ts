import {
  type FlexComponent,
  type Message,
  bubble,
  button,
  carousels,
  note,
  title,
} from "../../messages/flex.ts";
import { type View, tap } from "../view.ts";
import { checkRow } from "./check-row.ts";

const rowsPerBubble = 8;

/**
 * Where one lives. `first`: the question of the welcome, where one tap answers it and the conversation goes on; later,
 * several districts can be ticked (one's parents' too).
 */
export function askDistricts(view: View, { first }: { first: boolean }): Message[] {
  const { ward, say, language, preferences } = view;
  const heading = say("districts.title");
  const rows = ward.districts.map((id) => {
    const on = preferences.districts.has(id);
    const name = ward.name("districts", id, language);
    const label = say(on ? "districts.off" : "districts.on", { name });
    return checkRow(
      name,
      on,
      tap(label, { do: "setDistrict", id, on: !on, ...(first && !on ? { goOn: true } : {}) }),
    );
  });
  const none = preferences.districts.size === 0;
  const footer = [
    button(
      tap(say(none ? "districts.skip" : "districts.done"), { do: "finishDistricts" }),
      none ? "secondary" : "primary",
    ),
  ];
  const bubbles = chunks(rows).map((part) =>
    bubble({ body: [title(heading), note(say("districts.hint")), ...part], footer }),
  );
  return carousels(`${heading}\n${say("districts.hint")}`, bubbles);
}

function chunks(rows: FlexComponent[]): FlexComponent[][] {
  const count = Math.max(1, Math.ceil(rows.length / rowsPerBubble));
  const size = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, index) => rows.slice(index * size, (index + 1) * size));
}
