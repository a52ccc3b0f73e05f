import type { Platform } from "../platform.ts";
import type { User } from "../users/user.ts";
import { Dialogs } from "./dialogs.tsx";
import { Phone } from "./phone.tsx";
import { viewPhone } from "./phone-view.ts";
import { clockTime } from "./times.ts";
import { TopBar } from "./top-bar.tsx";
import { type PageContext } from "./view-context.ts";
import { World } from "./world.tsx";

interface Props {
  platform: Platform;
  page: PageContext;
  users: readonly Readonly<User>[];
  /** The address of the page's live updates. */
  live: string;
}

export function PhonesDocument({ platform, page, users, live }: Props) {
  const { words, language } = page;
  const time = clockTime(platform.clock.now());
  return (
    <html lang={language}>
      <Head title={words("title")} />
      <body
        data-copied={words("copied")}
        data-failed={words("failed")}
        data-arrived={words("arrived", { name: "{name}", text: "{text}" })}
        data-unread={words("unread", { count: "{count}" })}
      >
        <TopBar platform={platform} page={page} users={users} />
        <p id="offline" class="offline" role="status" hidden>
          {words("offline")}
        </p>
        <div class="layout" hx-ext="sse" sse-connect={live}>
          <div sse-swap="news,reload" hx-swap="none" hidden />
          <main class="phones" aria-label={words("phones")}>
            {users.length === 0 && <p class="no-phones">{words("noPhones")}</p>}
            {users.map((user) => (
              <Phone phone={viewPhone(platform, user)} page={page} time={time} />
            ))}
          </main>
          <World platform={platform} page={page} />
        </div>
        <div id="announcer" class="visually-hidden" role="status" aria-live="polite" />
        <div id="toast" class="toast" role="status" aria-live="polite" />
        <Dialogs words={words} />
      </body>
    </html>
  );
}

const htmxConfig = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  historyEnabled: false,
  selfRequestsOnly: true,
});

const styles = ["page", "phone", "chat", "world"];

function Head({ title }: { title: string }) {
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="htmx-config" content={htmxConfig} />
      <title>{title}</title>
      <link rel="icon" href="/phones/assets/icon.svg" type="image/svg+xml" />
      <link rel="stylesheet" href="/phones/assets/tokens.css" />
      <link rel="stylesheet" href="/phones/assets/preview.css" />
      {styles.map((name) => (
        <link rel="stylesheet" href={`/phones/assets/styles/${name}.css`} />
      ))}
      <script src="/phones/assets/preview.js" />
      <script src="/phones/assets/htmx.js" defer />
      <script src="/phones/assets/htmx-sse.js" defer />
      <script src="/phones/assets/browser/main.js" type="module" />
    </head>
  );
}
