import type { PreferenceChange } from "../residents/preferences.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { Intent } from "./intent.ts";

/** What an intent changes. */
export function changesOf(intent: Intent, ward: Ward): PreferenceChange[] {
  switch (intent.do) {
    case "setLanguage":
      return [{ kind: "language", to: intent.to }];
    case "takeBundle": {
      const bundle = ward.profile.bundles.find(({ id }) => id === intent.id);
      const all = ward.categories.map(({ id }) => id);
      return bundle === undefined
        ? []
        : [{ kind: "categories", ids: bundle.categories === "all" ? all : bundle.categories }];
    }
    case "setCategory":
      return [{ kind: "category", id: intent.id, chosen: intent.on }];
    case "setGroup":
      return [
        {
          kind: "group",
          ids: ward.categories.filter(({ group }) => group === intent.id).map(({ id }) => id),
          chosen: intent.on,
        },
      ];
    case "onlyEmergencies":
      return [
        { kind: "categories", ids: ward.categories.filter(({ emergency }) => emergency).map(({ id }) => id) },
      ];
    case "finishCategories":
      return [{ kind: "skip", question: "categories" }];
    case "setDistrict":
      return [{ kind: "district", id: intent.id, chosen: intent.on }];
    case "finishDistricts":
      return [{ kind: "skip", question: "districts" }];
    case "addChild":
      return intent.month === undefined ? [] : [{ kind: "child", birthMonth: intent.month, added: true }];
    case "removeChild":
      return [{ kind: "child", birthMonth: intent.month, added: false }];
    case "finishChildren":
      return [{ kind: "skip", question: "children" }];
    default:
      return [];
  }
}

/** An intent about something the ward does not offer (any more), or that cannot be meant, is no intent. */
export function offered(intent: Intent | undefined, ward: Ward, today: string): Intent | undefined {
  switch (intent?.do) {
    case "setLanguage":
      return ward.languages.includes(intent.to) ? intent : undefined;
    case "takeBundle":
      return ward.profile.bundles.some(({ id }) => id === intent.id) ? intent : undefined;
    case "setCategory":
      return ward.categories.some(({ id }) => id === intent.id) ? intent : undefined;
    case "setGroup":
      return ward.profile.groups.some(({ id }) => id === intent.id) ? intent : undefined;
    case "setDistrict":
      return ward.districts.includes(intent.id) ? intent : undefined;
    case "addChild":
      return intent.month === undefined || isBirthMonth(intent.month, today) ? intent : undefined;
    default:
      return intent;
  }
}

function isBirthMonth(month: string, today: string): boolean {
  return month <= today.slice(0, 7) && Number(month.slice(0, 4)) >= Number(today.slice(0, 4)) - 19;
}
