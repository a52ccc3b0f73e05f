import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Retirement } from "../../catalogue/catalogue.ts";
import type { SubscribedKind } from "../../shared/ward/catalogue.ts";
import { asDocument } from "../document.tsx";
import { Problems } from "../form-parts.tsx";
import { listed, type Page, writtenNumber, writtenTime } from "../page.ts";
import { Version } from "./list.tsx";

interface Props {
  page: Page;
  kind: SubscribedKind;
  id: string;
  retirement: Retirement;
  /** Why it was refused, or cannot be done. */
  problems: string[];
}

/** What retiring means, said before it is done; the button only where it can be done. */
export function retirePage({ page, kind, id, retirement, problems }: Props): string {
  const { say, ward, language } = page;
  const { choosers, refusal, going, written, bundles } = retirement;
  const count = writtenNumber(page, choosers);
  const names = listed(
    page,
    bundles.map((bundle) => ward.name("bundles", bundle, language)),
  );
  const possible = refusal === undefined && going.length === 0;
  return asDocument({
    page,
    title: say("catalogue:retirement.title", { name: ward.name(kind, id, language) }),
    children: (
      <div class="catalogue">
        <Problems title={say("catalogue:retirement.cannot")} problems={problems} />
        <section>
          <h2>{say("catalogue:retirement.whatHappens")}</h2>
          <ul>
            <li>
              <strong>{say(`catalogue:retirement.choosers.${kind}`, { count })}</strong>
            </li>
            <li>{say("catalogue:retirement.hidden")}</li>
            <li>{say(`catalogue:retirement.only.${kind}`)}</li>
            {names !== "" && <li>{say("catalogue:retirement.bundles", { names })}</li>}
            <li>{say("catalogue:retirement.comesBack")}</li>
            <li>{say("catalogue:retirement.past")}</li>
          </ul>
        </section>
        <Named page={page} about="going" broadcasts={going} />
        <Named page={page} about="written" broadcasts={written} />
        <div class="acts">
          {possible && (
            <form method="post">
              <Version page={page} />
              <button>{say("catalogue:retirement.confirm")}</button>
            </form>
          )}
          <a class="button secondary" href={`/console/catalogue#${kind}-${id}`}>
            {say(possible ? "catalogue:retirement.keep" : "catalogue:form.back")}
          </a>
        </div>
      </div>
    ),
  });
}

function Named({
  page,
  about,
  broadcasts,
}: {
  page: Page;
  about: "going" | "written";
  broadcasts: Broadcast[];
}) {
  const { say } = page;
  if (broadcasts.length === 0) return null;
  return (
    <section>
      <h2>{say(`catalogue:retirement.${about}`)}</h2>
      <p>{say(`catalogue:retirement.${about}Hint`)}</p>
      <ul class="broadcasts">
        {broadcasts.slice(0, mostNamed).map(({ id, title, state, dueAt }) => (
          <li>
            <a href={`/console/broadcasts/${id}`}>{title}</a>{" "}
            <span class={`state ${state}`}>{say(`state.${state}`)}</span>{" "}
            {dueAt !== undefined && <span class="hint">{writtenTime(page, dueAt)}</span>}
          </li>
        ))}
      </ul>
      {broadcasts.length > mostNamed && <p class="hint">{say("catalogue:retirement.more")}</p>}
    </section>
  );
}

const mostNamed = 20;
