import type { messagingApi } from "@line/bot-sdk";
import { fillTemplate } from "../../alerts/fill-template.ts";
import type { Template } from "../../alerts/template.ts";
import { renderAlert } from "../../messages/render-alert.ts";
import { contentFor } from "../../messages/render-notice.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { sampleBlanks } from "./sample-blanks.ts";

export interface PreviewDeps {
  ward: Ward;
  sentences: Sentences;
  clock: Clock;
}

/**
 * What a phone would be sent in each language, drawn by the same functions as an alert, with samples in the blanks.
 * Nothing while the texts cannot be filled: what is wrong with them is said beside the form.
 */
export function previewTemplate(
  template: Template,
  { ward, sentences, clock }: PreviewDeps,
): Record<string, messagingApi.Message> {
  const now = clock.now();
  const blanks = sampleBlanks(
    template,
    ward.profile.shelters.map(({ id }) => id),
    now,
  );
  const filled = fillTemplate(
    template,
    { blanks, issuedAt: now, expiresAt: now + template.validMinutes * 60_000, mode: "live" },
    { ward, sentences },
  );
  if ("problems" in filled) return {};
  const kind = template.tone === "safe" ? "allClear" : "alert";
  const head = { tone: template.tone, mode: "live" as const, kind, level: filled.level } as const;
  return Object.fromEntries(
    ward.languages.flatMap((language) => {
      const found = contentFor(filled.contents, ward.fallbacks(language));
      if (found === undefined) return [];
      const { content, writtenIn } = found;
      const foreign = writtenIn === language ? {} : { writtenIn };
      return [[language, renderAlert(content, { language, sentences, head, ...foreign })]];
    }),
  );
}
