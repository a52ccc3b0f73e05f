import { type Role, roles as allRoles } from "../../staff/permissions.ts";
import { asDocument } from "../document.tsx";
import { Field, Problems } from "../form-parts.tsx";
import type { Page, SignedInPage } from "../page.ts";

export interface MemberForm {
  name: string;
  email: string;
  roles: readonly Role[];
}

export function invitePage(page: SignedInPage, form: MemberForm, problems: string[]): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("staff:invite.title"),
    children: (
      <form method="post" action="/console/staff/invite" class="narrow sheet">
        <Problems title={say("staff:problems")} problems={problems} />
        <Field name="name" label={say("staff:form.name")} value={form.name} max={100} autocomplete="off" />
        <Field
          name="email"
          label={say("staff:form.email")}
          type="email"
          value={form.email}
          max={254}
          autocomplete="off"
        />
        <RoleFields page={page} chosen={form.roles} />
        <p class="hint">{say("staff:invite.hint")}</p>
        <button>{say("staff:invite.go")}</button>
        <p class="after">
          <a href="/console/staff">{say("staff:back")}</a>
        </p>
      </form>
    ),
  });
}

/** The roles with what each may do, in a sentence. */
export function RoleFields({ page: { say }, chosen }: { page: Page; chosen: readonly Role[] }) {
  return (
    <fieldset class="roles">
      <legend>{say("staff:form.roles")}</legend>
      {allRoles.map((role) => (
        <label class="choice">
          <input type="checkbox" name="role" value={role} checked={chosen.includes(role)} />
          <span>
            {say(`staff:role.${role}`)} <span class="hint">{say(`staff:roleMay.${role}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
