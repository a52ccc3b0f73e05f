import { type Json, readList, readRecord } from "../read.ts";
import { type Setting } from "../setting.ts";
import { Unsupported } from "../unsupported.tsx";
import { Bubble } from "./bubble.tsx";

/** A flex message's container: one bubble, or several side by side to be scrolled. */
export function FlexMessage({ message, setting }: { message: Json; setting: Setting }) {
  const container = readRecord(message["contents"]);
  if (container["type"] === "bubble") return <Bubble bubble={container} setting={setting} />;
  if (container["type"] !== "carousel") return <Unsupported type="flex" setting={setting} />;
  const bubbles = readList(container["contents"]).map(readRecord);
  return (
    <div
      class="lp-carousel"
      role="group"
      tabIndex={0}
      aria-label={setting.word("carousel", { count: bubbles.length })}
    >
      {bubbles.map((bubble) =>
        bubble["type"] === "bubble" ? (
          <Bubble bubble={bubble} setting={setting} />
        ) : (
          <Unsupported type="carousel" setting={setting} />
        ),
      )}
    </div>
  );
}
