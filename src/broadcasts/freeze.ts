import { contentFor, renderNotice } from "../messages/render-notice.ts";
import { lanes, type NewOrder } from "../outbox/order.ts";
import type { Broadcast } from "./broadcast.ts";
import type { BroadcastDeps } from "./deps.ts";

/**
 * The order of an approved broadcast: the exact messages of every language of the ward, rendered now and never again.
 * Languages without a text get their fallback's with a note, so that nobody who joins later is left out.
 */
export function freeze(
  broadcast: Broadcast,
  dueAt: number,
  { ward, sentences, links, pictureFor }: Pick<BroadcastDeps, "ward" | "sentences" | "links" | "pictureFor">,
): NewOrder {
  const bodies = Object.fromEntries(
    ward.languages.flatMap((language) => {
      const found = contentFor(broadcast.contents, ward.fallbacks(language));
      if (found === undefined) return [];
      const { content, writtenIn } = found;
      const linkFor = links.linkFor(broadcast.id, writtenIn);
      const message = renderNotice(content, {
        language,
        sentences,
        pictureFor,
        ...(writtenIn === language ? {} : { writtenIn }),
        ...(linkFor === undefined ? {} : { linkFor }),
      });
      return [[language, JSON.stringify([message])]];
    }),
  );
  return {
    broadcastId: broadcast.id,
    mode: broadcast.mode,
    lane: lanes.routine,
    dueAt,
    expiresAt: undefined,
    audience: JSON.stringify(broadcast.audience),
    bodies,
    defaultLanguage: ward.mainLanguage,
  };
}
