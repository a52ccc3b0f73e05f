import type { AuditRecord } from "../../audit/record-store.ts";
import { asDocument } from "../document.tsx";
import { Field } from "../form-parts.tsx";
import { dateFormat } from "../formats.ts";
import type { Page } from "../page.ts";
import { type FilterForm, linkTo } from "./filter-form.ts";
import { nameOfAct, nameOfKind, sayAct, sayActor } from "./say-act.ts";

interface Props {
  page: Page;
  form: FilterForm;
  records: AuditRecord[];
  /** Where older entries go on. */
  next: number | undefined;
  acts: string[];
  people: { id: string; name: string }[];
}

export function auditPage(props: Props): string {
  const { page, form, records, next } = props;
  const { say } = page;
  return asDocument({
    page,
    title: say("audit-page:title"),
    children: (
      <>
        <section>
          <p>{say("audit-page:intro")}</p>
          <Filter {...props} />
        </section>
        <section>
          <h2>{say("audit-page:entries")}</h2>
          {records.length === 0 ? (
            <p class="nothing">{say("audit-page:none")}</p>
          ) : (
            <ol class="audit">
              {records.map((record) => (
                <Entry page={page} record={record} />
              ))}
            </ol>
          )}
          <p class="acts">
            {form.before !== "" && <a href={linkTo({ ...form, before: "" })}>{say("audit-page:newest")}</a>}
            {next !== undefined && (
              <a href={linkTo({ ...form, before: String(next) })}>{say("audit-page:older")}</a>
            )}
          </p>
        </section>
        <section>
          <h2>{say("audit-page:takeAlong")}</h2>
          <p>{say("audit-page:exportHint")}</p>
          <div class="acts">
            <form method="post" action="/console/audit/export">
              {Object.entries({ ...form, before: "" })
                .filter(([, value]) => value !== "")
                .map(([name, value]) => (
                  <input type="hidden" name={name} value={value} />
                ))}
              <button class="secondary">{say("audit-page:export")}</button>
            </form>
            <a href="/console/audit/chain">{say("audit-page:chain.link")}</a>
          </div>
        </section>
      </>
    ),
  });
}

function Filter({ page, form, acts, people }: Props) {
  const { say } = page;
  const kinds = [...new Set(acts.map((act) => act.split(".")[0] ?? act))];
  return (
    <form method="get" action="/console/audit" class="audit-filter">
      <p class="field">
        <label for="f-person">{say("audit-page:filter.person")}</label>
        <select id="f-person" name="person">
          <option value="">{say("audit-page:filter.anybody")}</option>
          {people.map(({ id, name }) => (
            <option value={id} selected={id === form.person}>
              {id === "bootstrap" ? say("audit-page:bootstrap") : name}
            </option>
          ))}
          <option value="system" selected={form.person === "system"}>
            {say("audit-page:system")}
          </option>
        </select>
      </p>
      <p class="field">
        <label for="f-act">{say("audit-page:filter.act")}</label>
        <select id="f-act" name="act">
          <option value="">{say("audit-page:filter.anything")}</option>
          {kinds.map((kind) => (
            <optgroup label={nameOfKind(page, kind)}>
              <option value={`${kind}.`} selected={form.act === `${kind}.`}>
                {say("audit-page:filter.allOf", { kind: nameOfKind(page, kind) })}
              </option>
              {acts
                .filter((act) => act.startsWith(`${kind}.`))
                .map((act) => (
                  <option value={act} selected={act === form.act}>
                    {nameOfAct(page, act)}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </p>
      <Field name="from" label={say("audit-page:filter.from")} value={form.from} type="date" />
      <Field name="to" label={say("audit-page:filter.to")} value={form.to} type="date" />
      <div class="about">
        <Field
          name="about"
          label={say("audit-page:filter.about")}
          hint={say("audit-page:filter.aboutHint")}
          value={form.about}
          max={200}
        />
      </div>
      <p class="acts">
        <button>{say("audit-page:filter.do")}</button>
        <a href="/console/audit">{say("audit-page:filter.clear")}</a>
      </p>
    </form>
  );
}

function Entry({ page, record }: { page: Page; record: AuditRecord }) {
  const { say } = page;
  const { seq, at, act, actor, subject, details, hash } = record;
  return (
    <li>
      <details>
        <summary>
          <time dateTime={new Date(at).toISOString()}>{writtenSecond(page, at)}</time>{" "}
          <strong>{sayActor(page, record)}</strong> <span>{sayAct(page, record)}</span>
        </summary>
        <dl>
          <Detail name={say("audit-page:column.seq")} value={String(seq)} />
          <Detail name={say("audit-page:column.act")} value={act} />
          <Detail name={say("audit-page:column.subject")} value={subject} />
          {Object.entries(details)
            .filter(([, value]) => value !== "")
            .map(([name, value]) => (
              <Detail name={name} value={typeof value === "string" ? value : JSON.stringify(value)} />
            ))}
          <Detail name={say("audit-page:column.hash")} value={hash} />
        </dl>
        <p class="acts">
          <a href={linkTo({ about: subject })}>{say("audit-page:sameSubject", { seq })}</a>
          <a href={linkTo({ person: actor })}>{say("audit-page:samePerson", { seq })}</a>
          <Subject page={page} record={record} />
        </p>
      </details>
    </li>
  );
}

function Subject({ page, record: { subject, subjectKind, seq } }: { page: Page; record: AuditRecord }) {
  if (subjectKind !== "broadcast") return null;
  return <a href={`/console/broadcasts/${subject}`}>{page.say("audit-page:open", { seq })}</a>;
}

function Detail({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Date and time in Tokyo to the second: what followed what matters here. */
function writtenSecond({ language }: Page, at: number): string {
  return dateFormat(language, { dateStyle: "medium", timeStyle: "medium" }).format(at);
}
