import { contentLimits } from "../../messages/contents.ts";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { type DraftForm, noticeOf } from "./draft-form.ts";
import { asDocument } from "../document.tsx";
import { Choice, Field, Problems } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import { RetiredChoices } from "./retired-choices.tsx";

interface Props {
  page: Page;
  form: DraftForm;
  /** What is wrong with what was typed, in sentences. */
  problems: string[];
  /** Undefined while it is written for the first time. */
  existing: Broadcast | undefined;
}

export function composePage(props: Props): string {
  const { page, existing } = props;
  const title = page.say(existing === undefined ? "compose.new" : "compose.edit");
  return asDocument({ page, title, children: <Compose {...props} /> });
}

function Compose({ page, form, problems, existing }: Props) {
  const { say } = page;
  const action = existing === undefined ? "/console/broadcasts" : `/console/broadcasts/${existing.id}/edit`;
  return (
    <div class="compose">
      <form method="post" action={action} class="sheet" id="draft" novalidate>
        <Problems title={say("compose.problems")} problems={problems} />
        <input type="hidden" name="version" value={form.version} />
        <Field
          name="title"
          label={say("compose.title")}
          hint={say("compose.titleHint")}
          value={form.title}
          max={100}
        />
        <Addressees page={page} form={form} existing={existing} />
        <Texts page={page} form={form} />
        <Schedule page={page} form={form} />
        <p class="acts">
          <button name="next" value="save" class="secondary">
            {say("compose.save")}
          </button>{" "}
          <button name="next" value="submit">
            {say("compose.submit")}
          </button>
        </p>
      </form>
      <aside
        class="beside"
        aria-label={say("compose.beside")}
        hx-post="/console/beside"
        hx-include="#draft"
        hx-trigger="load, input changed delay:250ms from:#draft, change from:#draft"
        hx-sync="this:queue last"
      />
    </div>
  );
}

function Addressees({ page, form, existing }: Omit<Props, "problems">) {
  const { say, ward, language } = page;
  const groups = ward.profile.groups;
  return (
    <fieldset>
      <legend>{say("compose.to")}</legend>
      {existing?.audience.recipientsOf !== undefined && (
        <Choice
          type="radio"
          name="to"
          value="kept"
          checked={form.to === "kept"}
          label={say("compose.kept")}
        />
      )}
      <Choice
        type="radio"
        name="to"
        value="everyone"
        checked={form.to === "everyone"}
        label={say("compose.everyone")}
      />
      <Choice
        type="radio"
        name="to"
        value="chosen"
        checked={form.to === "chosen"}
        label={say("compose.chosen")}
      />
      <div class="when-chosen">
        {groups.map((group) => (
          <fieldset class="group">
            <legend>{ward.name("groups", group.id, language)}</legend>
            {group.categories.map(({ id }) => (
              <Choice
                type="checkbox"
                name="category"
                value={id}
                checked={form.categories.includes(id)}
                label={ward.name("categories", id, language)}
              />
            ))}
          </fieldset>
        ))}
        <RetiredChoices page={page} form={form} />
        <details open={form.districts.length > 0}>
          <summary>{say("compose.districts")}</summary>
          <div class="choices">
            {ward.districts.map((id) => (
              <Choice
                type="checkbox"
                name="district"
                value={id}
                checked={form.districts.includes(id)}
                label={ward.name("districts", id, language)}
              />
            ))}
          </div>
        </details>
        <details
          open={
            form.languages.length + form.bornFrom.length + form.bornTo.length > 0 || form.withoutPreferences
          }
        >
          <summary>{say("compose.narrower")}</summary>
          <div class="choices">
            {ward.languages.map((id) => (
              <Choice
                type="checkbox"
                name="language"
                value={id}
                checked={form.languages.includes(id)}
                label={page.languageName(id)}
              />
            ))}
          </div>
          <div class="row">
            <Field name="bornFrom" label={say("compose.bornFrom")} value={form.bornFrom} type="month" />
            <Field name="bornTo" label={say("compose.bornTo")} value={form.bornTo} type="month" />
          </div>
          <Choice
            type="checkbox"
            name="withoutPreferences"
            value="yes"
            checked={form.withoutPreferences}
            label={say("compose.withoutPreferences")}
          />
        </details>
      </div>
    </fieldset>
  );
}

function Texts({ page, form }: { page: Page; form: DraftForm }) {
  const { say, ward } = page;
  return (
    <fieldset>
      <legend>{say("compose.texts")}</legend>
      {ward.languages.map((id, index) => {
        const notice = noticeOf(form, id);
        const written = notice.title.trim() !== "" && notice.body.trim() !== "";
        return (
          <details class="text" open={index === 0 || written}>
            <summary>
              {page.languageName(id)}{" "}
              <span class="mark">{say(written ? "compose.written" : "compose.unwritten")}</span>
            </summary>
            <Field
              name={`title.${id}`}
              label={say("compose.heading")}
              value={notice.title}
              max={contentLimits.title}
              lang={id}
            />
            <Field
              name={`body.${id}`}
              label={say("compose.body")}
              value={notice.body}
              max={contentLimits.body}
              lang={id}
              lines={6}
            />
            <div class="row">
              <Field
                name={`linkLabel.${id}`}
                label={say("compose.linkLabel")}
                value={notice.linkLabel}
                lang={id}
              />
              <Field
                name={`linkUrl.${id}`}
                label={say("compose.linkUrl")}
                value={notice.linkUrl}
                type="url"
                max={contentLimits.linkUrl}
              />
            </div>
          </details>
        );
      })}
      <Choice
        type="checkbox"
        name="fallback"
        value="yes"
        checked={form.fallback}
        label={say("compose.fallback")}
      />
    </fieldset>
  );
}

function Schedule({ page: { say }, form }: { page: Page; form: DraftForm }) {
  return (
    <fieldset>
      <legend>{say("compose.when")}</legend>
      <Choice
        type="radio"
        name="when"
        value="approved"
        checked={form.when === "approved"}
        label={say("compose.onApproval")}
      />
      <Choice
        type="radio"
        name="when"
        value="time"
        checked={form.when === "time"}
        label={say("compose.atTime")}
      />
      <div class="when-time">
        <Field name="sendAt" label={say("compose.sendAt")} value={form.sendAt} type="datetime-local" />
      </div>
      <Choice
        type="radio"
        name="when"
        value="repeat"
        checked={form.when === "repeat"}
        label={say("compose.repeat")}
      />
      <div class="when-repeat row">
        <Field name="cron" label={say("compose.cron")} hint={say("compose.cronHint")} value={form.cron} />
        <Field
          name="except"
          label={say("compose.except")}
          hint={say("compose.exceptHint")}
          value={form.except}
        />
      </div>
    </fieldset>
  );
}
