import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { withoutUserIds } from "../../src/shared/logger.ts";
import { projectPath } from "../../src/shared/project-root.ts";

const id = `U${"0123456789abcdef".repeat(2)}`;
const group = `C${"f".repeat(32)}`;

describe("a text from outside", () => {
  it("loses every id of a user, a group or a room, wherever it stands", () => {
    expect(withoutUserIds(`to[0] ${id}, ${group}; R${"a".repeat(32)}.`)).toBe(
      "to[0] [line id], [line id]; [line id].",
    );
    expect(withoutUserIds(`/v2/bot/profile/${id}?x=${id}`)).toBe("/v2/bot/profile/[line id]?x=[line id]");
    expect(withoutUserIds(`line\\n${id}_`)).not.toContain(id);
  });

  it("keeps everything else: hashes, request ids, short and long words", () => {
    const text = "U0123 d41d8cd98f00b204e9800998ecf8427e Ubuntu 5ed5d3c9-2b1c-4a7f-8f9d-0123456789ab";
    expect(withoutUserIds(text)).toBe(text);
  });

  it("whatever surrounds an id, the id is gone", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(withoutUserIds(before + id + after)).not.toContain(id);
      }),
    );
  });
});

describe("invariant 10: the log", () => {
  // The logger writes to the standard output of its process, so it is listened to in a process of its own.
  let said = "";
  let entries: Record<string, unknown>[] = [];
  beforeAll(async () => {
    const script = `
      import { createLogger } from ${JSON.stringify(projectPath("dist", "src", "shared", "logger.js"))};
      const id = ${JSON.stringify(id)};
      const log = createLogger("info");
      log.debug("too quiet to be heard");
      log.info({ userId: id, event: { userId: id, to: [id], replyToken: "secret-token" } }, "fields");
      log.info({ authorization: "Bearer secret-token", request: { authorization: "Bearer secret-token" } }, "keys");
      log.info("the resident " + id + " wrote");
      log.info({ resident: { deep: { down: [id] } }, line: "text\\n" + id + "\\ttext" }, "anywhere");
      log.info({ ["key " + id]: 1 }, "in a name");
      const cause = new Error("LINE said " + id, { cause: "because of " + id });
      const error = new Error("could not send to " + id, { cause });
      log.error({ err: error }, "an error");
      log.error({ err: new AggregateError([new Error(id)], "many " + id) }, "many errors");
      log.error({ err: { message: id } }, "not an error");
      log.child({ of: id }).warn({ failure: { detail: id } }, "a child");
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
    said = stdout;
    entries = said
      .trim()
      .split("\n")
      .map((each) => JSON.parse(each) as Record<string, unknown>);
  });

  it("never shows a LINE user id or a secret, whichever way they came in", () => {
    expect(entries).toHaveLength(9);
    expect(said).not.toContain(id);
    expect(said).not.toContain("secret-token");
  });

  it("is one line of JSON per entry, with level and time, and still tells what happened", () => {
    for (const entry of entries) expect(entry["time"]).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(entries[2]).toMatchObject({ level: 30, msg: "the resident [line id] wrote" });
    expect(entries[5]).toMatchObject({
      level: 50,
      err: {
        type: "Error",
        message: "could not send to [line id]",
        stack: expect.stringContaining("could not send to"),
        cause: { message: "LINE said [line id]", cause: "because of [line id]" },
      },
    });
  });
});
