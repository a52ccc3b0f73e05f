import { type ComponentChildren } from "preact";
import { type Look } from "./look.ts";
import { type Target } from "./target.ts";

interface Props {
  target: Target | undefined;
  look: Look;
  /** Spoken instead of the words inside; needed when there are none. */
  name?: string | undefined;
  children?: ComponentChildren;
}

/**
 * A real button or link where there is something to tap, else a span. Its children must be phrasing content:
 * HTML allows nothing else in a button, which is why the inside of a bubble is made of spans.
 */
export function Tappable({ target, look, name, children }: Props) {
  const named = name === undefined ? {} : { "aria-label": name };
  switch (target?.kind) {
    case undefined:
      return <span {...look}>{children}</span>;
    case "link":
      return (
        <a {...look} {...named} href={target.href} target="_blank" rel="noopener noreferrer">
          {children}
        </a>
      );
    case "action":
      return (
        <button {...look} {...named} type="button" data-line-action={target.json}>
          {children}
        </button>
      );
  }
}
