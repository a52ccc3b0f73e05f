import type { Platform } from "../platform.ts";
import type { User } from "../users/user.ts";
import { type PageContext } from "./view-context.ts";

interface Props {
  platform: Platform;
  page: PageContext;
  users: readonly Readonly<User>[];
}

// A list to choose from, not a register: simulated users may be a million.
const mostChoices = 40;

export function TopBar({ platform, page, users }: Props) {
  const { words, language, theme } = page;
  const shown = new Set(users.map((user) => user.id));
  const choices = [...users, ...platform.users().filter((user) => !shown.has(user.id))].slice(0, mostChoices);
  const other = language === "ja" ? "en" : "ja";
  const state = { show: [...shown], lang: language, theme };
  return (
    <header class="top">
      <div class="top-title">
        <h1>{words("title")}</h1>
        <p>{words("lead")}</p>
      </div>
      <nav class="top-choices">
        <a href={address({ ...state, theme: theme === "dark" ? "light" : "dark" })}>
          {words("theme")}: {words(theme === "dark" ? "themeLight" : "themeDark")}
        </a>
        <a href={address({ ...state, lang: other })} lang={other}>
          {words(other === "en" ? "inEnglish" : "inJapanese")}
        </a>
        <details class="choose">
          <summary>{words("shownPhones")}</summary>
          <form method="get" action="/phones">
            <input type="hidden" name="lang" value={language} data-page-state />
            <input type="hidden" name="theme" value={theme} data-page-state />
            {choices.map((user) => (
              <label>
                <input
                  type="checkbox"
                  name="show"
                  value={user.id}
                  checked={shown.has(user.id)}
                  data-page-state
                />
                <span>
                  {user.displayName} <small>{words(`state.${user.state}`)}</small>
                </span>
              </label>
            ))}
            <button type="submit" class="button-solid">
              {words("show")}
            </button>
          </form>
        </details>
      </nav>
    </header>
  );
}

interface PageState {
  show: readonly string[];
  lang: string;
  theme: string;
}

/** The page's address: everything that is chosen on it stands there, so that it can be bookmarked. */
export function address({ show, lang, theme }: PageState, path = "/phones"): string {
  const query = new URLSearchParams({ lang, theme });
  for (const id of show) query.append("show", id);
  return `${path}?${query.toString()}`;
}
