import { Picture } from "./picture.tsx";
import { type Json, readNumber } from "./read.ts";
import { type Setting } from "./setting.ts";
import { Tappable } from "./tappable.tsx";
import { type Target } from "./target.ts";
import { readLink } from "./url.ts";

export interface MediaProps {
  message: Json;
  setting: Setting;
}

/** Media are played or enlarged in a new tab: the browser does that better than we could. */
export function opens(url: unknown, setting: Setting): Target | undefined {
  const href = setting.interactive ? readLink(url) : undefined;
  return href === undefined ? undefined : { kind: "link", href, label: undefined };
}

export function ImageMessage({ message, setting }: MediaProps) {
  const name = setting.word("image");
  return (
    <Tappable target={opens(message["originalContentUrl"], setting)} look={{ class: "lp-photo" }} name={name}>
      <Picture url={message["previewImageUrl"]} alt={name} look={{ class: "lp-photo-frame" }} />
    </Tappable>
  );
}

export function VideoMessage({ message, setting }: MediaProps) {
  return (
    <Tappable
      target={opens(message["originalContentUrl"], setting)}
      look={{ class: "lp-photo" }}
      name={setting.word("playVideo")}
    >
      <Picture
        url={message["previewImageUrl"]}
        alt={setting.word("video")}
        look={{ class: "lp-photo-frame" }}
      />
      <span class="lp-play" aria-hidden="true" />
    </Tappable>
  );
}

export function AudioMessage({ message, setting }: MediaProps) {
  const seconds = Math.round(Math.min(Math.max(readNumber(message["duration"]) ?? 0, 0), 86_400_000) / 1000);
  const length = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <Tappable target={opens(message["originalContentUrl"], setting)} look={{ class: "lp-audio" }}>
      <span class="lp-play-small" aria-hidden="true" />
      <span class="lp-audio-name">{setting.word("audio")}</span> <span>{length}</span>
    </Tappable>
  );
}
