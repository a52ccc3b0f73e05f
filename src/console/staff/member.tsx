import type { Ask } from "../../staff/ask-store.ts";
import type { Member } from "../../staff/member-store.ts";
import type { ApiKey } from "../../staff/store.ts";
import { asDocument } from "../document.tsx";
import { Field, Problems } from "../form-parts.tsx";
import { type SignedInPage, writtenTime } from "../page.ts";
import { type MemberForm, RoleFields } from "./invite.tsx";
import { sayAsk } from "./say-ask.ts";

export interface MemberView {
  page: SignedInPage;
  member: Member;
  keys: readonly ApiKey[];
  /** What was asked for about this person and is not confirmed. */
  pending: readonly Ask[];
  problem?: string;
  /** What was typed and could not be taken. */
  form?: MemberForm;
}

export function memberPage({ page, member, keys, pending, problem, form }: MemberView): string {
  const { say } = page;
  const { id, name, email, roles, standing } = member;
  const isGone = standing === "deactivated";
  return asDocument({
    page,
    title: name,
    children: (
      <>
        <Problems title={say("staff:problems")} problems={problem === undefined ? [] : [problem]} />
        {pending.length > 0 && (
          <section>
            <h2>{say("staff:asks.title")}</h2>
            <ul>
              {pending.map((ask) => (
                <li>{sayAsk(ask, page)}</li>
              ))}
            </ul>
            <p>{say("staff:asks.hint")}</p>
          </section>
        )}
        <section>
          <p>
            {email} <span class="state">{say(`staff:standing.${standing}`)}</span>
          </p>
          <form method="post" action={`/console/staff/${id}`}>
            <Field
              name="name"
              label={say("staff:form.name")}
              value={form?.name ?? name}
              max={100}
              autocomplete="off"
            />
            <RoleFields page={page} chosen={form?.roles ?? roles} />
            <button>{say("staff:member.save")}</button>
          </form>
        </section>
        <section>
          <h2>{say("staff:member.access")}</h2>
          {!isGone && (
            <form method="post" action={`/console/staff/${id}/reinvite`}>
              <p>{say("staff:member.reinviteText")}</p>
              <p>
                <button class="secondary">{say("staff:member.reinvite")}</button>
              </p>
            </form>
          )}
          <form method="post" action={`/console/staff/${id}/${isGone ? "reactivate" : "deactivate"}`}>
            <p>{say(isGone ? "staff:member.reactivateText" : "staff:member.deactivateText")}</p>
            <button class="secondary">
              {say(isGone ? "staff:member.reactivate" : "staff:member.deactivate")}
            </button>
          </form>
        </section>
        <Keys page={page} id={id} keys={keys} mayMake={!isGone} />
        <p>
          <a href="/console/staff">{say("staff:back")}</a>
        </p>
      </>
    ),
  });
}

interface KeysProps {
  page: SignedInPage;
  id: string;
  keys: readonly ApiKey[];
  mayMake: boolean;
}

function Keys({ page, id, keys, mayMake }: KeysProps) {
  const { say } = page;
  return (
    <section>
      <h2>{say("staff:keys.title")}</h2>
      <p class="hint">{say("staff:keys.hint")}</p>
      {keys.length === 0 ? (
        <p class="nothing">{say("staff:keys.none")}</p>
      ) : (
        <ul class="entries">
          {keys.map((key) => (
            <li>
              <span>
                {key.label}{" "}
                <span class="hint">
                  {say("staff:keys.since", { time: writtenTime(page, key.createdAt) })}
                </span>
              </span>
              <form method="post" action={`/console/staff/${id}/keys/revoke`}>
                <button
                  class="plain"
                  name="key"
                  value={key.id}
                  aria-label={say("staff:keys.revokeNamed", { label: key.label })}
                >
                  {say("staff:keys.revoke")}
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
      {mayMake && (
        <form method="post" action={`/console/staff/${id}/keys`}>
          <Field
            name="label"
            label={say("staff:keys.label")}
            hint={say("staff:keys.labelHint")}
            value=""
            max={100}
            autocomplete="off"
          />
          <button class="secondary">{say("staff:keys.make")}</button>
        </form>
      )}
    </section>
  );
}
