import { readFileSync } from "node:fs";
import { projectPath } from "../../src/shared/project-root.ts";
import type { Platform } from "../../src/simulator/index.ts";
import type { Phone } from "./phones.ts";

interface DemoBroadcast {
  title: string;
  afterSeconds: number;
  audience: { categories: { anyOf: string[] } };
  contents: Record<string, { title: string }>;
}

export interface Scheduled {
  title: string;
  /** In Tokyo, `09:00:30`. */
  at: string;
  categories: string[];
}

/** One person for each role of the staff, an author who belongs to a section, and a second duty officer, who confirms. */
export interface Login {
  role: string;
  name: string;
  staffId: string;
}

const people = {
  author: "広報 はな",
  sectionAuthor: "子育 めぐみ",
  approver: "課長 たろう",
  dutyOfficer: "防災 まもる",
  secondDutyOfficer: "当直 あきら",
  viewer: "福祉 みなみ",
  administrator: "情報 しょう",
  auditor: "監査 けい",
};

/** The first author is central staff and addresses everything; the other one belongs to the section of childcare. */
const sections = [
  {
    nameJa: "広報課",
    nameEn: "Public Relations",
    categories: ["newsletter", "events", "culture"],
    members: [],
  },
  {
    nameJa: "子育て支援課",
    nameEn: "Childcare Support",
    categories: ["childcare", "school", "youth", "events"],
    members: ["sectionAuthor"],
  },
];

/** Has an author write the demo's broadcasts and an approver approve them, through the API as anybody would. */
export async function schedule(
  url: string,
  administrator: string,
): Promise<{ keys: { author: string; approver: string }; logins: Login[]; scheduled: Scheduled[] }> {
  const logins: Login[] = [];
  for (const [role, name] of Object.entries(people))
    logins.push({ role, name, staffId: await hire(url, administrator, role, name) });
  for (const { members, ...section } of sections) {
    const ids = logins.filter(({ role }) => members.includes(role)).map(({ staffId }) => staffId);
    await post(url, administrator, "/sections", { ...section, members: ids });
  }
  const keyOf = (role: string) => keyFor(url, administrator, logins, role);
  const keys = { author: await keyOf("author"), approver: await keyOf("approver") };
  const scheduled: Scheduled[] = [];
  for (const { afterSeconds, ...draft } of readBroadcasts()) {
    const sendAt = new Date(Date.now() + afterSeconds * 1000);
    const { id } = await post(url, keys.author, "/broadcasts", { ...draft, sendAt: sendAt.toISOString() });
    await post(url, keys.author, `/broadcasts/${id}/submit`);
    await post(url, keys.approver, `/broadcasts/${id}/approve`);
    const at = sendAt.toLocaleTimeString("ja-JP", { timeZone: "Asia/Tokyo" });
    scheduled.push({ title: draft.title, at, categories: draft.audience.categories.anyOf });
  }
  return { keys, logins, scheduled };
}

/** Tells once of each broadcast when it has reached phones of the demo. */
export function watchArrivals(
  platform: Platform,
  phones: Phone[],
  tell: (title: string, names: string[]) => void,
): void {
  const waiting = new Set(readBroadcasts());
  platform.subscribe((change) => {
    if (change.of !== "messages") return;
    const heading = JSON.stringify(change.batch.messages);
    for (const broadcast of waiting) {
      if (!Object.values(broadcast.contents).some(({ title }) => heading.includes(title))) continue;
      waiting.delete(broadcast);
      // Its batches, one for each language, arrive within the same moment.
      setTimeout(() => tell(broadcast.title, reached(platform, phones, broadcast)), 1_500);
    }
  });
}

function reached(platform: Platform, phones: Phone[], { contents }: DemoBroadcast): string[] {
  const titles = Object.values(contents).map(({ title }) => title);
  const has = ({ id }: Phone) =>
    platform
      .inbox(id)
      .some(
        (entry) =>
          entry.from === "bot" && titles.some((title) => JSON.stringify(entry.messages).includes(title)),
      );
  return phones.filter(has).map((phone) => phone.name);
}

function readBroadcasts(): DemoBroadcast[] {
  return JSON.parse(readFileSync(projectPath("seeds", "demo", "broadcasts.json"), "utf8")) as DemoBroadcast[];
}

async function hire(url: string, administrator: string, role: string, name: string): Promise<string> {
  const { id } = await post(url, administrator, "/staff", {
    name,
    email: `${role.toLowerCase()}@mihon.example`,
    roles: [role === "sectionAuthor" ? "author" : role === "secondDutyOfficer" ? "dutyOfficer" : role],
  });
  return id;
}

async function keyFor(url: string, administrator: string, logins: Login[], role: string): Promise<string> {
  const staffId = logins.find((login) => login.role === role)?.staffId ?? "";
  const { key } = await post(url, administrator, `/staff/${staffId}/api-keys`, { label: "demo" });
  return key ?? "";
}

async function post(
  url: string,
  key: string,
  path: string,
  body?: unknown,
): Promise<{ id: string; key?: string }> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as { id: string; key?: string };
}
