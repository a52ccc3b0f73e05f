import type { Alert } from "../../alerts/alert.ts";
import type { Heads } from "../../alerts/prepare.ts";
import type { Template } from "../../alerts/templates/template.ts";
import { renderAlert } from "../../messages/render-alert.ts";
import type { Mode } from "../../outbox/order.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { Count, Phones } from "../compose/beside.tsx";
import { type Page, listed, writtenNumber } from "../page.ts";
import { placesIn } from "./alert-parts.tsx";

/** An alert, kept or not yet. */
export type Shown = Pick<
  Alert,
  "contents" | "untranslated" | "level" | "mode" | "districts" | "kind" | "audience"
>;

interface Props {
  page: Page;
  shown: Shown;
  template: Template | undefined;
  sentences: Sentences;
}

/** Every language's phone, with what stands there in another language marked. */
export function AlertPhones({ page, shown, template, sentences }: Props) {
  const { contents, untranslated, level, mode, kind } = shown;
  const head = {
    tone: template?.tone ?? ("warning" as const),
    mode,
    kind,
    ...(level === undefined ? {} : { level }),
  };
  const nameOf = (id: string) =>
    template?.blanks.find((blank) => blank.id === id)?.label[page.language] ?? id;
  const marks = Object.fromEntries(
    Object.entries(untranslated)
      .filter(([, blanks]) => blanks.length > 0)
      .map(([language, blanks]) => [
        language,
        page.say("alerts:untranslated", { blanks: listed(page, blanks.map(nameOf)) }),
      ]),
  );
  return (
    <Phones
      page={page}
      contents={contents}
      sentences={sentences}
      marks={marks}
      render={(content, options) => renderAlert(content, { ...options, head })}
    />
  );
}

/** The places, and whoever may live in them because nobody knows where they live. */
function placesReached(page: Page, districts: string[] | undefined, { districts: where }: Shown["audience"]) {
  const place = placesIn(page, districts);
  return where?.orNone === true ? page.say("alerts:reach.orNone", { place }) : place;
}

/** Who gets it, in one sentence. */
export function reachSentence(page: Page, { mode, districts, audience }: Shown, { total }: Heads): string {
  const count = writtenNumber(page, total);
  if (mode === "rehearsal") return page.say("alerts:reach.rehearsal", { count });
  const follows = audience.recipientsOf !== undefined;
  return page.say(follows ? `alerts:reach.followUp.${mode}` : `alerts:reach.${mode}`, {
    count,
    place: placesReached(page, districts, audience),
  });
}

/** The same for whoever is about to let it go. */
export function confirmSentence(page: Page, shown: Shown, heads: Heads): string {
  const { mode, districts, audience } = shown;
  if (mode === "rehearsal" || audience.recipientsOf !== undefined) return reachSentence(page, shown, heads);
  return page.say(`alerts:confirm.sentence.${mode}`, {
    count: writtenNumber(page, heads.total),
    place: placesReached(page, districts, audience),
  });
}

/** Who would not get it, where that is less than everybody in the places: said, never left to be found out. */
function LeftOut({
  page,
  mode,
  template,
  districts,
}: {
  page: Page;
  mode: Mode;
  template: Template;
  districts: string[] | undefined;
}) {
  if (mode === "rehearsal") return null;
  const { who, withoutDistrict } = template.audience;
  const said = [
    ...(who === "subscribers" ? ["alerts:leftOut.subscribers"] : []),
    ...(districts !== undefined && !withoutDistrict ? ["alerts:leftOut.withoutDistrict"] : []),
  ];
  return said.length === 0 ? null : (
    <ul class="left-out">
      {said.map((key) => (
        <li>{page.say(key)}</li>
      ))}
    </ul>
  );
}

/** The reach, as a sentence, in words and by language. */
export function AlertReach({
  page,
  shown,
  template,
  heads,
  explanation,
}: Omit<Props, "sentences"> & { heads: Heads; explanation: string }) {
  return (
    <>
      <Count
        page={page}
        count={{ ...heads, withoutPreferences: 0 }}
        explanation={
          shown.audience.recipientsOf === undefined ? explanation : page.say("alerts:followUps.who")
        }
      />
      {template !== undefined && shown.audience.recipientsOf === undefined && (
        <LeftOut page={page} mode={shown.mode} template={template} districts={shown.districts} />
      )}
    </>
  );
}
