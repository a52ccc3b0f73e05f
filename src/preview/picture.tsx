import { type Look } from "./look.ts";
import { readImageUrl } from "./url.ts";

interface Props {
  url: unknown;
  /** Shown in the frame when the picture cannot be fetched; LINE's images carry no description of their own. */
  alt: string;
  look: Look;
}

/**
 * A picture in a frame of known shape. `preview.js` marks the frame `lp-broken` when the fetch fails, so that an
 * address which is wrong, or not reachable from here, looks like a missing picture and not like a broken page.
 */
export function Picture({ url, alt, look }: Props) {
  const src = readImageUrl(url);
  if (src === undefined)
    return (
      <span {...look} class={`lp-frame lp-broken ${look.class}`} role="img" aria-label={alt} data-alt={alt} />
    );
  return (
    <span {...look} class={`lp-frame ${look.class}`} data-alt={alt}>
      <img src={src} alt={alt} decoding="async" referrerpolicy="no-referrer" />
    </span>
  );
}
