import { contentLimits } from "../../messages/contents.ts";
import { Choice } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import { CountedField } from "./counted-field.tsx";
import type { NoticeForm } from "./draft-form.ts";

const accepted = "image/jpeg,image/png,image/webp";

/** The picture of all languages. Without a script it is uploaded when the form is saved. */
export function SharedPicture({
  page,
  url,
  picturesStayHere,
}: {
  page: Page;
  url: string;
  picturesStayHere: boolean;
}) {
  const say = (key: string) => page.say(`compose:picture.${key}`);
  return (
    <div class="picture">
      <Upload page={page} name="picture" url={url} label={say("label")} hint={say("hint")} />
      {picturesStayHere && <p class="hint">{say("staysHere")}</p>}
    </div>
  );
}

interface Props {
  page: Page;
  notice: NoticeForm;
  language: string;
  /** Whether there is a picture to describe, as far as the server knows. */
  hasPicture: boolean;
}

/** What a language says of the picture, and whether it shows another or none. */
export function PictureField({ page, notice, language: id, hasPicture }: Props) {
  const say = (key: string) => page.say(`compose:picture.${key}`);
  return (
    <div class="with-picture" data-has-picture={hasPicture ? "yes" : "no"}>
      <CountedField
        page={page}
        name={`pictureAlt.${id}`}
        label={say("alt")}
        hint={say("altHint")}
        value={notice.pictureAlt}
        limit={contentLimits.imageAlt}
        lang={id}
      />
      <details open={notice.picture !== "" || notice.withoutPicture}>
        <summary>{say("other")}</summary>
        <Upload page={page} name={`picture.${id}`} url={notice.picture} label={say("own")} />
        <Choice
          type="checkbox"
          name={`withoutPicture.${id}`}
          value="yes"
          checked={notice.withoutPicture}
          label={say("without")}
        />
      </details>
    </div>
  );
}

interface UploadProps {
  page: Page;
  name: string;
  url: string;
  label: string;
  hint?: string;
}

function Upload({ page, name, url, label, hint }: UploadProps) {
  const id = `f-file-${name}`;
  return (
    <div class="field upload" data-upload={name}>
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <input type="hidden" name={name} value={url} />
      <div class="chosen-picture" hidden={url === ""}>
        <img src={url === "" ? undefined : url} alt={page.say("compose:picture.chosen")} />
        <label class="choice">
          <input type="checkbox" name={`remove.${name}`} value="yes" />{" "}
          <span>{page.say("compose:picture.remove")}</span>
        </label>
      </div>
      <input
        type="file"
        id={id}
        name={`file.${name}`}
        accept={accepted}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      <span class="field-problem" role="status" />
    </div>
  );
}
