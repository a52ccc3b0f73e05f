import { type messagingApi } from "@line/bot-sdk";
import { Picture } from "./picture.tsx";
import { readList, readRecord } from "./read.ts";
import { type PreviewOptions, settingOf } from "./setting.ts";
import { Tappable } from "./tappable.tsx";
import { labelOf, readTarget, spokenName } from "./target.ts";

interface Props extends PreviewOptions {
  message: messagingApi.Message;
}

const builtInIcons = new Set<unknown>(["camera", "cameraRoll", "location"]);

/**
 * The chips under a message. LINE shows them for the newest message only, and takes them away with the next message
 * or tap: which message that is, the host knows.
 */
export function QuickReplies({ message, ...options }: Props) {
  const setting = settingOf(options);
  const quickReply = readRecord(readRecord(message)["quickReply"]);
  // LINE refuses a 14th.
  const items = readList(quickReply["items"]).slice(0, 13).map(readRecord);
  const known = items.filter((item) => item["type"] === "action");
  if (known.length === 0) return null;
  return (
    <div
      class="lp-quick-replies"
      role="group"
      tabIndex={0}
      aria-label={setting.word("quickReplies")}
      lang={options.contentLanguage}
    >
      {known.map(({ action, imageUrl }) => (
        <Tappable target={readTarget(action, setting)} look={{ class: "lp-chip" }}>
          {imageUrl === undefined ? (
            builtInIcons.has(readRecord(action)["type"]) && (
              <span class={`lp-chip-icon lp-chip-${String(readRecord(action)["type"])}`} aria-hidden="true" />
            )
          ) : (
            <span class="lp-chip-icon" aria-hidden="true">
              <Picture url={imageUrl} alt="" look={{ class: "lp-fit-cover lp-image-full" }} />
            </span>
          )}
          <span class="lp-one-line">{labelOf(action) ?? spokenName(action, setting.word("tap"))}</span>
        </Tappable>
      ))}
    </div>
  );
}
