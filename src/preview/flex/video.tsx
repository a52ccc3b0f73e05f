import { aspectRatio } from "../css-values.ts";
import { look } from "../look.ts";
import { Picture } from "../picture.tsx";
import { type Json } from "../read.ts";
import { type Setting } from "../setting.ts";
import { Tappable } from "../tappable.tsx";
import { readTarget } from "../target.ts";
import { readLink } from "../url.ts";

/** A video as a hero: its preview picture and a mark to play it, which opens the film in a new tab. */
export function Video({ video, setting }: { video: Json; setting: Setting }) {
  const href = setting.interactive ? readLink(video["url"]) : undefined;
  const more = readTarget(video["action"], setting);
  return (
    <span class="lp-video">
      <Tappable
        target={href === undefined ? undefined : { kind: "link", href, label: undefined }}
        look={{ class: "lp-video-play" }}
        name={setting.word("playVideo")}
      >
        <Picture
          url={video["previewUrl"]}
          alt={setting.word("video")}
          look={look("lp-image-full", "lp-fit-cover", aspectRatio(video["aspectRatio"], "1/1"))}
        />
        <span class="lp-play" aria-hidden="true" />
      </Tappable>
      {more === undefined ? null : (
        <Tappable target={more} look={{ class: "lp-video-more" }}>
          {more.label ?? setting.word("tap")}
        </Tappable>
      )}
    </span>
  );
}
