import {
  type FlexBubble,
  type FlexComponent,
  type Message,
  bubble,
  button,
  carousels,
  colours,
  flex,
  note,
  paragraph,
  shorten,
  title,
  withQuickReplies,
} from "../../messages/flex.ts";
import { type OpenAlert, gravestFirst, saidBy } from "../../messages/open-alert.ts";
import { mapUrl } from "../../messages/notice-parts.ts";
import { withoutReadings } from "../../messages/without-readings.ts";
import { type View, openPage, quickTap } from "../view.ts";
import { alertCard, alertsAsText } from "./alert-card.ts";

const mostCards = 8;
const mostTitles = 20;
const longestTitle = 100;
/** Of the five that LINE takes in one reply, two are for shelters, telephones and links. */
const mostMessages = 2;
const sheltersAtOnce = 6;
const messageBoard = "https://www.web171.jp/";

/**
 * The open alerts in the resident's language, the gravest first; nothing when there are none. What has no room for a card of
 * its own is named on the last one, and counted: nothing is left out without a word.
 */
export function showAlerts(view: View): Message[] {
  const alerts = gravestFirst(view.alerts);
  if (alerts.length === 0) return [];
  for (let cards = Math.min(alerts.length, mostCards); ; cards -= 1) {
    const [told, rest] = [alerts.slice(0, cards), alerts.slice(cards)];
    const others = othersCard(view, rest);
    const altText = alertsAsText(view, told);
    const bubbles = [...told.map((alert) => alertCard(view, alert)), ...others];
    const messages = carousels(altText, bubbles);
    if (messages.length <= mostMessages || cards === 1) return messages.slice(0, mostMessages);
  }
}

function othersCard(view: View, rest: readonly OpenAlert[]): FlexBubble[] {
  const { say, ward, language } = view;
  const count = rest.length + view.moreAlerts;
  if (count === 0) return [];
  const titles = rest
    .slice(0, mostTitles)
    .map((alert) => shorten(saidBy(alert, ward.fallbacks(language)).notice.title, longestTitle));
  const unnamed = count - titles.length;
  const body = [
    title(say("emergency.others", { number: count })),
    ...titles.map((each) => paragraph(each)),
    ...(unnamed > 0 && titles.length > 0 ? [note(say("emergency.othersUnnamed", { number: unnamed }))] : []),
    note(say("emergency.othersSee")),
  ];
  return [bubble({ body, footer: [] })];
}

/** “What now?”: what is open, or that nothing is; where to go, whom to call, where the official words are. */
export function showDisaster(view: View): Message[] {
  const { say } = view;
  const open = showAlerts(view);
  const altText = [
    open.length === 0 ? say("emergency.none") : say("emergency.open"),
    say("disaster.title"),
    say("disaster.body"),
  ].join("\n");
  const rest = carousels(altText, [official(view, open.length === 0), ...shelterBubble(view)]);
  return withWays(view, [...open, ...rest]);
}

export function showShelters(view: View): Message[] {
  const { say } = view;
  const [shelters] = shelterBubble(view);
  if (shelters === undefined) return showDisaster(view);
  const names = nearest(view).map(({ name, address }) => `${name} ${address}`);
  const altText = [say("emergency.sheltersTitle"), say("emergency.sheltersBody"), ...names].join("\n");
  return withWays(view, [flex(altText, shelters)]);
}

/** How to learn that somebody is safe. Nothing that is said here is kept (invariant 10), and that is said too. */
export function showSafety(view: View): Message[] {
  const { say } = view;
  const body = [
    title(say("emergency.safetyTitle")),
    paragraph(say("emergency.safetyBody")),
    note(say("emergency.safetyPrivate")),
  ];
  const footer = [
    button(openPage(say("emergency.call171"), "tel:171"), "primary"),
    button(openPage(say("emergency.web171"), messageBoard)),
    button(openPage(say("disaster.call119"), "tel:119"), "primary", colours.danger),
  ];
  const altText = [
    say("emergency.safetyTitle"),
    say("emergency.safetyBody"),
    say("emergency.safetyPrivate"),
  ].join("\n");
  return withWays(view, [flex(altText, bubble({ body, footer }))]);
}

export function showHotline(view: View): Message[] {
  const { ward, say, language } = view;
  const { name, hours } = ward.contact(language);
  const body = [
    title(say("emergency.hotlineTitle")),
    paragraph(say("emergency.hotlineBody")),
    note(`${name}\n${hours}`),
  ];
  const footer = [
    button(openPage(say("disaster.call119"), "tel:119"), "primary", colours.danger),
    button(openPage(say("emergency.call110"), "tel:110")),
    callWard(view),
  ];
  const altText = [say("emergency.hotlineTitle"), say("emergency.hotlineBody"), name].join("\n");
  return withWays(view, [flex(altText, bubble({ body, footer }))]);
}

function official(view: View, nothingOpen: boolean): FlexBubble {
  const { ward, say, language } = view;
  const links = ward.profile.disaster.links.map(({ id, url }) =>
    button(openPage(ward.name("links", id, language), url)),
  );
  const call = button(openPage(say("disaster.call119"), "tel:119"), "primary", colours.danger);
  const body = nothingOpen
    ? [title(say("disaster.title")), paragraph(say("emergency.none")), paragraph(say("disaster.body"))]
    : [title(say("emergency.officialTitle")), paragraph(say("disaster.body"))];
  return bubble({ body, footer: [...links, callWard(view), call] });
}

function callWard({ ward, say }: View): FlexComponent {
  const phone = ward.profile.disaster.hotline ?? ward.profile.contact.phone;
  return button(openPage(say("emergency.callWard", { phone }), `tel:${phone.replaceAll("-", "")}`));
}

/** Those near the resident's districts first; where somebody is, is not known (invariant 10). None: no bubble. */
function shelterBubble(view: View): FlexBubble[] {
  const { ward, say } = view;
  const shelters = nearest(view);
  if (shelters.length === 0) return [];
  const rows = shelters.map(({ name, address }) => paragraph([name, address].join("\n").trim()));
  const maps = shelters.flatMap(({ name, latitude, longitude }) => {
    const url = mapUrl({ name, latitude, longitude });
    // The name stands above with its readings.
    const label = withoutReadings(say("emergency.showMap", { name }));
    return url === undefined ? [] : [button(openPage(label, url))];
  });
  const page = ward.profile.disaster.links.find(({ id }) => id === "shelters");
  const all = page === undefined ? [] : [button(openPage(say("emergency.allShelters"), page.url), "primary")];
  const near = isNear(view) ? [note(say("emergency.sheltersNear"))] : [];
  const body = [
    title(say("emergency.sheltersTitle")),
    paragraph(say("emergency.sheltersBody")),
    ...near,
    ...rows,
  ];
  return [bubble({ body, footer: [...maps, ...all] })];
}

function isNear({ ward, preferences }: View): boolean {
  return ward.shelters.some(({ districts }) => districts.some((id) => preferences.districts.has(id)));
}

function nearest(view: View) {
  const { ward, language, preferences } = view;
  const near = ward.shelters.filter(({ districts }) => districts.some((id) => preferences.districts.has(id)));
  const chosen = near.length > 0 ? near : ward.shelters;
  return chosen.slice(0, sheltersAtOnce).map(({ id, latitude, longitude }) => {
    const { name, address } = ward.shelter(id, language) ?? { name: id, address: "" };
    return { name, address, latitude, longitude };
  });
}

function withWays({ say }: View, messages: Message[]): Message[] {
  return withQuickReplies(messages, [
    quickTap(say("emergency.official"), { do: "showDisaster" }),
    quickTap(say("emergency.shelters"), { do: "showShelters" }),
    quickTap(say("emergency.safety"), { do: "showSafety" }),
    quickTap(say("emergency.hotline"), { do: "showHotline" }),
    quickTap(say("emergency.everyday"), { do: "showMenu" }),
  ]);
}
