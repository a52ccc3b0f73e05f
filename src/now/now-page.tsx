import type { ComponentChildren } from "preact";
import { render } from "preact-render-to-string";
import { AlertArticle, Ended } from "./alert-article.tsx";
import type { NowView } from "./now-view.ts";
import { style } from "./style.ts";

/** The whole page as text. It needs nothing else from anywhere: no script, no picture, no second request. */
export function nowPage(view: NowView): string {
  return `<!doctype html>${render(<NowDocument view={view} />)}`;
}

function NowDocument({ view }: { view: NowView }) {
  const { ward, language, say, shown, at, time } = view;
  const name = say("title", { ward: ward.wardName(language) });
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{summary(view, name)}</title>
        <link rel="icon" href="data:," />
        <link rel="canonical" href={`/now/${language}`} />
        {ward.languages.map((id) => (
          <link rel="alternate" hreflang={id} href={`/now/${id}`} />
        ))}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <header>
          <h1>{name}</h1>
          <Languages view={view} />
        </header>
        <main>
          <p class="at">
            {say("updated", { time: time(at) })} <a href={`/now/${language}`}>{say("reload")}</a>
          </p>
          <Standing view={view} />
          {shown.live.map((thread) => (
            <AlertArticle view={view} thread={thread} />
          ))}
          {view.more > 0 && <p class="standing more">{say("more", { number: view.more })}</p>}
          {shown.drills.length > 0 && (
            <section>
              <h2>{say("drills")}</h2>
              {shown.drills.map((thread) => (
                <AlertArticle view={view} thread={thread} />
              ))}
            </section>
          )}
          {shown.ended.length > 0 && (
            <section>
              <h2>{say("ended")}</h2>
              <ul>
                {shown.ended.map((thread) => (
                  <Ended view={view} thread={thread} />
                ))}
              </ul>
            </section>
          )}
          <Ways view={view} />
        </main>
      </body>
    </html>
  );
}

/** The first thing that a tab, a search result or a screen reader says. */
function summary({ shown, say, unknownSince }: NowView, name: string): string {
  if (shown.live.length > 0) return `${say("open")} – ${name}`;
  return unknownSince === undefined ? `${say("none")} – ${name}` : name;
}

function Standing({ view: { shown, say, time, unknownSince } }: { view: NowView }) {
  if (unknownSince !== undefined)
    return <p class="standing unknown">{say("unknown", { time: time(unknownSince) })}</p>;
  if (shown.live.length === 0) return <p class="standing none">{say("none")}</p>;
  return <h2>{say("open")}</h2>;
}

function Languages({ view: { ward, sentences, language, say } }: { view: NowView }) {
  return (
    <nav aria-label={say("languages")}>
      <ul class="languages">
        {ward.languages.map((id) => (
          <li>
            <a
              href={`/now/${id}`}
              lang={id}
              hreflang={id}
              {...(id === language ? { "aria-current": "page" as const } : {})}
            >
              {sentences.say(id, "conversation:language.ownName")}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Where to go on: the official words of others, and whom to call. */
function Ways({ view: { ward, language, say } }: { view: NowView }) {
  const { disaster, contact } = ward.profile;
  const { name, hours } = ward.contact(language);
  return (
    <>
      <section>
        <h2>{say("official")}</h2>
        <ul>
          {[...disaster.links, ...contact.links].map(({ id, url }) => (
            <li>
              <a href={url}>{ward.name("links", id, language)}</a>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{say("phones")}</h2>
        <ul>
          <Phone label={say("fire")} phone="119" />
          <Phone label={say("police")} phone="110" />
          <Phone label={say("messages")} phone="171" />
          {disaster.hotline !== undefined && <Phone label={say("hotline")} phone={disaster.hotline} />}
          <Phone label={`${name} (${hours})`} phone={contact.phone} />
        </ul>
      </section>
    </>
  );
}

function Phone({ label, phone }: { label: ComponentChildren; phone: string }) {
  return (
    <li>
      {label} <a href={`tel:${phone.replaceAll("-", "")}`}>{phone}</a>
    </li>
  );
}
