import type { Deed } from "../../broadcasts/history-store.ts";
import type { Page } from "../page.ts";
import { writtenMoment } from "./times.ts";

const known = new Set([
  "create",
  "edit",
  "submit",
  "return",
  "approve",
  "begin",
  "finish",
  "stop",
  "resume",
  "cancel",
  "miss",
  "expire",
  "decideUndetermined",
]);

/** Who did what with it, newest first. Saving the same draft again and again is one line. */
export function History({ page, deeds, now }: { page: Page; deeds: Deed[]; now: number }) {
  const { say } = page;
  if (deeds.length === 0) return null;
  return (
    <details class="history">
      <summary>{say("desk:history.title")}</summary>
      <ol>
        {gathered(deeds).map(({ deed, times }) => (
          <li>
            <time datetime={new Date(deed.at).toISOString()}>{writtenMoment(page, deed.at, now)}</time>{" "}
            {sentence(page, deed)}
            {times > 1 && <span class="hint"> {say("desk:history.times", { times })}</span>}
            {typeof deed.details["comment"] === "string" && deed.details["comment"] !== "" && (
              <blockquote>{deed.details["comment"]}</blockquote>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

function gathered(deeds: Deed[]): { deed: Deed; times: number }[] {
  const lines: { deed: Deed; times: number }[] = [];
  for (const deed of deeds) {
    const last = lines.at(-1);
    const again =
      deed.act === "broadcast.edit" && last?.deed.act === deed.act && last.deed.actor === deed.actor;
    if (again) last.times += 1;
    else lines.push({ deed, times: 1 });
  }
  return lines;
}

function sentence({ say }: Page, { act, actor, actorName, details }: Deed): string {
  const name = actorName ?? (actor === "system" ? say("desk:history.clock") : actor);
  const verb = act.startsWith("broadcast.") ? act.slice("broadcast.".length) : "";
  if (!known.has(verb)) return say("desk:history.other", { name, act });
  if (verb === "decideUndetermined") {
    const decision = ["accepted", "rejected", "sendAgain"].find((each) => each === details["decision"]);
    return say("desk:history.decideUndetermined", {
      name,
      decision: decision === undefined ? "" : say(`desk:undetermined.${decision}`),
    });
  }
  return say(`desk:history.${verb}`, { name });
}
