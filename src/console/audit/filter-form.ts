import type { AuditFilter } from "../../audit/record-store.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { staffLanguages } from "../page.ts";

/** The fields of the filter as text, so that they can be shown again; empty ones ask nothing. */
export interface FilterForm {
  person: string;
  act: string;
  about: string;
  /** Days in Tokyo, `2026-11-20`; the last one is part of it. */
  from: string;
  to: string;
  /** Goes on below this number. */
  before: string;
}

const dayMs = 24 * 60 * 60 * 1000;

export function readFilter(fields: unknown): FilterForm {
  const one = (name: string): string => {
    const value: unknown = Object(fields)[name];
    return typeof value === "string" ? value.trim().slice(0, 200) : "";
  };
  return {
    person: one("person"),
    act: one("act"),
    about: one("about"),
    from: one("from"),
    to: one("to"),
    before: one("before"),
  };
}

/** What the fields ask for; a day that is none asks nothing. Categories, districts and groups are found by their names, too. */
export function filterOf(ward: Ward, { person, act, about, from, to }: FilterForm): AuditFilter {
  const end = startOfDay(to);
  return {
    actor: person === "" ? undefined : person,
    act: act === "" ? undefined : act,
    subject: about === "" ? undefined : about,
    subjects: about === "" ? undefined : idsNamed(ward, about),
    from: startOfDay(from),
    to: end === undefined ? undefined : end + dayMs,
  };
}

/** Retired ones as well: what was done to them is still on record. */
function idsNamed(ward: Ward, part: string): string[] {
  const { groups, districts } = ward.catalogue;
  const all = [
    ...groups.flatMap(({ categories }) => categories.map(({ id }) => ["categories", id] as const)),
    ...districts.map(({ id }) => ["districts", id] as const),
    ...groups.map(({ id }) => ["groups", id] as const),
  ];
  return all
    .filter(([kind, id]) => staffLanguages.some((language) => ward.name(kind, id, language).includes(part)))
    .map(([, id]) => id);
}

/** The address of a page with this filter. */
export function linkTo(form: Partial<FilterForm>): string {
  const given = Object.entries(form).filter(([, value]) => value !== "");
  const query = new URLSearchParams(given).toString();
  return query === "" ? "/console/audit" : `/console/audit?${query}`;
}

function startOfDay(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const at = Date.parse(`${day}T00:00:00+09:00`);
  return Number.isNaN(at) ? undefined : at;
}
