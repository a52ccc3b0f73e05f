import type { VNode } from "preact";
import { Notification } from "../../preview/index.ts";
import type { Platform } from "../platform.ts";
import type { User } from "../users/user.ts";
import { Bottom } from "./bottom.tsx";
import { ChatRows, Chips, Typing } from "./chat.tsx";
import { MenuPanel } from "./menu-panel.tsx";
import { CaptionState } from "./caption.tsx";
import { Phone } from "./phone.tsx";
import { type PhoneView, viewPhone } from "./phone-view.ts";
import { Piece } from "./piece.tsx";
import type { Row } from "./rows.ts";
import { clockTime } from "./times.ts";
import { type PageContext } from "./view-context.ts";
import { type Words, wordsIn } from "./words.ts";

export interface PhoneNews {
  /** What changed on the phone since the last call, as pieces of the page. */
  next(): VNode[];
  isTyping(): boolean;
}

/** Remembers what a page already shows of a phone, so that only what changed is sent and nothing else moves. */
export function followPhone(
  platform: Platform,
  user: Readonly<User>,
  page: PageContext,
  known: PhoneView | undefined,
): PhoneNews {
  let last = known;
  return {
    isTyping: () => last?.typing === true,
    next: () => {
      const view = viewPhone(platform, user);
      const before = last;
      last = view;
      const words = wordsIn(page.sentences, view.language);
      if (before === undefined) return [...chatAnew(view, words), ...edges(view, page, words)];
      if (before.profileLanguage !== view.profileLanguage || before.name !== view.name)
        return [<Phone phone={view} page={page} time={clockTime(platform.clock.now())} again />];
      return [
        ...chatNews(before, view, words),
        ...(before.state === view.state && before.menu === view.menu ? [] : edges(view, page, words)),
      ];
    },
  };
}

function chatAnew(view: PhoneView, words: Words): VNode[] {
  return [
    <Piece id={`chat-${view.id}`}>
      <ChatRows phone={view} rows={view.rows} words={words} />
    </Piece>,
    ...around(view, words),
  ];
}

function around(view: PhoneView, words: Words): VNode[] {
  return [
    <Piece id={`typing-${view.id}`}>
      <Typing phone={view} words={words} />
    </Piece>,
    <Piece id={`chips-${view.id}`}>
      <Chips phone={view} />
    </Piece>,
  ];
}

/** Everything of a phone that depends on friendship and menu. */
function edges(view: PhoneView, page: PageContext, words: Words): VNode[] {
  return [
    <Piece id={`bottom-${view.id}`}>
      <Bottom phone={view} words={words} />
    </Piece>,
    <Piece id={`state-${view.id}`}>
      <CaptionState phone={view} words={page.words} />
    </Piece>,
    <Piece id={`menu-${view.id}`}>
      <MenuPanel phone={view} words={words} />
    </Piece>,
  ];
}

function chatNews(before: PhoneView, view: PhoneView, words: Words): VNode[] {
  const same = before.rows.every((row, index) => row.mark === view.rows[index]?.mark);
  // Something earlier changed: taken back, read, forgotten, or the chat became untouchable.
  if (!same || before.state !== view.state) return chatAnew(view, words);
  const fresh = view.rows.slice(before.rows.length);
  const chipsChanged = before.quickReplies !== view.quickReplies;
  if (fresh.length === 0 && !chipsChanged && before.typing === view.typing) return [];
  return [
    ...(fresh.length === 0
      ? []
      : [
          <Piece id={`more-rows-${view.id}`} how={`beforeend:#chat-${view.id}`}>
            <ChatRows phone={view} rows={fresh} words={words} fresh />
          </Piece>,
        ]),
    ...around(view, words),
    ...banner(view, fresh),
  ];
}

/** The last of the arrived messages, as the phone announces it. */
function banner(view: PhoneView, fresh: readonly Row[]): VNode[] {
  const loud = fresh.filter((row) => row.kind === "received").filter((row) => row.loud);
  const last = loud.at(-1);
  if (last === undefined) return [];
  return [
    <Piece id={`banner-${view.id}`}>
      <div class="banner" data-messages={loud.length}>
        <Notification
          message={last.message}
          senderName={view.account}
          language={view.language}
          contentLanguage={view.profileLanguage ?? "ja"}
        />
      </div>
    </Piece>,
  ];
}
