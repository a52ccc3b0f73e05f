import { Bottom } from "./bottom.tsx";
import { Caption } from "./caption.tsx";
import { ChatRows, Chips, Typing } from "./chat.tsx";
import { MenuPanel } from "./menu-panel.tsx";
import type { PhoneView } from "./phone-view.ts";
import { type PageContext } from "./view-context.ts";
import { wordsIn } from "./words.ts";

interface Props {
  phone: PhoneView;
  page: PageContext;
  /** The phone's clock. */
  time: string;
  /** Takes the place of the same phone on a page that is open. */
  again?: boolean;
}

/** One resident's phone. Its live parts have ids ending in the user's, and are replaced one by one (live.ts). */
export function Phone({ phone, page, time, again = false }: Props) {
  const { id } = phone;
  const words = wordsIn(page.sentences, phone.language);
  const menuOpen = phone.menu?.menu.selected === true;
  return (
    <article
      class="phone"
      id={`phone-${id}`}
      data-user={id}
      hx-swap-oob={again ? "true" : undefined}
      data-name={phone.name}
      data-menu={menuOpen ? "open" : "closed"}
      aria-label={page.words("phoneOf", { name: phone.name })}
    >
      <Caption phone={phone} words={page.words} />
      <div class="device" lang={phone.language}>
        <div class="banner-slot" id={`banner-${id}`} aria-hidden="true" />
        <DeviceStatus time={time} />
        <div class="chat-head">
          <span class="chat-head-back" aria-hidden="true" />
          <h3 lang={page.language}>{phone.account}</h3>
        </div>
        <div
          class="chat lp-chat"
          data-theme={page.theme}
          data-chat
          role="log"
          aria-live="off"
          tabIndex={0}
          aria-label={words("chat", { name: phone.name, account: phone.account })}
        >
          <div class="chat-rows" id={`chat-${id}`}>
            <ChatRows phone={phone} rows={phone.rows} words={words} />
          </div>
          <div id={`typing-${id}`}>
            <Typing phone={phone} words={words} />
          </div>
        </div>
        <div class="chips" data-theme={page.theme} id={`chips-${id}`}>
          <Chips phone={phone} />
        </div>
        <div id={`bottom-${id}`}>
          <Bottom phone={phone} words={words} />
        </div>
        <div id={`menu-${id}`}>
          <MenuPanel phone={phone} words={words} />
        </div>
        <div class="device-foot" aria-hidden="true" />
      </div>
    </article>
  );
}

function DeviceStatus({ time }: { time: string }) {
  return (
    <div class="device-status" aria-hidden="true">
      <span class="device-clock">{time}</span>
      <span class="device-signs" />
    </div>
  );
}
