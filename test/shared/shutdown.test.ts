import { describe, expect, it } from "vitest";
import { createLogger } from "../../src/shared/logger.ts";
import { stopInOrder } from "../../src/shared/shutdown.ts";

const log = createLogger("silent");

describe("ending", () => {
  it("stops the parts one after the other, each only when the one before has stopped", async () => {
    const done: string[] = [];
    const part = (name: string) => ({
      name,
      stop: async () => {
        done.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        done.push(`${name} ends`);
      },
    });
    await stopInOrder([part("web"), part("dispatcher"), part("database")], log);
    expect(done).toEqual([
      "web begins",
      "web ends",
      "dispatcher begins",
      "dispatcher ends",
      "database begins",
      "database ends",
    ]);
  });

  it("a part that fails, at once or later, does not keep the others from ending", async () => {
    const done: string[] = [];
    await stopInOrder(
      [
        {
          name: "throws",
          stop: () => {
            throw new Error("at once");
          },
        },
        { name: "rejects", stop: () => Promise.reject(new Error("later")) },
        { name: "database", stop: () => void done.push("database") },
      ],
      log,
    );
    expect(done).toEqual(["database"]);
  });

  it("a part that hangs gets its time and no more", async () => {
    const done: string[] = [];
    await stopInOrder(
      [
        { name: "hangs", stop: () => new Promise<void>(() => {}) },
        { name: "database", stop: () => void done.push("database") },
      ],
      log,
      20,
    );
    expect(done).toEqual(["database"]);
  });
});
