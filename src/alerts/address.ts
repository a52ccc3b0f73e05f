import type { Addressees } from "../broadcasts/addressees.ts";
import type { Mode } from "../outbox/order.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { Template } from "./templates/template.ts";

/**
 * Whom an alert addresses: by the rule of its template, in these districts or the whole ward. A rehearsal addresses the
 * staff test group, whatever the template says (invariant 8).
 */
export function addresseesOf(
  { audience }: Template,
  districts: readonly string[] | undefined,
  mode: Mode,
  ward: Ward,
): Addressees {
  if (mode === "rehearsal") return { testGroup: true };
  const where =
    districts === undefined
      ? {}
      : {
          districts: {
            anyOf: [...districts],
            ...(audience.withoutDistrict ? { orNone: true } : {}),
          },
        };
  if (audience.who === "everyone") return districts === undefined ? { everyone: true } : where;
  return { categories: { anyOf: categoriesOf(audience.categories, ward) }, ...where };
}

/** Those the template names, as far as the ward offers them; else the ward's emergency ones. */
function categoriesOf(named: readonly string[] | undefined, ward: Ward): string[] {
  const offered = ward.categories.filter(({ id }) => named?.includes(id));
  const found = offered.length > 0 ? offered : ward.categories.filter(({ emergency }) => emergency);
  // A ward that marks none: whoever follows at all is meant rather than nobody.
  return (found.length > 0 ? found : ward.categories).map(({ id }) => id);
}
