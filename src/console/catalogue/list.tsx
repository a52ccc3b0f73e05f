import type { ComponentChildren } from "preact";
import type { CatalogueKind, SubscribedKind } from "../../shared/ward/catalogue.ts";
import { retiredOf } from "../../shared/ward/catalogue.ts";
import { asDocument } from "../document.tsx";
import { Problems } from "../form-parts.tsx";
import { type Page, writtenNumber } from "../page.ts";

export interface ListView {
  page: Page;
  /** How many who follow chose each, by id. */
  choosers: Record<SubscribedKind, Map<string, number>>;
  placesLeft: Record<SubscribedKind, number>;
  /** What was just done, as a sentence. */
  done: string | undefined;
  problems: string[];
}

/** Everything the ward offers in its order, and what it once offered. */
export function cataloguePage(view: ListView): string {
  const { page, placesLeft, done, problems } = view;
  const { say, ward, language } = page;
  const { groups } = ward.profile;
  return asDocument({
    page,
    title: say("catalogue:title"),
    children: (
      <div class="catalogue">
        {done !== undefined && (
          <p class="done" role="status" id="done" tabindex={-1}>
            {done}
          </p>
        )}
        <Problems title={say("catalogue:form.problems")} problems={problems} />
        <p>{say("catalogue:intro")}</p>
        <p class="catalogue-add">
          <a class="button" href="/console/catalogue/add/categories">
            {say("catalogue:add.categories")}
          </a>{" "}
          <a class="button secondary" href="/console/catalogue/add/districts">
            {say("catalogue:add.districts")}
          </a>
        </p>
        {groups.map(({ id, categories }, index) => (
          <section aria-labelledby={`groups-${id}`}>
            <div class="catalogue-row">
              <h2 id={`groups-${id}`} tabindex={-1}>
                {ward.name("groups", id, language)}
              </h2>
              <Acts view={view} kind="groups" id={id} index={index} count={groups.length} />
            </div>
            <ol class="catalogue-list">
              {categories.map(({ id: category, emergency }, place) => (
                <Row view={view} kind="categories" id={category} index={place} count={categories.length}>
                  {emergency && <span class="state stopped">{say("catalogue:emergency")}</span>}
                </Row>
              ))}
            </ol>
          </section>
        ))}
        <section aria-labelledby="districts">
          <h2 id="districts">{say("catalogue:districtsTitle")}</h2>
          {ward.districts.length === 0 && <p class="nothing">{say("catalogue:noDistricts")}</p>}
          <ol class="catalogue-list">
            {ward.districts.map((id, index) => (
              <Row view={view} kind="districts" id={id} index={index} count={ward.districts.length} />
            ))}
          </ol>
        </section>
        <Retired view={view} />
        <p class="hint">
          {say("catalogue:placesLeft.categories", { count: placesLeft.categories })}
          <br />
          {say("catalogue:placesLeft.districts", { count: placesLeft.districts })}
        </p>
      </div>
    ),
  });
}

interface PlaceProps {
  view: ListView;
  kind: CatalogueKind;
  id: string;
  /** Its place among those beside it, and how many they are. */
  index: number;
  count: number;
}

function Row({ children, ...place }: PlaceProps & { kind: SubscribedKind; children?: ComponentChildren }) {
  const { view, kind, id } = place;
  const { page, choosers } = view;
  return (
    <li class="catalogue-row" id={`${kind}-${id}`} tabindex={-1}>
      <span class="catalogue-name">
        {page.ward.name(kind, id, page.language)} {children}{" "}
        <span class="hint">
          {page.say("catalogue:choosers", { count: writtenNumber(page, choosers[kind].get(id) ?? 0) })}
        </span>
      </span>
      <Acts {...place} />
    </li>
  );
}

function Acts({ view: { page }, kind, id, index, count }: PlaceProps) {
  const { say, ward, language } = page;
  const name = ward.name(kind, id, language);
  const at = `/console/catalogue/${kind}/${encodeURIComponent(id)}`;
  return (
    <div class="catalogue-acts">
      <form method="post" action={`${at}/move`}>
        <Version page={page} />
        <Move direction="up" page={page} name={name} disabled={index === 0} />
        <Move direction="down" page={page} name={name} disabled={index === count - 1} />
      </form>
      <a href={at} aria-label={say("catalogue:editNamed", { name })}>
        {say("catalogue:edit")}
      </a>
      {kind !== "groups" && (
        <a href={`${at}/retire`} aria-label={say("catalogue:retireNamed", { name })}>
          {say("catalogue:retire")}
        </a>
      )}
    </div>
  );
}

function Move({
  direction,
  page: { say },
  name,
  disabled,
}: {
  direction: "up" | "down";
  page: Page;
  name: string;
  disabled: boolean;
}) {
  const label = say(`catalogue:${direction}Named`, { name });
  return (
    <button class="secondary move" name="direction" value={direction} aria-label={label} disabled={disabled}>
      <span aria-hidden="true">{direction === "up" ? "↑" : "↓"}</span>
    </button>
  );
}

/** Which ward the form was drawn from: an older one changes nothing. */
export function Version({ page: { ward } }: { page: Page }) {
  return <input type="hidden" name="version" value={String(ward.version)} />;
}

function Retired({ view: { page, choosers } }: { view: ListView }) {
  const { say, ward, language } = page;
  const retired = retiredOf(ward.catalogue);
  const all = (["categories", "districts"] as const).flatMap((kind) =>
    retired[kind].map((id) => ({ kind, id, name: ward.name(kind, id, language) })),
  );
  return (
    <section aria-labelledby="retired">
      <h2 id="retired">{say("catalogue:retiredTitle")}</h2>
      <p class="hint">{say(`catalogue:${all.length === 0 ? "noneRetired" : "retiredHint"}`)}</p>
      <ul class="catalogue-list">
        {all.map(({ kind, id, name }) => (
          <li class="catalogue-row" id={`${kind}-${id}`} tabindex={-1}>
            <span class="catalogue-name">
              {name} <span class="state">{say(`catalogue:kind.${kind}`)}</span>{" "}
              <span class="hint">
                {say("catalogue:retiredChoosers", {
                  count: writtenNumber(page, choosers[kind].get(id) ?? 0),
                })}
              </span>
            </span>
            <div class="catalogue-acts">
              <form method="post" action={`/console/catalogue/${kind}/${encodeURIComponent(id)}/bring-back`}>
                <Version page={page} />
                <button class="secondary" aria-label={say("catalogue:bringBackNamed", { name })}>
                  {say("catalogue:bringBack")}
                </button>
              </form>
              <a
                href={`/console/catalogue/${kind}/${encodeURIComponent(id)}`}
                aria-label={say("catalogue:editNamed", { name })}
              >
                {say("catalogue:edit")}
              </a>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
