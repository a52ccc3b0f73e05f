import type { ComponentChildren } from "preact";
import { render } from "preact-render-to-string";
import { may } from "../staff/permissions.ts";
import { type Page, staffLanguages } from "./page.ts";

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
});

/** A whole page as text. */
export function asDocument(props: Props): string {
  return `<!doctype html>${render(<Document {...props} />)}`;
}

/** A part of a page, for htmx to put in its place. */
export function asFragment(children: ComponentChildren): string {
  return render(<>{children}</>);
}

function Document({ page, title, children }: Props) {
  const { say, language, ward, actor } = page;
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content={htmxConfig} />
        <title>{`${title} – ${say("product")}`}</title>
        <link rel="icon" href="/console/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/console/assets/tokens.css" />
        <link rel="stylesheet" href="/console/assets/preview.css" />
        <link rel="stylesheet" href="/console/assets/console.css" />
        <link rel="stylesheet" href="/console/assets/sections.css" />
        <link rel="stylesheet" href="/console/assets/audit.css" />
        <link rel="stylesheet" href="/console/assets/desk.css" />
        <link rel="stylesheet" href="/console/assets/catalogue.css" />
        <link rel="stylesheet" href="/console/assets/reports.css" />
        <link rel="stylesheet" href="/console/assets/sign-in.css" />
        <script src="/console/assets/preview.js" />
        <script src="/console/assets/htmx.js" defer />
        <script src="/console/assets/sse.js" defer />
        <script src="/console/assets/desk.js" defer />
        <link rel="stylesheet" href="/console/assets/compose.css" />
        <script type="module" src="/console/assets/compose/phone.js" />
      </head>
      <body>
        <a class="skip" href="#main">
          {say("skip")}
        </a>
        <header class="top">
          <a class="top-name" href="/console">
            {say("product")} <span>{ward.wardName(language)}</span>
          </a>
          {actor !== undefined && (
            <nav aria-label={say("nav.label")}>
              <a href="/console">{say("nav.home")}</a>
              <a href="/console/broadcasts">{say("nav.broadcasts")}</a>
              {may(actor, "report.read") && <a href="/console/reports">{say("reports:nav.reports")}</a>}
              {may(actor, "residents.read") && (
                <a href="/console/residents">{say("reports:nav.residents")}</a>
              )}
              <a href="/console/calendar">{say("desk:nav.calendar")}</a>
              {may(actor, "broadcast.write") && <a href="/console/broadcasts/new">{say("nav.write")}</a>}
              {may(actor, "template.write") && (
                <a href="/console/templates">{say("compose:templates.title")}</a>
              )}
              {may(actor, "section.manage") && <a href="/console/sections">{say("sections:nav")}</a>}
              {may(actor, "audit.read") && <a href="/console/audit">{say("audit-page:nav")}</a>}
              {may(actor, "ward.manage") && <a href="/console/catalogue">{say("catalogue:nav")}</a>}
              {may(actor, "staff.manage") && <a href="/console/staff">{say("nav.staff")}</a>}
            </nav>
          )}
          <div class="top-end">
            {actor !== undefined && (
              <form method="post" action="/console/sign-out">
                <a href="/console/account">{actor.name}</a> <button class="plain">{say("signOut")}</button>
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
        <main id="main">
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}
