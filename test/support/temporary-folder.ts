import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that is the test's own; remove it when done. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "kairan-test-"));
}
