import { writtenMoment } from "../broadcasts/times.ts";
import type { Page } from "../page.ts";
import type { Ear } from "./ear.ts";

/** Each ear: whether it hears, when it last did, and what to do when it does not. */
export function Ears({ page, ears, now }: { page: Page; ears: readonly Ear[]; now: number }) {
  const { say } = page;
  return (
    <section class="panel" aria-labelledby="ears">
      <h2 id="ears">{say("feeds-page:ears.title")}</h2>
      <ul class="ears">
        {ears.map((ear) => (
          <li>
            <p>
              <strong>{say(`feeds-page:earName.${ear.id}`)}</strong> <EarState page={page} ear={ear} />
            </p>
            <Times page={page} ear={ear} now={now} />
            <WhatToDo page={page} ear={ear} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function EarState({ page, ear: { state } }: { page: Page; ear: Ear }) {
  return <span class={`state ear-${state}`}>{page.say(`feeds-page:ear.${state}`)}</span>;
}

function Times({ page, ear, now }: { page: Page; ear: Ear; now: number }) {
  const { say } = page;
  const { lastSuccessAt, lastTelegramAt, silentSince } = ear;
  const time = (at: number) => ({ time: writtenMoment(page, at, now) });
  return (
    <p class="hint">
      {silentSince !== undefined && <span>{say("feeds-page:ears.since", time(silentSince))} </span>}
      {lastSuccessAt !== undefined && <span>{say("feeds-page:ears.success", time(lastSuccessAt))} </span>}
      <span>
        {lastTelegramAt === undefined
          ? say("feeds-page:ears.noTelegram")
          : say("feeds-page:ears.telegram", time(lastTelegramAt))}
      </span>
    </p>
  );
}

function WhatToDo({ page, ear: { state, detail } }: { page: Page; ear: Ear }) {
  const { say } = page;
  if (state === "well" || state === "starting") return null;
  return (
    <>
      <p class={state === "off" ? "hint" : "warning"}>{say(`feeds-page:earDo.${state}`)}</p>
      {detail !== undefined && (
        <details>
          <summary>{say("feeds-page:ears.detail")}</summary>
          <p lang="en">{detail}</p>
        </details>
      )}
    </>
  );
}
