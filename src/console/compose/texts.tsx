import { type ContentProblem, contentLimits, contentProblems } from "../../messages/contents.ts";
import { Choice, Field } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import { CountedField } from "./counted-field.tsx";
import { type DraftForm, isWritten, noticeOf } from "./draft-form.ts";
import { PictureField, SharedPicture } from "./picture-field.tsx";

/** The text of each language. With a script they are tabs; without, they stand one below the other. */
export function Texts({
  page,
  form,
  picturesStayHere,
}: {
  page: Page;
  form: DraftForm;
  /** Pictures cannot be fetched by phones from where this program stands. */
  picturesStayHere: boolean;
}) {
  const { ward } = page;
  const say = (key: string) => page.say(`compose:${key}`);
  return (
    <fieldset class="texts" id="texts">
      <legend>{say("texts")}</legend>
      <SharedPicture page={page} url={form.picture ?? ""} picturesStayHere={picturesStayHere} />
      <div class="tabs" data-tabs="text">
        {ward.languages.map((id) => (
          <a href={`#text-${id}`} data-language={id}>
            <span lang={id}>{page.languageName(id)}</span> <Mark page={page} form={form} language={id} />
          </a>
        ))}
      </div>
      {ward.languages.map((id) => (
        <Text page={page} form={form} language={id} />
      ))}
      <div class="with-place">
        <Field name="point" label={say("point")} hint={say("pointHint")} value={form.point ?? ""} />
      </div>
      <Choice type="checkbox" name="fallback" value="yes" checked={form.fallback} label={say("fallback")} />
    </fieldset>
  );
}

interface TextProps {
  page: Page;
  form: DraftForm;
  language: string;
}

function Text({ page, form, language: id }: TextProps) {
  const say = (key: string) => page.say(`compose:${key}`);
  const notice = noticeOf(form, id);
  const hasPicture = (form.picture ?? "") !== "" || notice.picture !== "";
  const hasPlace = notice.placeName !== "" || notice.placeAddress !== "";
  return (
    <section class="text" id={`text-${id}`} data-language={id}>
      <h3 lang={id}>{page.languageName(id)}</h3>
      <CountedField
        page={page}
        name={`title.${id}`}
        label={say("heading")}
        value={notice.title}
        limit={contentLimits.title}
        lang={id}
      />
      <CountedField
        page={page}
        name={`body.${id}`}
        label={say("body")}
        value={notice.body}
        limit={contentLimits.body}
        lang={id}
        lines={7}
      />
      <div class="row">
        <CountedField
          page={page}
          name={`linkLabel.${id}`}
          label={say("linkLabel")}
          value={notice.linkLabel}
          limit={contentLimits.linkLabel}
          unit="graphemes"
          lang={id}
        />
        <CountedField
          page={page}
          name={`linkUrl.${id}`}
          label={say("linkUrl")}
          value={notice.linkUrl}
          limit={contentLimits.linkUrl}
          type="url"
        />
      </div>
      <p hidden data-link-here={id}>
        <button type="button" class="plain">
          {say("linkHere")}
        </button>
      </p>
      <p hidden data-link-everywhere={id}>
        <button type="button" class="plain">
          {say("linkEverywhere")}
        </button>
      </p>
      <PictureField page={page} notice={notice} language={id} hasPicture={hasPicture} />
      <details open={hasPlace}>
        <summary>{say("place")}</summary>
        <div class="row">
          <CountedField
            page={page}
            name={`placeName.${id}`}
            label={say("placeName")}
            value={notice.placeName}
            limit={contentLimits.placeName}
            lang={id}
          />
          <CountedField
            page={page}
            name={`placeAddress.${id}`}
            label={say("placeAddress")}
            value={notice.placeAddress}
            limit={contentLimits.placeAddress}
            lang={id}
          />
        </div>
      </details>
    </section>
  );
}

type State = "empty" | "partly" | "complete" | "tooLong";

/** How far the text of a language is; a script keeps it up to date. */
function Mark({ page, form, language }: TextProps) {
  const state = stateOf(form, language);
  return (
    <span class="mark" data-state={state}>
      {page.say(`compose:mark.${state}`)}
    </span>
  );
}

function stateOf(form: DraftForm, language: string): State {
  const notice = noticeOf(form, language);
  if (!isWritten(notice)) return "empty";
  const { title, body, linkLabel, linkUrl, pictureAlt, withoutPicture, placeName, placeAddress } = notice;
  const picture = withoutPicture ? "" : notice.picture === "" ? (form.picture ?? "") : notice.picture;
  const problems: ContentProblem[] = contentProblems(
    {
      [language]: {
        title,
        body,
        ...(picture === "" ? {} : { image: { url: picture, alt: pictureAlt } }),
        ...(linkLabel + linkUrl === "" ? {} : { link: { label: linkLabel, url: linkUrl } }),
        ...(placeName + placeAddress === "" ? {} : { place: { name: placeName, address: placeAddress } }),
      },
    },
    [language],
  );
  if (problems.some(({ code }) => code === "too_long")) return "tooLong";
  return problems.length > 0 ? "partly" : "complete";
}
