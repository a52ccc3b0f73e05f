import type { ComponentChildren } from "preact";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { may } from "../../staff/permissions.ts";
import { Comment } from "../broadcasts/comment.tsx";
import { asDocument } from "../document.tsx";
import { Choice, Field, type Problem, Problems } from "../form-parts.tsx";
import { listed, type Page } from "../page.ts";
import { Addressees } from "./addressees.tsx";
import type { DraftForm } from "./draft-form.ts";
import { Schedule } from "./schedule.tsx";
import { Texts } from "./texts.tsx";

export interface ComposeProps {
  page: Page;
  form: DraftForm;
  /** What is wrong with what was typed, in sentences. */
  problems: (string | Problem)[];
  /** Undefined while it is written for the first time. */
  existing: Broadcast | undefined;
  now: number;
  /** Pictures cannot be fetched by phones from where this program stands. */
  picturesStayHere: boolean;
  /** Stands above the form: what was typed earlier. */
  notes?: ComponentChildren;
  /** Who else has this form open. */
  others?: string[];
}

export function composePage(props: ComposeProps): string {
  const { page, existing } = props;
  const title = page.say(existing === undefined ? "compose:new" : "compose:edit");
  return asDocument({ page, title, children: <Compose {...props} /> });
}

function Compose(props: ComposeProps) {
  const { page, form, problems, existing, now, notes, others = [] } = props;
  const say = (key: string) => page.say(`compose:${key}`);
  const action = existing === undefined ? "/console/broadcasts" : `/console/broadcasts/${existing.id}/edit`;
  return (
    <div class="compose">
      <div class="sheet">
        {existing !== undefined && <Comment page={page} broadcast={existing} />}
        {notes}
        <p class="note" id="others" role="status" hidden={others.length === 0}>
          {others.length > 0 && page.say("compose:others", { names: listed(page, others) })}
        </p>
        <div class="note lapsed" id="lapsed" role="alert" hidden>
          <p>{say("lapsed.text")}</p>
          <a class="button" href="/console/sign-in" target="_blank" rel="noopener">
            {say("lapsed.signIn")}
          </a>
        </div>
        <div class="note" id="left-here" hidden>
          <p>{say("leftHere.text")}</p>
          <button type="button" data-left-here="take">
            {say("leftHere.take")}
          </button>{" "}
          <button type="button" class="secondary" data-left-here="drop">
            {say("leftHere.drop")}
          </button>
        </div>
        <form
          method="post"
          action={action}
          id="draft"
          enctype="multipart/form-data"
          novalidate
          data-writer={page.actor?.id}
          {...wordsForScripts(page)}
        >
          <Problems title={say("problems")} problems={problems} />
          <input type="hidden" name="version" value={form.version} />
          <input type="hidden" name="copy" value={form.copy} />
          <Field name="title" label={say("title")} hint={say("titleHint")} value={form.title} max={100} />
          <Addressees page={page} form={form} existing={existing} now={now} />
          <Texts page={page} form={form} picturesStayHere={props.picturesStayHere} />
          <Schedule page={page} form={form} />
          <p class="to-phone">
            <a href="#previews-title">{page.say("preview.look")}</a>
          </p>
          <p class="acts">
            <button name="next" value="submit">
              {say("submit")}
            </button>{" "}
            <button name="next" value="save" class="secondary">
              {say("save")}
            </button>{" "}
            {page.actor !== undefined && may(page.actor, "template.write") && (
              <button name="next" value="template" class="plain">
                {say("asTemplate")}
              </button>
            )}
          </p>
          <p class="hint saved" id="saved" role="status" />
        </form>
        <TestSendPart page={page} />
      </div>
      <aside
        class="beside"
        aria-label={say("beside")}
        hx-post="/console/beside"
        hx-include="#draft"
        hx-trigger="load, input changed delay:250ms from:#draft, change from:#draft"
        hx-sync="this:queue last"
      />
      <p class="visually-hidden" id="told" role="status" />
      <script type="module" src="/console/assets/compose/main.js" />
    </div>
  );
}

/** Sends what is in the form, saved or not, to the writer's own phone; it needs a script, as the phone beside does. */
function TestSendPart({ page }: { page: Page }) {
  const say = (key: string) => page.say(`compose:phones.${key}`);
  return (
    <section class="test-send" aria-labelledby="test-title" hidden>
      <h2 id="test-title">{say("heading")}</h2>
      <p class="hint">
        {say("hint")} <a href="/console/account/phone">{say("title")}</a>
      </p>
      <div class="choices" role="group" aria-labelledby="test-title">
        {page.ward.languages.map((id) => (
          <Choice
            type="checkbox"
            name="testLanguage"
            value={id}
            checked={id === page.ward.mainLanguage}
            label={page.languageName(id)}
          />
        ))}
      </div>
      <p>
        <button
          type="button"
          class="secondary"
          hx-post="/console/test-send"
          hx-include="#draft, .test-send input"
          hx-target="#test-said"
          hx-disabled-elt="this"
        >
          {say("send")}
        </button>
      </p>
      <div id="test-said" role="status" />
    </section>
  );
}

/** Sentences that scripts say; `{n}` and `{time}` are theirs to fill in. */
function wordsForScripts(page: Page): Record<string, string> {
  const n = { count: "{n}" };
  const words: Record<string, string> = {
    left: page.say("compose:left", n),
    over: page.say("compose:over", n),
    saved: page.say("compose:saved", { time: "{time}" }),
    unsaved: page.say("compose:unsaved"),
    others: page.say("compose:others", { names: "{names}" }),
    newer: page.say("compose:newer"),
    uploading: page.say("compose:picture.uploading"),
    failed: page.say("compose:picture.failed"),
    empty: page.say("compose:mark.empty"),
    partly: page.say("compose:mark.partly"),
    complete: page.say("compose:mark.complete"),
    tooLong: page.say("compose:mark.tooLong"),
    tabs: page.say("compose:tabs"),
  };
  return Object.fromEntries(
    Object.entries(words).map(([name, text]) => [`data-say-${name.toLowerCase()}`, text]),
  );
}
