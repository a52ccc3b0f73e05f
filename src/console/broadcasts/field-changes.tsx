import { compareTexts } from "./compare.ts";

/** A field that somebody changed, and what stood and stands in it. */
export interface FieldChange {
  label: string;
  /** The language of a text of residents. */
  lang?: string;
  before: string;
  after: string;
}

/** Field by field, what is gone and what is new. */
export function FieldChanges({ changes }: { changes: readonly FieldChange[] }) {
  return (
    <dl>
      {changes.map(({ label, lang, before, after }) => (
        <div>
          <dt>{label}</dt>
          <dd lang={lang}>
            {compareTexts(before, after).map(({ kind, text }) => {
              if (kind === "same") return text;
              return kind === "gone" ? <del>{text}</del> : <ins>{text}</ins>;
            })}
          </dd>
        </div>
      ))}
    </dl>
  );
}
