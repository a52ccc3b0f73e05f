import type { Reading, UnreadCause } from "../../alerts/hazards/hazard.ts";
import { plain } from "../plain.ts";
import type { TelegramRefusal } from "./read-telegram.ts";
import type { Announced, Unread, WhyUnread } from "./tell-unread.ts";

const causes: Readonly<Record<TelegramRefusal["refused"], UnreadCause>> = {
  malformed: "unreadNotXml",
  not_utf8: "unreadNotXml",
  doctype: "unreadDoctype",
  too_large: "unreadTooLarge",
  too_deep: "unreadTooLarge",
  too_many_elements: "unreadTooLarge",
  too_many_attributes: "unreadTooLarge",
  too_many_references: "unreadTooLarge",
  not_a_telegram: "unreadNotTelegram",
};

/** What was refused as staff are told it. What is broken may be whole the next time; what is whole stays what it is. */
export function asUnread({ refused, detail }: TelegramRefusal, bytes: Buffer): Unread {
  if (isWebPage(bytes)) return { unread: "unreadWebPage", detail: titleOf(bytes), mayChange: true };
  return { unread: causes[refused], detail, mayChange: causes[refused] === "unreadNotXml" };
}

const beginning = (bytes: Buffer) => bytes.toString("utf8", 0, 2_000);

function isWebPage(bytes: Buffer): boolean {
  return /<!doctype\s+html|<html[\s>]/i.test(beginning(bytes));
}

/** 「503 Service Unavailable」: whoever answered in between says it there. */
function titleOf(bytes: Buffer): string {
  return plain(/<title[^<>]*>([^<]{1,200})/i.exec(beginning(bytes))?.[1] ?? "", 200) || "HTML";
}

/**
 * A telegram of which nothing could be read, as far as it is known: by what announced it. It may be a drill, and about
 * anywhere, so it is of a status that nobody knows.
 */
export function unreadReading({ id, url, type, title, updatedAt }: Announced, why: WhyUnread): Reading {
  return {
    telegram: {
      id,
      source: "jma",
      type,
      status: "unknown",
      infoType: "issue",
      eventId: "",
      serial: "",
      title: plain(title, 200) || type || plain(id, 200),
      publisher: "気象庁",
      reportedAt: updatedAt,
      headline: "",
    },
    hazards: [],
    remarks: [
      {
        code: "unread",
        why: why.unread,
        detail: plain(why.detail, 300),
        ...(url === undefined || url === "" ? {} : { link: url }),
      },
    ],
  };
}
