import type { Person, Section } from "../../staff/section-store.ts";
import { asDocument } from "../document.tsx";
import { type Page, listed } from "../page.ts";
import { categoryNames, personName, sectionName } from "./names.ts";

interface Props {
  page: Page;
  sections: Section[];
  people: Person[];
}

export function sectionsPage(props: Props): string {
  const { say } = props.page;
  return asDocument({
    page: props.page,
    title: say("sections:title"),
    children: (
      <>
        <section>
          <p>{say("sections:intro")}</p>
          <SectionList {...props} />
          <p>
            <a class="button" href="/console/sections/new">
              {say("sections:new")}
            </a>
          </p>
        </section>
        <section>
          <h2>{say("sections:everyone.title")}</h2>
          <p>{say("sections:everyone.intro")}</p>
          <Rights {...props} />
        </section>
      </>
    ),
  });
}

function SectionList({ page, sections, people }: Props) {
  const { say } = page;
  if (sections.length === 0) return <p class="nothing">{say("sections:none")}</p>;
  const namesOf = (ids: string[]) =>
    people.filter(({ id }) => ids.includes(id)).map((person) => personName(page, person));
  return (
    <ul class="sections">
      {sections.map((section) => (
        <li>
          <h2>
            <a href={`/console/sections/${section.id}`}>{sectionName(page, section)}</a>
          </h2>
          <dl>
            <div>
              <dt>{say("sections:field.categories")}</dt>
              <dd>
                {section.categories.length === 0
                  ? say("sections:noCategories")
                  : listed(page, categoryNames(page, section.categories))}
              </dd>
            </div>
            <div>
              <dt>{say("sections:field.members")}</dt>
              <dd>
                {section.members.length === 0
                  ? say("sections:noMembers")
                  : listed(page, namesOf(section.members))}
              </dd>
            </div>
          </dl>
        </li>
      ))}
    </ul>
  );
}

/** Who belongs to a section, with their right to address everybody. */
function Rights({ page, sections, people }: Props) {
  const { say } = page;
  const bound = people.filter((person) => person.sections.length > 0);
  if (bound.length === 0) return <p class="nothing">{say("sections:everyone.nobody")}</p>;
  return (
    <ul class="rights">
      {bound.map((person) => {
        const { id, name, mayAddressEveryone } = person;
        const theirs = sections.filter((section) => person.sections.includes(section.id));
        const names = listed(
          page,
          theirs.map((section) => sectionName(page, section)),
        );
        return (
          <li>
            <span>
              {name} <span class="hint">{names}</span>
            </span>
            <span class={mayAddressEveryone ? "state approved" : "state"}>
              {say(`sections:everyone.${mayAddressEveryone ? "has" : "hasNot"}`)}
            </span>
            <form method="post" action="/console/sections/rights">
              <input type="hidden" name="staffId" value={id} />
              <button class="secondary" name="granted" value={mayAddressEveryone ? "no" : "yes"}>
                {say(`sections:everyone.${mayAddressEveryone ? "revoke" : "grant"}`, { name })}
              </button>
            </form>
          </li>
        );
      })}
    </ul>
  );
}
