import type { Hazard, Reading, Telegram } from "../../alerts/hazards/hazard.ts";
import { elsewhere, found, forInformation, unknown, unknownRemark } from "../findings.ts";
import { instantOf } from "../times.ts";
import { type XmlElement, all, children, textOf } from "../xml/element.ts";
import { type XmlRefusal, readXml } from "../xml/read-xml.ts";
import { type CapInfo, readInfo, tooLong } from "./cap-info.ts";
import { kindOfEvent, levelOf, mayHaveLevel, severityOf } from "./cap-events.ts";
import { type InboundWard, type Where, createPlaceFinder } from "./inbound-ward.ts";

const namespace = "urn:oasis:names:tc:emergency:cap:1.2";

const statuses: ReadonlyMap<string, Telegram["status"]> = new Map([
  ["Actual", "actual"],
  ["Exercise", "exercise"],
  ["System", "test"],
  ["Test", "test"],
  ["Draft", "test"],
]);
const messageTypes: ReadonlySet<string> = new Set(["Alert", "Update", "Cancel", "Ack", "Error"]);

/** One for each language; a message of a megabyte could have thousands, and each takes its time. */
const mostInfos = 50;
/** The country has 1,741 municipalities. */
const mostPlaces = 2_000;

export interface CapRefusal {
  refused: XmlRefusal["refused"] | "not_cap" | "invalid";
  /** Which element, and what it holds. */
  detail: string;
}

/**
 * A message of the ward's own systems in CAP 1.2 (fact sheet 4.2), one info for each language. Its event is that of the
 * first message it refers to, so senders list the original first. Whatever is not understood goes to a person.
 */
export async function readCap(bytes: Buffer, ward: InboundWard): Promise<{ reading: Reading } | CapRefusal> {
  const read = await readXml(bytes);
  if ("refused" in read) return read;
  const alert = read.ok;
  if (alert.name !== "alert" || alert.namespace !== namespace) {
    return { refused: "not_cap", detail: `is ${alert.name} of ${alert.namespace}`.slice(0, 200) };
  }
  const identifier = textOf(alert, "identifier");
  const sender = textOf(alert, "sender");
  const status = statuses.get(textOf(alert, "status"));
  const reportedAt = instantOf(textOf(alert, "sent"));
  const messageType = textOf(alert, "msgType");
  // Commas, spaces, < and & may not be in them (CAP 1.2, 3.2.1): references would fall apart.
  if (!isName(identifier)) return invalid("identifier", identifier);
  if (!isName(sender)) return invalid("sender", sender);
  if (reportedAt === undefined) return invalid("sent", textOf(alert, "sent"));
  if (status === undefined) return invalid("status", textOf(alert, "status"));
  if (!messageTypes.has(messageType)) return invalid("msgType", messageType);
  const [reference] = textOf(alert, "references").split(/\s+/);
  const [itsSender, itsId] = (reference ?? "").split(",");
  if (messageType === "Cancel" && !itsId) return invalid("references", reference ?? "");

  const given = children(alert, "info");
  if (given.length > mostInfos) return invalid("info", `${given.length}, at most ${mostInfos}`);
  const infos = given.map(readInfo);
  const long = infos.flatMap(tooLong)[0];
  if (long !== undefined) return invalid("too long", long);
  const main = infos.find(({ language }) => language === "ja") ?? infos[0];
  const telegram: Telegram = {
    id: `${sender},${identifier}`,
    source: "inbound",
    type: "cap",
    status,
    infoType: messageType === "Cancel" ? "cancellation" : "issue",
    eventId: itsSender && itsId ? `${itsSender},${itsId}` : `${sender},${identifier}`,
    serial: textOf(alert, "sent"),
    title: main === undefined ? "" : main.headline || main.event,
    publisher: main?.senderName || sender,
    reportedAt,
    headline: main?.headline ?? "",
  };
  return { reading: { telegram, ...findingsOf(alert, messageType, telegram, infos, main, ward) } };
}

function findingsOf(
  alert: XmlElement,
  messageType: string,
  telegram: Telegram,
  infos: CapInfo[],
  main: CapInfo | undefined,
  ward: InboundWard,
): Pick<Reading, "hazards" | "remarks"> {
  if (messageType === "Cancel") return found([]);
  if (messageType === "Ack" || messageType === "Error") return forInformation(`CAP ${messageType}`);
  const scope = textOf(alert, "scope");
  if (scope !== "Public") return unknown(`CAP scope 「${scope}」`);
  if (main === undefined) return unknown("CAP without info");
  const languages = infos.map(({ language }) => language);
  const doubts = [
    ...(languages.includes(undefined) ? ["CAP language"] : []),
    ...(new Set(languages).size < languages.length ? ["CAP with more than one info in a language"] : []),
    ...(infos.some((info) => info.lifted !== main.lifted || info.weight.severity !== main.weight.severity)
      ? ["CAP infos that contradict each other"]
      : []),
  ];
  if (doubts.length > 0) return unknown(...doubts);
  const where = whereOf(main.element, ward);
  if (where === "nowhere") return unknown("CAP without area");
  if (where === "tooMany") return unknown(`CAP with more than ${mostPlaces} areas`);
  return where === "elsewhere" ? elsewhere : hazardOf(telegram, infos, main, where);
}

function hazardOf(
  telegram: Telegram,
  infos: CapInfo[],
  main: CapInfo,
  where: Exclude<Where, "elsewhere">,
): Pick<Reading, "hazards" | "remarks"> {
  const { event, lifted } = main;
  // What is over may say so in its own name; then AllClear only repeats it.
  const understood = kindOfEvent(lifted ? event.replaceAll("解除", "") : event);
  if (understood === "doubtful") return unknown(`CAP event 「${event}」 without AllClear`);
  const kind = understood ?? "other";
  const level = mayHaveLevel(kind) ? (levelOf(event) ?? levelOf(main.levelParameter)) : undefined;
  const hazard: Hazard = {
    kind,
    // Not by kind: what lifts it may be called otherwise than what began it.
    subject: `inbound:${telegram.eventId}`,
    phase: lifted ? "lifted" : "active",
    severity: lifted ? "none" : severityOf(main.weight),
    ...(level === undefined || lifted ? {} : { level }),
    name: event,
    area: main.area,
    text: main.body,
    texts: Object.fromEntries(
      infos.map(({ language = "", headline, event: name, body }) => [
        language,
        { title: headline || name, body },
      ]),
    ),
    ...("districts" in where ? { districts: where.districts } : {}),
    ...(main.expiresAt === undefined ? {} : { expiresAt: main.expiresAt }),
  };
  const remarks = [
    ...(understood === undefined ? [unknownRemark(`CAP event 「${event}」`)] : []),
    ...(main.expiresAt === undefined && main.expires !== ""
      ? [unknownRemark(`CAP expires 「${main.expires}」`)]
      : []),
  ];
  return found([hazard], remarks);
}

/** Of all areas of an info. Codes go before words: an area that has codes and none of ours is elsewhere. */
function whereOf(info: XmlElement, ward: InboundWard): Where | "nowhere" | "tooMany" {
  const areas = children(info, "area");
  const parts = areas.flatMap((area) => {
    const codes = all(area, "geocode", "value").map((value) => textOf(value));
    return codes.length > 0
      ? codes
      : [textOf(area, "areaDesc"), ...textOf(area, "areaDesc").split(/[、,，]/)];
  });
  if (parts.every((part) => part === "")) return "nowhere";
  if (parts.length > mostPlaces) return "tooMany";
  const { isWard, districtOf } = createPlaceFinder(ward);
  if (parts.some(isWard)) return { whole: true };
  const districts = parts.flatMap((part) => districtOf(part) ?? []);
  return districts.length > 0 ? { districts: [...new Set(districts)] } : "elsewhere";
}

function isName(text: string): boolean {
  return text !== "" && text.length <= 200 && !/[\s,<&\p{Cc}]/u.test(text);
}

function invalid(element: string, value: string): CapRefusal {
  return { refused: "invalid", detail: `${element}: 「${value.replaceAll(/\p{Cc}/gu, " ").slice(0, 100)}」` };
}
