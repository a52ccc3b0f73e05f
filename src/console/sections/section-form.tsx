import { may } from "../../staff/permissions.ts";
import type { Person, Section } from "../../staff/section-store.ts";
import { longestSectionName } from "../../staff/sections.ts";
import { asDocument } from "../document.tsx";
import { Choice, Field, Problems } from "../form-parts.tsx";
import { type Page, listed } from "../page.ts";
import { personName, sectionName } from "./names.ts";

/** The form of a section as it was filled in. */
export interface SectionForm {
  nameJa: string;
  nameEn: string;
  categories: string[];
  members: string[];
  /** What its writer saw; empty while it is new. */
  version: string;
}

interface Props {
  page: Page;
  form: SectionForm;
  /** Undefined while it is added. */
  existing: Section | undefined;
  problems: string[];
  sections: Section[];
  people: Person[];
}

export function formOfSection({ nameJa, nameEn, categories, members, version }: Section): SectionForm {
  return { nameJa, nameEn, categories, members, version: String(version) };
}

export function sectionFormPage(props: Props): string {
  const { page, existing } = props;
  const title = existing === undefined ? page.say("sections:new") : sectionName(page, existing);
  return asDocument({ page, title, children: <Form {...props} /> });
}

function Form(props: Props) {
  const { page, form, existing, problems } = props;
  const { say } = page;
  const action = existing === undefined ? "/console/sections" : `/console/sections/${existing.id}`;
  return (
    <form method="post" action={action} class="sheet" novalidate>
      <Problems title={say("compose:problems")} problems={problems} />
      <input type="hidden" name="version" value={form.version} />
      <div class="row">
        <Field
          name="nameJa"
          label={say("sections:field.nameJa")}
          value={form.nameJa}
          max={longestSectionName}
          lang="ja"
        />
        <Field
          name="nameEn"
          label={say("sections:field.nameEn")}
          value={form.nameEn}
          max={longestSectionName}
          lang="en"
        />
      </div>
      <Categories {...props} />
      <Members {...props} />
      <p class="acts">
        <button>{say("sections:save")}</button>
        <a href="/console/sections">{say("sections:back")}</a>
        {existing !== undefined && (
          <a href={`/console/sections/${existing.id}/remove`}>{say("sections:remove.link")}</a>
        )}
      </p>
    </form>
  );
}

/** The ward's categories by group; of each is said which other section owns it too. */
function Categories({ page, form, existing, sections }: Props) {
  const { say, ward, language } = page;
  const known = new Set(ward.categories.map(({ id }) => id));
  const gone = form.categories.filter((id) => !known.has(id));
  const groups = [
    ...ward.profile.groups.map(({ id, categories }) => ({
      title: ward.name("groups", id, language),
      ids: categories.map((category) => category.id),
    })),
    ...(gone.length > 0 ? [{ title: say("sections:gone"), ids: gone }] : []),
  ];
  const label = (category: string) => {
    const name = ward.name("categories", category, language);
    const others = sections.filter(
      ({ id, categories }) => id !== existing?.id && categories.includes(category),
    );
    if (others.length === 0) return name;
    const names = listed(
      page,
      others.map((each) => sectionName(page, each)),
    );
    return say("sections:ownedToo", { category: name, sections: names });
  };
  return (
    <fieldset>
      <legend>{say("sections:field.categories")}</legend>
      <p class="hint">{say("sections:categoriesHint")}</p>
      {groups.map(({ title, ids }) => (
        <fieldset class="group">
          <legend>{title}</legend>
          {ids.map((id) => (
            <Choice
              type="checkbox"
              name="category"
              value={id}
              checked={form.categories.includes(id)}
              label={label(id)}
            />
          ))}
        </fieldset>
      ))}
    </fieldset>
  );
}

/** Whoever may write; for the others belonging to a section would mean nothing. */
function Members({ page, form, people }: Props) {
  const { say } = page;
  const shown = people.filter(({ id, roles }) => form.members.includes(id) || writes(roles));
  return (
    <fieldset>
      <legend>{say("sections:field.members")}</legend>
      <p class="hint">{say("sections:membersHint")}</p>
      {shown.length === 0 && <p class="nothing">{say("sections:nobodyWrites")}</p>}
      {shown.map((person) => (
        <Choice
          type="checkbox"
          name="member"
          value={person.id}
          checked={form.members.includes(person.id)}
          label={personName(page, person)}
        />
      ))}
    </fieldset>
  );
}

function writes(roles: Person["roles"]): boolean {
  const somebody = { id: "", name: "", sections: [], categories: undefined, mayAddressEveryone: false };
  return may({ ...somebody, roles }, "broadcast.write");
}
