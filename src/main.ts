import { DatabaseNotDurable } from "../db/open.ts";
import { DatabaseTooNew } from "../db/migrate.ts";
import { BadConfig, loadConfig } from "./config.ts";
import { BadWardProfile } from "./shared/ward/ward.ts";
import { startKairan } from "./start.ts";

/** What somebody can mend is told in plain words; everything else keeps its stack. */
function isForPeople(error: unknown): error is Error {
  const kinds = [BadConfig, BadWardProfile, DatabaseNotDurable, DatabaseTooNew];
  return kinds.some((kind) => error instanceof kind) || isSystemError(error);
}

function isSystemError(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    ["EADDRINUSE", "EACCES", "EADDRNOTAVAIL", "SQLITE_CANTOPEN"].includes(String(error.code))
  );
}

try {
  const kairan = await startKairan(loadConfig());
  const end = (): void => {
    void kairan.stop().then(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
} catch (error) {
  if (!isForPeople(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
