import type { Notice } from "../messages/contents.ts";
import { levelWords } from "../messages/level-words.ts";
import { shorten } from "../messages/flex.ts";
import { type OpenAlert, saidBy, saysItself } from "../messages/open-alert.ts";
import { mapUrl } from "../messages/notice-parts.ts";
import type { NowView } from "./now-view.ts";
import type { Thread } from "./threads.ts";

const longestEnd = 600;
const endings = { alert: "over", update: "over", correction: "corrected", allClear: "lifted" } as const;

/** What holds of one story: the newest word first and whole, what it follows up below it. */
export function AlertArticle({ view, thread }: { view: NowView; thread: Thread }) {
  const [newest, ...earlier] = thread.open;
  if (newest === undefined) return null;
  const drill = thread.mode === "publicDrill";
  return (
    <article class={drill ? "drill" : colourClass(newest)}>
      <Said view={view} alert={newest} level="h3" />
      {earlier.map((alert) => (
        <div class="earlier">
          <Said view={view} alert={alert} level="h4" />
        </div>
      ))}
    </article>
  );
}

export function Ended({ view, thread }: { view: NowView; thread: Thread }) {
  const { say, time } = view;
  const { first, closedBy, overAt } = thread;
  const fallbacks = view.ward.fallbacks(view.language);
  const { notice, writtenIn } = saidBy(first, fallbacks);
  const how = say(closedBy === undefined ? "over" : endings[closedBy.kind], { time: time(overAt) });
  const word = closedBy === undefined ? undefined : saidBy(closedBy, fallbacks);
  return (
    <li>
      <strong lang={writtenIn}>{notice.title}</strong> {how}
      {word !== undefined && (
        <p class="text" lang={word.writtenIn}>
          {shorten(word.notice.body, longestEnd)}
        </p>
      )}
    </li>
  );
}

function Said({ view, alert, level: Heading }: { view: NowView; alert: OpenAlert; level: "h3" | "h4" }) {
  const { say, time, language, sentences } = view;
  const { notice, writtenIn } = saidBy(alert, view.ward.fallbacks(language));
  const marks = marksOf(view, alert, notice.title);
  return (
    <>
      <div class="head">
        {marks.length > 0 && <p class="marks">{marks.join(" · ")}</p>}
        <Heading lang={writtenIn}>{notice.title}</Heading>
      </div>
      {writtenIn !== language && (
        <p class="note">
          {sentences.say(language, "messages:fallbackNote", {
            language: sentences.say(writtenIn, "conversation:language.ownName"),
          })}
        </p>
      )}
      <p class="text" lang={writtenIn}>
        {notice.body}
      </p>
      <Further view={view} notice={notice} writtenIn={writtenIn} />
      <p class="note">
        {say("issued", { time: time(alert.issuedAt) })}
        <br />
        {say("until", { time: time(alert.expiresAt) })}
      </p>
    </>
  );
}

interface FurtherProps {
  view: NowView;
  notice: Notice;
  writtenIn: string;
}

function Further({ view: { sentences, language }, notice: { link, place }, writtenIn }: FurtherProps) {
  const map = place === undefined ? undefined : mapUrl(place);
  return (
    <>
      {link !== undefined && /^(https?|tel):/i.test(link.url) && (
        <p>
          <a href={link.url} lang={writtenIn}>
            {link.label}
          </a>
        </p>
      )}
      {place !== undefined && (
        <p>
          <span lang={writtenIn}>{[place.name, place.address].filter(Boolean).join(" ")}</span>{" "}
          {map !== undefined && <a href={map}>{sentences.say(language, "messages:map")}</a>}
        </p>
      )}
    </>
  );
}

/** In words what the colour says, and what kind of word it is; that it is a drill before anything else. */
function marksOf(
  { say, sentences, language }: NowView,
  { mode, level, kind }: OpenAlert,
  title: string,
): string[] {
  const levelName = level === undefined ? undefined : levelWords(level, language, sentences);
  return [
    ...(mode === "publicDrill" ? [say("drill")] : []),
    ...(kind === "update" ? [say("update")] : []),
    ...(levelName === undefined || saysItself(title, levelName) ? [] : [levelName]),
  ];
}

function colourClass({ level, tone }: OpenAlert): string {
  return level === undefined ? tone : `level${level}`;
}
