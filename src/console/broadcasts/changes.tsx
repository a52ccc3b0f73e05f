import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Repeat } from "../../broadcasts/schedule.ts";
import type { SeenBefore, Submitted } from "../../broadcasts/seen-store.ts";
import type { Notice } from "../../messages/contents.ts";
import { listed, type Page } from "../page.ts";
import { type FieldChange, FieldChanges } from "./field-changes.tsx";
import { writtenMoment } from "./times.ts";

interface Props {
  page: Page;
  broadcast: Broadcast;
  seen: SeenBefore | undefined;
  /** An audience in words. */
  explain: (audience: Submitted["audience"]) => string;
  now: number;
}

/** What changed since this person last saw it, field by field. */
export function Changes({ page, broadcast, seen, explain, now }: Props) {
  const { say } = page;
  if (seen === undefined) return <p class="nothing">{say("desk:changes.first")}</p>;
  const changes = changesOf(page, seen.submitted, broadcast, explain, now);
  const time = writtenMoment(page, seen.at, now);
  return (
    <section class="changes">
      <h2>{say("desk:changes.title")}</h2>
      <p class="hint">{say(changes.length === 0 ? "desk:changes.none" : "desk:changes.since", { time })}</p>
      <FieldChanges changes={changes} />
    </section>
  );
}

function changesOf(
  page: Page,
  before: Submitted,
  after: Submitted,
  explain: Props["explain"],
  now: number,
): FieldChange[] {
  const { say, ward } = page;
  const general: FieldChange[] = [
    { label: say("field.title"), before: before.title, after: after.title },
    { label: say("field.audience"), before: explain(before.audience), after: explain(after.audience) },
    { label: say("desk:changes.when"), before: when(page, before, now), after: when(page, after, now) },
    {
      label: say("desk:changes.missing"),
      before: say(`desk:changes.${before.missingTranslations}`),
      after: say(`desk:changes.${after.missingTranslations}`),
    },
  ];
  const texts = ward.languages.flatMap((id) => {
    const [old, now] = [partsOf(before.contents[id]), partsOf(after.contents[id])];
    return Object.keys(old).map((part) => ({
      label: say("field.text", { language: page.languageName(id), field: say(`desk:part.${part}`) }),
      lang: id,
      before: old[part] ?? "",
      after: now[part] ?? "",
    }));
  });
  return [...general, ...texts].filter((change) => change.before !== change.after);
}

/** A content as texts to compare, by part. */
function partsOf(content: Notice | undefined): Record<string, string> {
  const { title = "", body = "", image, link, place } = content ?? {};
  return {
    title,
    body,
    link: link === undefined ? "" : `${link.label} ${link.url}`,
    image: image === undefined ? "" : `${image.alt} ${image.url}`,
    place: place === undefined ? "" : [place.name, place.address, pointOf(place)].filter(Boolean).join(" "),
  };
}

/** As the form shows it: the name may stay the same although the pin on the map moves. */
function pointOf({ latitude, longitude }: NonNullable<Notice["place"]>): string {
  return latitude === undefined || longitude === undefined ? "" : `${latitude}, ${longitude}`;
}

function when(page: Page, { sendAt, repeat }: Submitted, now: number): string {
  const { say } = page;
  if (repeat !== undefined)
    return [say("desk:changes.repeat", { cron: repeat.cron }), ...boundsOf(page, repeat)].join(" ");
  return sendAt === undefined ? say("dates.onApproval") : writtenMoment(page, sendAt, now);
}

/** On which days a repeat does not go, and until when it does, in words. */
export function boundsOf(page: Page, { except = [], until }: Repeat): string[] {
  return [
    ...(except.length === 0 ? [] : [page.say("desk:changes.except", { days: listed(page, except) })]),
    ...(until === undefined ? [] : [page.say("desk:changes.until", { day: until })]),
  ];
}
