import { type Permission, may } from "../staff/permissions.ts";
import type { SignedInPage } from "./page.ts";

interface Entry {
  name: string;
  path: string;
  permission: Permission;
}

/** What is used every day stands in the bar; the rest is one step away. */
const daily: Entry[] = [
  { name: "home", path: "/console", permission: "broadcast.read" },
  { name: "broadcasts", path: "/console/broadcasts", permission: "broadcast.read" },
  { name: "write", path: "/console/broadcasts/new", permission: "broadcast.write" },
];

export function Nav({ page }: { page: SignedInPage }) {
  const entries = daily.filter(({ permission }) => may(page.actor, permission));
  return (
    <nav aria-label={page.say("nav.label")}>
      <ul>
        {entries.map((entry) => (
          <li>
            <Link page={page} entry={entry} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Link({ page, entry: { name, path } }: { page: SignedInPage; entry: Entry }) {
  const here = page.path.split("?")[0] === path;
  return (
    <a href={path} aria-current={here ? "page" : undefined}>
      {page.say(`nav.${name}`)}
    </a>
  );
}
