import { asDocument } from "../document.tsx";
import { Field, KeptNote, type Problem, Problems, keptAt } from "../form-parts.tsx";
import type { SignedInPage } from "../page.ts";
import { Placeholders } from "./blanks.tsx";
import { type Preview, TemplatePhones } from "./phones.tsx";
import type { KeptTemplate } from "./kept-template.ts";
import type { TextForm, TextPart } from "./text-form.ts";

interface View {
  kept: KeptTemplate;
  form: TextForm;
  preview: Preview;
  /** All of them, each with the name of its field where it has one. */
  problems: (Problem & { field?: string })[];
}

/** As `alerts/template.ts` has them. */
const limits: Record<TextPart, number> = { title: 80, body: 2_000, linkLabel: 40, linkUrl: 1_000 };

/** Writing other texts. They are proposed; what is used changes only when somebody else has approved them. */
export function editPage(page: SignedInPage, view: View): string {
  const { kept, form, problems, preview } = view;
  const { say, ward, language } = page;
  const { template, open } = kept;
  const waiting = open[0];
  const at = `/console/alert-templates/${template.id}`;
  return asDocument({
    page: { ...page, path: `${at}/edit` },
    title: say("alert-templates-page:editTitle", { name: template.name[language] }),
    children: (
      <div class="compose">
        <form
          method="post"
          action={`${at}/edit`}
          class="sheet alert-template"
          novalidate
          {...keptAt(page, `${at}/edit`)}
        >
          <KeptNote page={page} />
          <Problems title={say("compose:problems")} problems={problems} />
          {waiting !== undefined && (
            <p class="warning">{say("alert-templates-page:replaces", { name: waiting.proposer })}</p>
          )}
          <p>{say("alert-templates-page:editMeans")}</p>
          <input type="hidden" name="version" value={form.version} />
          <details class="placeholders-help">
            <summary>{say("alert-templates-page:placeholders")}</summary>
            <p class="hint">{say("alert-templates-page:placeholdersHint")}</p>
            <Placeholders page={page} template={template} />
          </details>
          {ward.languages.map((id) => (
            <Text page={page} view={view} language={id} />
          ))}
          <p class="acts">
            <button name="act" value="propose">
              {say("alert-templates-page:propose")}
            </button>
            <button name="act" value="look" class="secondary">
              {say("alert-templates-page:look")}
            </button>
            <a href={at}>{say("alert-templates-page:cancel")}</a>
          </p>
        </form>
        <aside class="beside" aria-label={say("preview.title")}>
          <TemplatePhones page={page} {...preview} />
        </aside>
      </div>
    ),
  });
}

function Text({ page, view, language: id }: { page: SignedInPage; view: View; language: string }) {
  const { form, problems } = view;
  const shared = (part: TextPart) => {
    const name = `${part}.${id}`;
    const said = problems.filter(({ field }) => field === name).map(({ text }) => text);
    return {
      name,
      label: page.say(`alert-templates-page:field.${part}`),
      value: form.fields[name] ?? "",
      max: limits[part],
      ...(said.length === 0 ? {} : { problem: said.join(" ") }),
    };
  };
  return (
    <fieldset>
      <legend>{page.languageName(id)}</legend>
      <Field {...shared("title")} lang={id} />
      <Field {...shared("body")} lang={id} lines={8} />
      <div class="row">
        <Field {...shared("linkLabel")} lang={id} />
        <Field {...shared("linkUrl")} />
      </div>
    </fieldset>
  );
}
