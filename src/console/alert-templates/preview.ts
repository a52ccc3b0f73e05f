import { fillTemplate } from "../../alerts/templates/fill-template.ts";
import type { Template } from "../../alerts/templates/template.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import type { Shown } from "../alerts/alert-beside.tsx";
import { sampleBlanks } from "./sample-blanks.ts";

export interface PreviewDeps {
  ward: Ward;
  sentences: Sentences;
  clock: Clock;
}

/**
 * What an alert from this template would say, filled by the same function, with samples in the blanks. Undefined while
 * the texts cannot be filled: what is wrong with them is said beside the form.
 */
export function previewTemplate(
  template: Template,
  { ward, sentences, clock }: PreviewDeps,
): Shown | undefined {
  const now = clock.now();
  const shelters = ward.profile.shelters.map(({ id }) => id);
  const filled = fillTemplate(
    template,
    {
      blanks: sampleBlanks(template, shelters, now),
      issuedAt: now,
      expiresAt: now + template.validMinutes * 60_000,
      mode: "live",
    },
    { ward, sentences },
  );
  if ("problems" in filled) return undefined;
  const { contents, untranslated, level } = filled;
  const kind = template.tone === "safe" ? "allClear" : "alert";
  return {
    contents,
    untranslated,
    level,
    mode: "live",
    kind,
    districts: undefined,
    audience: { everyone: true },
  };
}
