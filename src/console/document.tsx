import type { ComponentChildren } from "preact";
import { render } from "preact-render-to-string";
import { styles } from "./assets.ts";
import { Banners } from "./calls/banners.tsx";
import { DrillBanner } from "./alerts/drill-banner.tsx";
import { Nav } from "./nav.tsx";
import { type Page, type SignedInPage, staffLanguages } from "./page.ts";

interface Props {
  page: Page;
  title: string;
  children: ComponentChildren;
}

const htmxConfig = JSON.stringify({
  includeIndicatorStyles: false,
  allowEval: false,
  historyEnabled: false,
  selfRequestsOnly: true,
  // By default `style` too, which our Content-Security-Policy refuses as soon as anybody (a password manager) has touched it.
  attributesToSettle: ["class"],
});

/** A whole page as text. */
export function asDocument(props: Props): string {
  return `<!doctype html>${render(<Document {...props} />)}`;
}

/** A part of a page, for htmx to put in its place. */
export function asFragment(children: ComponentChildren): string {
  return render(<>{children}</>);
}

function isSignedIn(page: Page): page is SignedInPage {
  return page.actor !== undefined;
}

function Document({ page, title, children }: Props) {
  const { say, language, ward, actor } = page;
  const mark = page.mode === "live" ? "" : say("alerts:drill.mark");
  // What residents read of a drill is marked already.
  const named = title.startsWith(mark) ? title : `${mark}${title}`;
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content={htmxConfig} />
        <title>{`${named} – ${say("product")}`}</title>
        <link rel="icon" href="/console/assets/icon.svg" type="image/svg+xml" />
        {styles.map((name) => (
          <link rel="stylesheet" href={`/console/assets/${name}`} />
        ))}
        <script src="/console/assets/preview.js" />
        <script src="/console/assets/htmx.js" defer />
        <script src="/console/assets/sse.js" defer />
        <script src="/console/assets/console.js" defer />
        <script type="module" src="/console/assets/keep-form.js" />
        <script type="module" src="/console/assets/compose/phone.js" />
      </head>
      <body data-mode={page.mode}>
        <a class="skip" href="#main">
          {say("skip")}
        </a>
        <DrillBanner page={page} />
        <header class="top">
          <a class="top-name" href="/console">
            {say("product")} <span>{ward.wardName(language)}</span>
          </a>
          {isSignedIn(page) && <Nav page={page} />}
          <div class="top-end">
            {actor !== undefined && (
              <form method="post" action="/console/sign-out">
                <a href="/console/account">{actor.name}</a>
                <button class="plain">{say("signOut")}</button>
              </form>
            )}
            <form method="post" action="/console/language">
              <input type="hidden" name="from" value={page.path} />
              {staffLanguages
                .filter((each) => each !== language)
                .map((each) => (
                  <button class="plain" name="language" value={each} lang={each}>
                    {say(`language.${each}`)}
                  </button>
                ))}
            </form>
          </div>
        </header>
        {isSignedIn(page) && page.standing !== undefined && <Banners page={page} standing={page.standing} />}
        <main id="main">
          <h1>{named}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}
