import { parseArgs } from "node:util";
import { z } from "zod";
import { DatabaseTooNew } from "../../db/migrate.ts";
import { DatabaseNotDurable, openDatabase } from "../../db/open.ts";
import { createAuditStore } from "../audit/store.ts";
import { problemOfSystem } from "../config/problem-of-system.ts";
import { BadConfig, readStaffConfig } from "../config.ts";
import { systemClock } from "../shared/clock.ts";
import { loadSentences } from "../shared/i18n.ts";
import { createIds } from "../shared/ids.ts";
import { createInvitationStore } from "./invitation-store.ts";
import { createMemberStore } from "./member-store.ts";
import { createStaffParts } from "./parts-store.ts";
import { isStaffRefusal, system } from "./rules.ts";

// npm run staff -- create-administrator --email a@example.jp [--name "…"]
// npm run staff -- invite --email a@example.jp
// Whoever can type this on the server is the installation itself: no second administrator is asked.

const { say } = loadSentences();

/** Says a sentence in Japanese and in English. */
function tell(write: (line: string) => unknown, key: string, values: Record<string, string> = {}): void {
  for (const language of ["ja", "en"]) write(`${say(language, `staff:command.${key}`, values)}\n`);
}

function fail(key: string, values: Record<string, string> = {}): number {
  tell((line) => process.stderr.write(line), key, values);
  return 1;
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { email: { type: "string" }, name: { type: "string" } },
    allowPositionals: true,
  });
  const [command] = positionals;
  const email = z.email().max(254).safeParse(values.email?.trim());
  if ((command !== "create-administrator" && command !== "invite") || positionals.length !== 1)
    return fail("usage");
  if (!email.success) return fail("badEmail");

  const { databaseUrl, baseUrl } = readStaffConfig();
  const db = openDatabase(databaseUrl);
  try {
    const audit = createAuditStore(db);
    const ids = createIds();
    const clock = systemClock;
    const parts = createStaffParts(db, audit, ids, clock);
    const invitations = createInvitationStore(db, audit, clock);
    const members = createMemberStore({ db, parts, invitations, ids, clock });
    const found = await members.findByEmail(email.data);
    if (command === "invite" && found === undefined) return fail("unknown", { email: email.data });
    const outcome =
      command === "invite" && found !== undefined
        ? await members.reinvite(system, found.id)
        : await members.invite(system, {
            name: values.name?.trim() ?? email.data,
            email: email.data,
            roles: ["administrator"],
          });
    if (isStaffRefusal(outcome)) return fail("taken", { email: email.data });
    tell((line) => process.stdout.write(line), "link");
    process.stdout.write(`\n  ${baseUrl}/console/invitation/${outcome.link}\n\n`);
    return 0;
  } finally {
    db.close();
  }
}

try {
  process.exitCode = await run();
} catch (error) {
  const problem = problemOfSystem(error);
  const told = problem === undefined ? error : new BadConfig([problem]);
  const isOurs =
    told instanceof BadConfig ||
    told instanceof DatabaseTooNew ||
    told instanceof DatabaseNotDurable ||
    (told instanceof TypeError && "code" in told);
  if (!isOurs) throw error;
  process.stderr.write(`${told.message}\n`);
  process.exitCode = 1;
}
