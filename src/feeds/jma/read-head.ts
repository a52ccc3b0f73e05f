import type { Remark, Telegram } from "../../alerts/hazards/hazard.ts";
import { type XmlElement, child, path, textOf } from "../xml/element.ts";
import { unknownRemark } from "../findings.ts";
import { instantOf } from "../times.ts";

const reportNamespace = "http://xml.kishou.go.jp/jmaxml1/";

const statuses: ReadonlyMap<string, Telegram["status"]> = new Map([
  ["通常", "actual"],
  ["訓練", "exercise"],
  ["試験", "test"],
]);
const infoTypes: ReadonlyMap<string, Telegram["infoType"]> = new Map([
  ["発表", "issue"],
  ["訂正", "correction"],
  ["取消", "cancellation"],
]);

/** What every telegram has in common (fact sheet 1.3). */
export interface ReadHead {
  telegram: Telegram;
  office: string;
  head: XmlElement;
  body: XmlElement | undefined;
  /** What of it was not understood. */
  remarks: Remark[];
  /** False: nothing of the Body may be believed, because it is not known what the telegram wants to be. */
  understood: boolean;
}

export function readHead(
  report: XmlElement,
  entry: { id: string; type: string },
): ReadHead | { refused: "not_a_telegram"; detail: string } {
  const head = child(report, "Head");
  const control = child(report, "Control");
  if (report.name !== "Report" || report.namespace !== reportNamespace || !head || !control) {
    return { refused: "not_a_telegram", detail: "is not a Report with Control and Head" };
  }
  const reportedAt = instantOf(textOf(head, "ReportDateTime"));
  if (reportedAt === undefined) return { refused: "not_a_telegram", detail: "has no ReportDateTime" };

  const statusText = textOf(control, "Status");
  const infoTypeText = textOf(head, "InfoType");
  const status = statuses.get(statusText);
  const infoType = infoTypes.get(infoTypeText);
  const remarks = [
    ...(status === undefined ? [unknownRemark(`Status 「${statusText}」`)] : []),
    ...(infoType === undefined ? [unknownRemark(`InfoType 「${infoTypeText}」`)] : []),
  ];
  const office = textOf(control, "EditorialOffice");
  const telegram: Telegram = {
    id: entry.id,
    source: "jma",
    type: entry.type,
    // What is not known to be real is never treated as real (invariant 8).
    status: status ?? "unknown",
    infoType: infoType ?? "issue",
    // Weather warnings have no EventID, and two offices may issue the same type in the same minute: the office tells
    // them apart, and one office's cancellation from another's.
    eventId: textOf(head, "EventID") || office,
    serial: textOf(head, "Serial"),
    title: textOf(head, "Title"),
    publisher: textOf(control, "PublishingOffice") || office,
    reportedAt,
    headline: textOf(path(head, "Headline"), "Text"),
  };
  return { telegram, office, head, body: child(report, "Body"), remarks, understood: infoType !== undefined };
}
