import { graphemes } from "../../messages/flex.ts";
import { TextBox } from "../form-parts.tsx";
import type { Page } from "../page.ts";

interface Props {
  page: Page;
  name: string;
  label: string;
  hint?: string;
  value: string;
  /** What LINE or our own rules take at most; more can be typed, and is said. */
  limit: number;
  /** LINE counts labels as people do, everything else in UTF-16 units. */
  unit?: "graphemes";
  lang?: string;
  type?: "text" | "url";
  lines?: number;
}

/** A field with what is left of its limit: kept up to date by a script, right when the page is drawn. */
export function CountedField({
  page,
  name,
  label,
  hint,
  value,
  limit,
  unit,
  lang,
  type = "text",
  lines,
}: Props) {
  const id = `f-${name}`;
  const length = unit === undefined ? value.length : graphemes(value).length;
  const shared = {
    id,
    name,
    lang,
    "data-limit": limit,
    "data-unit": unit,
    "aria-describedby": hint === undefined ? `${id}-left` : `${id}-hint ${id}-left`,
    "aria-invalid": length > limit ? ("true" as const) : undefined,
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      <TextBox attributes={shared} type={type} value={value} lines={lines} />
      <span class={length > limit ? "left over" : "left"} id={`${id}-left`}>
        {page.say(length > limit ? "compose:over" : "compose:left", { count: Math.abs(limit - length) })}
      </span>
    </div>
  );
}
