import type { Template } from "../../alerts/templates/template.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { AlertPhones, type Shown } from "../alerts/alert-beside.tsx";
import type { Page } from "../page.ts";

export interface Preview {
  shown: Shown | undefined;
  template: Template;
  sentences: Sentences;
}

/** The card of each language as residents' phones show it, with samples in the blanks. */
export function TemplatePhones({ page, shown, template, sentences }: Preview & { page: Page }) {
  const { say } = page;
  if (shown === undefined) return <p class="nothing">{say("alert-templates-page:noPreview")}</p>;
  return (
    <>
      <AlertPhones page={page} shown={shown} template={template} sentences={sentences} />
      <p class="hint">{say("alert-templates-page:sample")}</p>
    </>
  );
}
