import type { Message } from "../messages/flex.ts";
import { type OpenAlert, isEmergency } from "../messages/open-alert.ts";
import type { Preferences, Question, Resident } from "../residents/preferences.ts";
import type { ResidentStore } from "../residents/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Sentences } from "../shared/i18n.ts";
import { tokyoDate } from "../shared/tokyo.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type Intent, decodeIntent } from "./intent.ts";
import { changesOf, offered } from "./intent-effects.ts";
import { matchLanguage } from "./language.ts";
import { askCategories } from "./screens/categories.ts";
import { askChildren } from "./screens/children.ts";
import { askDistricts } from "./screens/districts.ts";
import { showAlerts, showDisaster, showHotline, showSafety, showShelters } from "./screens/emergency.ts";
import { askForget, plain, showContact, showHelp, showMenu } from "./screens/notices.ts";
import { asksChildren, showSettings } from "./screens/settings.ts";
import { askBundle, askLanguage, greeting } from "./screens/welcome.ts";
import { createTextReader } from "./understand-text.ts";
import type { View } from "./view.ts";

/** What a resident did, without anything of LINE's transport. `at` is LINE's timestamp. */
export type ResidentEvent = { userId: string; at: number } & (
  | { kind: "follow" }
  | { kind: "leave" }
  | { kind: "tap"; data: string; date?: string }
  | { kind: "text"; text: string }
  | { kind: "other" }
);

export interface Answer {
  messages: Message[];
  /** The resident's language now, whose rich menu they should see; undefined for somebody we no longer know. */
  language: string | undefined;
}

export interface ConversationDeps {
  ward: Ward;
  sentences: Sentences;
  residents: ResidentStore;
  clock: Clock;
  /** Asks LINE for the language of somebody's profile; undefined when LINE does not say. */
  profileLanguage: (userId: string) => Promise<string | undefined>;
  /** What is in force now, drills as well. */
  openAlerts: () => Promise<readonly OpenAlert[]>;
  /** How many more are in force than those, none of them graver. */
  moreOpen: () => Promise<number>;
}

/** Answers what residents do: saves what they chose and returns what to say. Undefined when nothing is to be said. */
export function createConversation(
  deps: ConversationDeps,
): (event: ResidentEvent) => Promise<Answer | undefined> {
  const { ward, sentences, residents, clock, openAlerts, moreOpen } = deps;
  const readText = createTextReader(ward, sentences);

  async function firstLanguage(userId: string): Promise<string> {
    const known = await residents.find(userId);
    if (known !== undefined && (known.standing === "following" || known.answered.size > 0))
      return known.preferences.language;
    return matchLanguage(await deps.profileLanguage(userId), ward.languages) ?? ward.mainLanguage;
  }

  async function viewOf(preferences: Preferences): Promise<View> {
    const alerts = await openAlerts();
    const moreAlerts = await moreOpen();
    const language = ward.languages.includes(preferences.language) ? preferences.language : ward.mainLanguage;
    const say: View["say"] = (key, values) => sentences.say(language, `conversation:${key}`, values);
    return { ward, sentences, language, preferences, alerts, moreAlerts, today: tokyoDate(clock.now()), say };
  }

  /** Goes on with the first question that was never answered; when none is left, shows what is set. */
  function next({ answered }: Resident, view: View): Message[] {
    const open = (question: Question) => !answered.has(question);
    if (open("language")) return greeting(view);
    if (open("categories")) return askBundle(view);
    if (open("districts") && ward.districts.length > 0) return askDistricts(view, { first: true });
    if (open("children") && asksChildren(view)) return askChildren(view);
    return showSettings(view, "settings.saved");
  }

  async function follow(userId: string, at: number): Promise<Answer> {
    const resident = await residents.follow(userId, await firstLanguage(userId), at);
    const view = await viewOf(resident.preferences);
    const back = resident.answered.has("categories");
    const greeted = back
      ? showSettings(view, "settings.title", view.say("greeting.back"))
      : next(resident, view);
    return { language: view.language, messages: [...alertsFirst(view), ...greeted] };
  }

  /** Whoever comes in an emergency comes because of it; who changes language could not read what was said of it. */
  function alertsFirst(view: View): Message[] {
    return isEmergency(view.alerts, clock.now()) ? showAlerts(view) : [];
  }

  async function obey(
    intent: Intent | undefined,
    userId: string,
    at: number,
    otherwise: "menu.notUnderstood" | "menu.oldButton",
  ): Promise<Answer> {
    const language = await firstLanguage(userId);
    if (intent?.do === "forget") {
      await residents.forget(userId, at);
      return { language: undefined, messages: plain(sentences.say(language, "conversation:forget.done")) };
    }
    const resident = await residents.change(
      userId,
      intent === undefined ? [] : changesOf(intent, ward),
      language,
      at,
    );
    const view = await viewOf(resident.preferences);
    return {
      language: view.language,
      messages: intent === undefined ? showMenu(view, otherwise) : screenAfter(intent, resident, view),
    };
  }

  function screenAfter(intent: Exclude<Intent, { do: "forget" }>, resident: Resident, view: View): Message[] {
    switch (intent.do) {
      case "askLanguage":
        return askLanguage(view);
      case "setLanguage":
        return [
          ...alertsFirst(view),
          ...(resident.answered.has("categories")
            ? showSettings(view, "settings.saved", view.say("language.changed"))
            : next(resident, view)),
        ];
      case "askBundle":
        return askBundle(view);
      case "takeBundle": {
        const bundle = ward.profile.bundles.find(({ id }) => id === intent.id);
        return bundle?.asksDistrict === true ? next(resident, view) : showSettings(view, "settings.saved");
      }
      case "askCategories":
        return askCategories(view, intent.group);
      case "setCategory":
        return askCategories(view, ward.categories.find(({ id }) => id === intent.id)?.group);
      case "setGroup":
        return askCategories(view, intent.id);
      case "askDistricts":
        return askDistricts(view, { first: !resident.answered.has("districts") });
      case "setDistrict":
        return intent.goOn === true ? next(resident, view) : askDistricts(view, { first: false });
      case "askChildren":
      case "addChild":
      case "removeChild":
        return askChildren(view);
      case "finishCategories":
      case "finishDistricts":
      case "finishChildren":
        return next(resident, view);
      case "showSettings":
        return showSettings(view);
      case "onlyEmergencies":
        return showSettings(view, "settings.saved", view.say("onlyEmergencies.done"));
      case "askForget":
        return askForget(view);
      case "keep":
        return showSettings(view, "settings.title", view.say("forget.kept"));
      case "showHelp":
        return showHelp(view);
      case "showDisaster":
        return showDisaster(view);
      case "showContact":
        return showContact(view);
      case "showShelters":
        return showShelters(view);
      case "showSafety":
        return showSafety(view);
      case "showHotline":
        return showHotline(view);
      case "showMenu":
        return showMenu(view);
    }
  }

  /** In an emergency, who asks for help or writes what we do not understand means the emergency. */
  async function meant(intent: Intent | undefined): Promise<Intent | undefined> {
    if (intent !== undefined && intent.do !== "showHelp") return intent;
    return isEmergency(await openAlerts(), clock.now()) ? { do: "showDisaster" } : intent;
  }

  return async (event) => {
    const { userId, at } = event;
    switch (event.kind) {
      case "follow":
        return follow(userId, at);
      case "leave":
        await residents.leave(userId, ward.mainLanguage, at);
        return undefined;
      case "tap":
        return obey(
          offered(decodeIntent(event.data, event.date), ward, tokyoDate(clock.now())),
          userId,
          at,
          "menu.oldButton",
        );
      case "text":
        return obey(await meant(readText(event.text)), userId, at, "menu.notUnderstood");
      case "other":
        return obey(await meant(undefined), userId, at, "menu.notUnderstood");
    }
  };
}
