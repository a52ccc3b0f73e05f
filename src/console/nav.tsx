import { type Permission, may } from "../staff/permissions.ts";
import type { SignedInPage } from "./page.ts";

interface Entry {
  name: string;
  path: string;
  permission: Permission;
}

/** What is used every day stands in the bar. */
const daily: Entry[] = [
  { name: "home", path: "/console", permission: "broadcast.read" },
  { name: "alerts", path: "/console/alerts", permission: "alert.read" },
  { name: "broadcasts", path: "/console/broadcasts", permission: "broadcast.read" },
  { name: "calendar", path: "/console/calendar", permission: "broadcast.read" },
  { name: "reports", path: "/console/reports", permission: "report.read" },
  { name: "residents", path: "/console/residents", permission: "residents.read" },
];

/** What is set up now and then is one step away. */
const seldom: Entry[] = [
  { name: "templates", path: "/console/templates", permission: "template.write" },
  { name: "alertTemplates", path: "/console/alert-templates", permission: "alert.read" },
  { name: "feeds", path: "/console/feeds", permission: "alert.read" },
  { name: "catalogue", path: "/console/catalogue", permission: "ward.manage" },
  { name: "drill", path: "/console/drill", permission: "alert.raise" },
  { name: "sections", path: "/console/sections", permission: "section.manage" },
  { name: "staff", path: "/console/staff", permission: "staff.manage" },
  { name: "audit", path: "/console/audit", permission: "audit.read" },
];

/** The ways through the staff pages that are open to this person. */
export function Nav({ page }: { page: SignedInPage }) {
  const { say, actor } = page;
  const open = ({ permission }: Entry) => may(actor, permission);
  const [few, more] = seldom.filter(open).length > 1 ? [daily, seldom] : [[...daily, ...seldom], []];
  const folded = more.filter(open);
  return (
    <nav class="top-nav" aria-label={say("nav.label")}>
      <ul>
        {few.filter(open).map((entry) => (
          <li>
            <Way page={page} entry={entry} />
          </li>
        ))}
        {folded.length > 0 && (
          <li>
            <details class="top-more">
              <summary
                class={folded.some((entry) => placeIn(page, entry) !== undefined) ? "here" : undefined}
              >
                {say("nav.more")}
              </summary>
              <ul>
                {folded.map((entry) => (
                  <li>
                    <Way page={page} entry={entry} />
                  </li>
                ))}
              </ul>
            </details>
          </li>
        )}
        {may(actor, "broadcast.write") && (
          <li>
            <a class="button" href="/console/broadcasts/new">
              {say("nav.write")}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

/** Whether this is the page, or one below it; writing a new notice has a button of its own. */
function placeIn({ path: current }: SignedInPage, { path }: Entry): "page" | "true" | undefined {
  const here = current.split("?")[0] ?? "";
  if (here === path) return "page";
  const below = path !== "/console" && here !== "/console/broadcasts/new" && here.startsWith(`${path}/`);
  return below ? "true" : undefined;
}

function Way({ page, entry }: { page: SignedInPage; entry: Entry }) {
  return (
    <a href={entry.path} aria-current={placeIn(page, entry)}>
      {page.say(`nav.${entry.name}`)}
    </a>
  );
}
