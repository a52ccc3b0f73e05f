import { type Xml, el, elWith, japanTime, worldTime } from "./xml.ts";

/** 通常, 訓練, 試験. */
export type ReportStatus = "通常" | "訓練" | "試験";

export interface ReportParts {
  controlTitle: string;
  headTitle: string;
  at: number;
  status?: ReportStatus;
  infoType?: "発表" | "訂正" | "取消";
  eventId?: string;
  serial?: string;
  infoKind: string;
  infoKindVersion: string;
  editorialOffice?: string;
  publishingOffice?: string;
  headline: string;
  information?: readonly Xml[];
  subject: "meteorology1" | "seismology1";
  body: readonly Xml[];
}

const root = "http://xml.kishou.go.jp/jmaxml1/";

/** The skeleton that all of JMA's telegrams share: Control, Head, Body. */
export function report(parts: ReportParts): string {
  const { status = "通常", infoType = "発表", eventId = "", serial = "", at, information = [] } = parts;
  const { editorialOffice = "気象庁本庁", publishingOffice = "気象庁" } = parts;
  const headline = status === "訓練" ? `＊＊＊これは訓練です＊＊＊\n${parts.headline}` : parts.headline;
  const minute = japanTime(Math.floor(at / 60_000) * 60_000);
  const filled = (name: string, text: string) => (text === "" ? el(name) : el(name, text));
  const whole = elWith(
    "Report",
    { xmlns: root, "xmlns:jmx": root },
    el(
      "Control",
      el("Title", parts.controlTitle),
      el("DateTime", worldTime(at)),
      el("Status", status),
      el("EditorialOffice", editorialOffice),
      el("PublishingOffice", publishingOffice),
    ),
    elWith(
      "Head",
      { xmlns: `${root}informationBasis1/` },
      el("Title", parts.headTitle),
      el("ReportDateTime", minute),
      el("TargetDateTime", minute),
      filled("EventID", eventId),
      el("InfoType", infoType),
      filled("Serial", serial),
      el("InfoKind", parts.infoKind),
      el("InfoKindVersion", parts.infoKindVersion),
      el("Headline", el("Text", headline), information),
    ),
    elWith(
      "Body",
      { xmlns: `${root}body/${parts.subject}/`, "xmlns:jmx_eb": `${root}elementBasis1/` },
      parts.body,
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${whole.markup}\n`;
}

/** The time of an event in its id: `20261120093000`. */
export function eventIdOf(at: number): string {
  return japanTime(at).replaceAll(/[-:T]|\+.*$/g, "");
}
