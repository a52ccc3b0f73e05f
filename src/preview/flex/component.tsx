import { readList, readRecord } from "../read.ts";
import { readTarget } from "../target.ts";
import { Box } from "./box.tsx";
import { layoutOf } from "./box-look.ts";
import { Button } from "./button.tsx";
import { type Flow, deepest } from "./flow.ts";
import { Icon, Image } from "./image.tsx";
import { Filler, Separator, UnknownPart } from "./small-parts.tsx";
import { holdsTappable } from "./tappables.ts";
import { Text } from "./text.tsx";

/** Draws one flex component, whatever it is, and what is in it. */
export function Component({ component, flow }: { component: unknown; flow: Flow }) {
  const part = readRecord(component);
  const target = flow.inButton ? undefined : readTarget(part["action"], flow.setting);
  if (flow.depth > deepest) return <UnknownPart part={part} flow={flow} />;
  switch (part["type"]) {
    case "box": {
      const shared = target !== undefined && holdsTappable(part, flow.setting);
      const inside: Flow = {
        setting: flow.setting,
        layout: layoutOf(part),
        spacing: part["spacing"],
        first: true,
        depth: flow.depth + 1,
        inButton: flow.inButton || (target !== undefined && !shared),
      };
      return (
        <Box box={part} flow={flow} target={target} shared={shared}>
          {readList(part["contents"]).map((child, index) => (
            <Component component={child} flow={{ ...inside, first: index === 0 }} />
          ))}
        </Box>
      );
    }
    case "text":
      return <Text text={part} flow={flow} target={target} />;
    case "button":
      return <Button button={part} flow={flow} target={target} />;
    case "image":
      return <Image image={part} flow={flow} target={target} />;
    case "icon":
      return <Icon icon={part} flow={flow} />;
    case "separator":
      return <Separator separator={part} flow={flow} />;
    case "filler":
      return <Filler filler={part} flow={flow} />;
    default:
      return <UnknownPart part={part} flow={flow} />;
  }
}
