import type { Rule, Rules } from "../../alerts/rules/rule.ts";
import { may } from "../../staff/permissions.ts";
import { asDocument } from "../document.tsx";
import { type SignedInPage } from "../page.ts";
import { conditionOf, limitsOf, ruleName } from "./say-rule.ts";

interface View {
  rules: Rules;
  /** What staff call a template; undefined where there is none by this id. */
  templateName: (id: string) => string | undefined;
}

/** The written rules in the order in which they are tried, each in a sentence with the reason for it. */
export function rulesPage(page: SignedInPage, { rules, templateName }: View): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("feeds-page:rules.title"),
    children: (
      <div class="feeds">
        <p>{say("feeds-page:rules.intro")}</p>
        <section class="panel" aria-labelledby="guards">
          <h2 id="guards">{say("feeds-page:rules.guards")}</h2>
          <ul>
            {(["status", "area", "repeat", "unknown", "maintenance"] as const).map((guard) => (
              <li>{say(`feeds-page:guard.${guard}`)}</li>
            ))}
            <li>{say("feeds-page:guard.perHour", { count: rules.mostAutomaticPerHour })}</li>
            <li>{say("feeds-page:guard.drafts", { count: rules.mostDraftsPerHour })}</li>
          </ul>
        </section>
        <section class="panel" aria-labelledby="rules">
          <h2 id="rules">{say("feeds-page:rules.inOrder")}</h2>
          <table class="list rules" role="table">
            <caption class="visually-hidden">{say("feeds-page:rules.title")}</caption>
            <thead role="rowgroup">
              <tr role="row">
                {(["when", "then", "reason"] as const).map((column) => (
                  <th scope="col" role="columnheader">
                    {say(`feeds-page:rules.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {rules.rules.map((rule) => (
                <Row page={page} rules={rules} rule={rule} templateName={templateName} />
              ))}
            </tbody>
          </table>
          <p class="hint">{say("feeds-page:rules.otherwise")}</p>
        </section>
        <p>
          <a href="/console/feeds">{say("feeds-page:hazard.back")}</a>
        </p>
      </div>
    ),
  });
}

interface RowProps {
  page: SignedInPage;
  rules: Rules;
  rule: Rule;
  templateName: View["templateName"];
}

function Row({ page, rules, rule, templateName }: RowProps) {
  const { say, language } = page;
  const labelled = (column: string) =>
    ({ role: "cell", "data-label": say(`feeds-page:rules.${column}`) }) as const;
  return (
    <tr role="row" id={`rule-${rule.id}`}>
      <th scope="row" role="rowheader">
        {conditionOf(page, rule.when)}
        <span class="hint">
          {ruleName(page, rules, rule.id)} ({rule.id})
        </span>
      </th>
      <td {...labelled("then")}>
        <p>
          <span class={`state deed-${rule.do}`}>{say(`feeds-page:deedRule.${rule.do}`)}</span>{" "}
          {rule.template !== undefined && rule.do !== "nothing" && (
            <Template page={page} id={rule.template} name={templateName(rule.template)} />
          )}
        </p>
        <p class="hint">{limitsOf(page, rule).join(" ")}</p>
      </td>
      <td {...labelled("reason")}>{rule.why[language]}</td>
    </tr>
  );
}

function Template({ page, id, name }: { page: SignedInPage; id: string; name: string | undefined }) {
  if (name === undefined || !may(page.actor, "alert.read")) return <>{name ?? id}</>;
  return <a href={`/console/alert-templates/${id}`}>{name}</a>;
}
