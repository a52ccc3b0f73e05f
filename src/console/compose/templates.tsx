import { type Template, longestTemplateTitle } from "../../broadcasts/template-store.ts";
import { asDocument } from "../document.tsx";
import { Field, Problems } from "../form-parts.tsx";
import { type SignedInPage, writtenTime } from "../page.ts";

/** All templates, each with its name to change. */
export function templatesPage(
  page: SignedInPage,
  templates: Template[],
  { problems = [], saved }: { problems?: string[]; /** The id of the one just made. */ saved?: unknown },
): string {
  const say = (key: string) => page.say(`compose:templates.${key}`);
  const made = templates.find(({ id }) => id === saved);
  return asDocument({
    page,
    title: say("title"),
    children: (
      <div class="sheet">
        <Problems title={page.say("compose:problems")} problems={problems} />
        {made !== undefined && (
          <p class="note" role="status">
            {page.say("compose:templates.saved", { title: made.title })}{" "}
            <a href="/console">{say("unsent")}</a>
          </p>
        )}
        <p>{say("text")}</p>
        {templates.length === 0 && <p class="nothing">{say("none")}</p>}
        <ul class="templates">
          {templates.map((template) => (
            <li>
              <h2>{template.title}</h2>
              <p class="hint">
                {page.say("compose:templates.by", {
                  name: template.by,
                  time: writtenTime(page, template.updatedAt),
                })}
              </p>
              <p class="acts">
                <a class="button" href={`/console/broadcasts/new?template=${template.id}`}>
                  {say("use")}
                </a>
              </p>
              <details>
                <summary>
                  {say("change")}
                  <span class="visually-hidden">{`: ${template.title}`}</span>
                </summary>
                <form method="post" action={`/console/templates/${template.id}/rename`}>
                  <RenameField page={page} template={template} />
                  <button class="secondary">{say("rename")}</button>
                </form>
                <form method="post" action={`/console/templates/${template.id}/delete`}>
                  <p>{say("deleteText")}</p>
                  <button class="secondary danger">{say("delete")}</button>
                </form>
              </details>
            </li>
          ))}
        </ul>
      </div>
    ),
  });
}

function RenameField({ page, template }: { page: SignedInPage; template: Template }) {
  return (
    <Field
      name="title"
      id={`title-${template.id}`}
      label={page.say("compose:templates.name")}
      value={template.title}
      max={longestTemplateTitle}
    />
  );
}
