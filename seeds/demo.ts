import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../db/open.ts";
import { type Config, readConfig } from "../src/config.ts";
import { ensureFacets } from "../src/residents/facet-store.ts";
import { createResidentStore } from "../src/residents/store.ts";
import { createSeedStore } from "../src/residents/seed-store.ts";
import { loadSentences } from "../src/shared/i18n.ts";
import { createLogger } from "../src/shared/logger.ts";
import { projectPath } from "../src/shared/project-root.ts";
import { loadWard } from "../src/shared/ward/ward.ts";
import { type Simulator, startSimulator } from "../src/simulator/index.ts";
import { startKairan } from "../src/start.ts";
import { type Login, schedule, watchArrivals } from "./demo/broadcasts.ts";
import { seedHistory } from "./demo/history.ts";
import { type Phone, registerPhones } from "./demo/phones.ts";
import { seededRandom, syntheticResident, syntheticUserId } from "./residents.ts";

const residents = 320;
const { say } = loadSentences();

/** Says a sentence in Japanese and in English. */
function tell(key: string, values: Record<string, string | number> = {}): void {
  for (const language of ["ja", "en"]) console.log(say(language, `demo:${key}`, values));
}

async function seedSyntheticResidents(config: Config, line: Simulator): Promise<void> {
  const db = openDatabase(config.databaseUrl);
  const random = seededRandom(7);
  const everybody = Array.from({ length: residents }, (_, index) =>
    syntheticResident(index + 1, ward, ward.languages, random),
  );
  await createSeedStore(db, ensureFacets(db.sqlite, ward)).add(everybody, Date.now());
  db.close();
  line.platform.addUserRange({ from: syntheticUserId(1), count: residents });
}

/** What each phone's owner chose. Only the demo looks at single residents: neither console nor API ever shows one. */
async function choicesOf(owners: Phone[]): Promise<Map<string, readonly string[]>> {
  const db = openDatabase(config.databaseUrl);
  const store = createResidentStore(db, ensureFacets(db.sqlite, ward));
  const found = await Promise.all(
    owners.map(async ({ id }) => [id, [...((await store.find(id))?.preferences.categories ?? [])]] as const),
  );
  db.close();
  return new Map(found);
}

/** The wanted port, or the next one that nobody uses. */
async function freePort(wanted: number): Promise<number> {
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(wanted, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
  return isFree ? wanted : freePort(wanted + 1);
}

tell("starting");
const ward = loadWard(projectPath("seeds", "wards", "mihon", "profile.json"));
const folder = mkdtempSync(join(tmpdir(), "kairan-demo-"));
const line = await startSimulator({
  port: await freePort(4000),
  displayName: ward.wardName(ward.mainLanguage),
  switches: { localPictures: true },
  // A real place to JMA, under the name of the ward that does not exist.
  municipality: { code: "1310900", name: ward.wardName("ja") },
});
const port = await freePort(3000);
const administrator = "demo-administrator";
const config = readConfig({
  NODE_ENV: "development",
  PORT: String(port),
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  DATABASE_URL: `file:${join(folder, "kairan.db")}`,
  LINE_CHANNEL_SECRET: line.platform.channel.secret,
  LINE_CHANNEL_ACCESS_TOKEN: line.platform.channel.accessToken,
  LINE_API_BASE_URL: line.url,
  JMA_FEED_BASE_URL: `${line.url}/jma/developer/xml/feed`,
  FEED_POLL_SECONDS: "2",
  BOOTSTRAP_API_KEY: administrator,
});
await seedSyntheticResidents(config, line);
let logins: Login[] = [];
const kairan = await startKairan(config, { log: createLogger("warn"), demoLogins: () => logins });
line.platform.webhook.url = `${kairan.url}/line/webhook`;
// The phones come when their menus are there, as residents would after a ward has set up its account.
await line.platform.waitUntil(() => line.platform.richMenuOf(syntheticUserId(1)) !== undefined, {
  timeoutMs: 60_000,
  what: "the rich menu",
});
const phones = await registerPhones(line.platform);
await line.platform.waitUntil(() => phones.every(({ id }) => line.platform.richMenuOf(id)?.by === "user"), {
  timeoutMs: 60_000,
  what: "each phone's own rich menu",
});
const chosen = await choicesOf(phones);
const staff = await schedule(kairan.url, administrator);
const { keys, scheduled } = staff;
logins = staff.logins;
const idOf = (role: string) => logins.find((login) => login.role === role)?.staffId ?? "";
await seedHistory(config, ward, { authorId: idOf("author"), approverId: idOf("approver") });

tell("ready");
console.log("");
tell("phones", { url: `${line.url}/phones` });
tell("console", { url: `${kairan.url}/console` });
tell("api", { url: kairan.url });
console.log("");
tell("residents", { count: residents });
tell("keys", { ...keys, administrator });
for (const { title, at, categories } of scheduled) {
  const names = phones
    .filter((phone) => chosen.get(phone.id)?.some((id) => categories.includes(id)))
    .map((phone) => phone.name);
  tell("scheduled", { title, time: at, names: names.join("、") });
}
tell("disaster");
tell("try");
watchArrivals(line.platform, phones, (title, names) => tell("arrived", { title, names: names.join("、") }));

const end = (): void => {
  void kairan
    .stop()
    .then(() => line.close())
    .then(() => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(0);
    });
};
process.once("SIGINT", end).once("SIGTERM", end);
