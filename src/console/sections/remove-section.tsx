import type { Person, Section } from "../../staff/section-store.ts";
import { asDocument } from "../document.tsx";
import { Choice, Problems } from "../form-parts.tsx";
import { type Page, listed } from "../page.ts";
import { categoryNames, personName, sectionName } from "./names.ts";

interface Props {
  page: Page;
  section: Section;
  sections: Section[];
  people: Person[];
  problems: string[];
}

/** Says what removing a section means, before anybody does it. */
export function removePage(props: Props): string {
  const { page, section } = props;
  const title = page.say("sections:remove.title", { section: sectionName(page, section) });
  return asDocument({ page, title, children: <Remove {...props} /> });
}

function Remove({ page, section, sections, people, problems }: Props) {
  const { say } = page;
  const others = sections.filter(({ id }) => id !== section.id);
  const left = people.filter(
    ({ id, sections: theirs }) => section.members.includes(id) && theirs.length === 1,
  );
  const orphaned = section.categories.filter(
    (category) => !others.some(({ categories }) => categories.includes(category)),
  );
  return (
    <form method="post" action={`/console/sections/${section.id}/remove`} class="sheet">
      <Problems title={say("compose:problems")} problems={problems} />
      <ul>
        <li>{say("sections:remove.broadcastsStay")}</li>
        {orphaned.length > 0 && (
          <li>
            {say("sections:remove.orphaned", { categories: listed(page, categoryNames(page, orphaned)) })}
          </li>
        )}
        {left.length === 0 && <li>{say("sections:remove.nobodyLeft")}</li>}
      </ul>
      {left.length > 0 && (
        <fieldset>
          <legend>{say("sections:remove.membersTo")}</legend>
          <p>
            {say("sections:remove.left", {
              people: listed(
                page,
                left.map((person) => personName(page, person)),
              ),
            })}
          </p>
          {others.map((other) => (
            <Choice
              type="radio"
              name="membersTo"
              value={other.id}
              checked={false}
              label={say("sections:remove.toSection", { section: sectionName(page, other) })}
            />
          ))}
          <Choice
            type="radio"
            name="membersTo"
            value="central"
            checked={false}
            label={say("sections:remove.toCentral")}
          />
        </fieldset>
      )}
      <p class="acts">
        <button>{say("sections:remove.do")}</button>
        <a href={`/console/sections/${section.id}`}>{say("sections:remove.keep")}</a>
      </p>
    </form>
  );
}
