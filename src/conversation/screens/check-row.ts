import { type Action, type FlexComponent, colours } from "../../messages/flex.ts";

/** A row with a box that is ticked or not; the whole row is the button. */
export function checkRow(name: string, chosen: boolean, action: Action): FlexComponent {
  return {
    type: "box",
    layout: "horizontal",
    spacing: "md",
    paddingAll: "md",
    cornerRadius: "md",
    alignItems: "center",
    backgroundColor: chosen ? colours.chosenGround : colours.plainGround,
    action,
    contents: [
      {
        type: "text",
        text: chosen ? "☑" : "☐",
        flex: 0,
        size: "lg",
        color: chosen ? colours.accent : colours.quiet,
      },
      {
        type: "text",
        text: name,
        wrap: true,
        size: "md",
        color: colours.ink,
        ...(chosen ? { weight: "bold" as const } : {}),
      },
    ],
  };
}
