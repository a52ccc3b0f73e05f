import { type Setting } from "./setting.ts";
import { type TextPart } from "./text-parts.ts";

/** A text bubble: line breaks kept, web addresses as links. */
export function TextBubble({ parts, setting }: { parts: TextPart[]; setting: Setting }) {
  return (
    <div class="lp-text-bubble">
      {parts.map((part) => (
        <Part part={part} setting={setting} />
      ))}
    </div>
  );
}

function Part({ part, setting }: { part: TextPart; setting: Setting }) {
  switch (part.kind) {
    case "plain":
      return <>{part.text}</>;
    case "link":
      return setting.interactive ? (
        <a href={part.href} target="_blank" rel="noopener noreferrer">
          {part.text}
        </a>
      ) : (
        <span class="lp-link">{part.text}</span>
      );
    case "mention":
      return <span class="lp-mention">{part.text}</span>;
    case "emoji":
      return <span class="lp-emoji" role="img" aria-label={setting.word("emoji")} />;
  }
}
