import { contentFor } from "../messages/render-notice.ts";
import { renderAlert } from "../messages/render-alert.ts";
import { type NewOrder, lanes } from "../outbox/order.ts";
import type { Alert } from "./alert.ts";
import type { AlertDeps } from "./deps.ts";

/** A text that nobody wrote goes out in the declared order of languages: an alert never waits for one (invariant 12). */
export function freezeAlert(
  alert: Alert,
  dueAt: number,
  { ward, sentences, links, templates }: Pick<AlertDeps, "ward" | "sentences" | "links" | "templates">,
): NewOrder {
  const tone = templates.find(alert.template)?.tone ?? "warning";
  const { level, mode, kind } = alert;
  const head = { tone, mode, kind, ...(level === undefined ? {} : { level }) };
  const bodies = Object.fromEntries(
    ward.languages.flatMap((language) => {
      const found = contentFor(alert.contents, ward.fallbacks(language));
      if (found === undefined) return [];
      const { content, writtenIn } = found;
      const linkFor = links.linkFor(alert.id, writtenIn);
      const message = renderAlert(content, {
        language,
        sentences,
        head,
        ...(writtenIn === language ? {} : { writtenIn }),
        ...(linkFor === undefined ? {} : { linkFor }),
      });
      return [[language, JSON.stringify([message])]];
    }),
  );
  return {
    broadcastId: alert.id,
    mode,
    lane: mode === "live" ? lanes.emergency : lanes.urgent,
    dueAt,
    expiresAt: alert.expiresAt,
    audience: JSON.stringify(alert.audience),
    bodies,
    defaultLanguage: ward.mainLanguage,
  };
}
