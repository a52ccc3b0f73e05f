import { z } from "zod";
import { addresseesProblems, addresseesSchema } from "../../broadcasts/addressees.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { wardProfileSchema } from "../../shared/ward/profile.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { may } from "../../staff/permissions.ts";
import { ApiProblem } from "../problem.ts";
import { type Route, route } from "../route.ts";

const names = z.record(z.string(), z.string()).describe("By language id.");
const wardAnswer = z.strictObject({
  id: z.string(),
  names,
  languages: z.array(z.strictObject({ id: z.string(), name: z.string().describe("In itself.") })),
  groups: z.array(z.strictObject({ id: z.string(), names })),
  categories: z.array(z.strictObject({ id: z.string(), group: z.string(), emergency: z.boolean(), names })),
  districts: z.array(z.strictObject({ id: z.string(), names })),
  shelters: z.array(
    z.strictObject({
      id: z.string(),
      districts: z.array(z.string()).describe("Whom it is near; none: everybody."),
      latitude: z.number(),
      longitude: z.number(),
      names,
      addresses: names,
    }),
  ),
  jma: wardProfileSchema.shape.jma.describe(
    "By which codes the Meteorological Agency's telegrams mean the ward.",
  ),
});

const estimateAnswer = z.strictObject({
  total: z.int(),
  byLanguage: z.record(z.string(), z.int()),
  withoutPreferences: z.int().describe("Of the total, those who never chose anything."),
  explanation: z.strictObject({ ja: z.string(), en: z.string() }),
});

export function wardRoutes({
  ward,
  sentences,
  reach,
}: {
  ward: Ward;
  sentences: Sentences;
  reach: Reach;
}): Route[] {
  const named = (kind: "groups" | "categories" | "districts", id: string) =>
    Object.fromEntries(ward.languages.map((language) => [language, ward.name(kind, id, language)]));
  const ofShelter = (part: "name" | "address", id: string) =>
    Object.fromEntries(
      ward.languages.map((language) => [language, ward.shelter(id, language)?.[part] ?? ""]),
    );

  return [
    route({
      method: "get",
      path: "/ward",
      summary: "Categories, districts and languages of the ward",
      status: 200,
      answer: wardAnswer,
      problems: ["not_authenticated"],
      handle: async () => ({
        id: ward.id,
        names: Object.fromEntries(ward.languages.map((language) => [language, ward.wardName(language)])),
        languages: ward.languages.map((id) => ({
          id,
          name: sentences.say(id, "conversation:language.ownName"),
        })),
        groups: ward.profile.groups.map(({ id }) => ({ id, names: named("groups", id) })),
        categories: ward.categories.map((category) => ({
          ...category,
          names: named("categories", category.id),
        })),
        districts: ward.districts.map((id) => ({ id, names: named("districts", id) })),
        shelters: ward.shelters.map((shelter) => ({
          ...shelter,
          names: ofShelter("name", shelter.id),
          addresses: ofShelter("address", shelter.id),
        })),
        ...(ward.profile.jma === undefined ? {} : { jma: ward.profile.jma }),
      }),
    }),
    route({
      method: "post",
      path: "/audience/estimate",
      summary: "How many an audience would reach now, by language, and the rule in words",
      body: z.strictObject({ audience: addresseesSchema }),
      status: 200,
      answer: estimateAnswer,
      problems: ["not_authenticated", "role_missing", "invalid"],
      handle: async ({ actor, body: { audience } }) => {
        if (!may(actor, "broadcast.read")) throw new ApiProblem("role_missing");
        const problems = addresseesProblems(audience, ward);
        if (problems.length > 0) {
          const errors = problems.map((problem) => ({
            ...problem,
            field: problem.field === "" ? "audience" : `audience.${problem.field}`,
          }));
          throw new ApiProblem("invalid", { errors });
        }
        return { ...(await reach.count(audience)), explanation: reach.explain(audience) };
      },
    }),
  ];
}
