import type { Role } from "../../staff/permissions.ts";
import { asDocument } from "../document.tsx";
import type { SignedInPage } from "../page.ts";
import { sayRoles } from "./say-roles.ts";

export interface Once {
  kind: "link" | "key";
  value: string;
  name: string;
  /** Roles that still have to be confirmed. */
  asked: readonly Role[];
  next: string;
}

/** A link or a key that is shown this once. */
export function oncePage(page: SignedInPage, { kind, value, name, asked, next }: Once): string {
  const { say } = page;
  return asDocument({
    page,
    title: say(`staff:once.${kind}`),
    children: (
      <div class="narrow sheet">
        <p>{say(`staff:once.${kind}Text`, { name })}</p>
        <code class="once">{value}</code>
        <p data-copy data-copied={say("staff:once.copied")} hidden>
          <button type="button" class="secondary">
            {say("staff:once.copy")}
          </button>{" "}
          <span role="status" />
        </p>
        {asked.length > 0 && <p>{say("staff:once.asked", { roles: sayRoles(asked, page) })}</p>}
        <p>
          <a class="button" href={next}>
            {say("staff:once.done")}
          </a>
        </p>
      </div>
    ),
  });
}
