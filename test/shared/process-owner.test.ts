import { spawn } from "node:child_process";
import { once } from "node:events";
import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { isProcessGone, nameThisProcess } from "../../src/shared/process-owner.ts";

const self = nameThisProcess(1_000);
const named = (pid: number | string, startedAt = 500, host = hostname()) => `${host}:${pid}:${startedAt}`;

describe("whether the owner of a lease is gone", () => {
  it("this process is not gone", () => {
    expect(isProcessGone(self, self)).toBe(false);
  });

  it("who had our number before us is gone: numbers are given again", () => {
    expect(isProcessGone(named(process.pid), self)).toBe(true);
  });

  it("another process is gone when it has ended, and not before", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const owner = named(child.pid ?? 0);
    expect(isProcessGone(owner, self)).toBe(false);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isProcessGone(owner, self)).toBe(true);
  });

  it("a process of somebody else on this machine lives, though we may not touch it", () => {
    expect(isProcessGone(named(1), self)).toBe(false);
  });

  it("of other machines, and of names that are none, nothing is known: their leases run out by time", () => {
    expect(isProcessGone(named(999_999_999, 500, "another-machine"), self)).toBe(false);
    expect(isProcessGone("", self)).toBe(false);
    expect(isProcessGone(hostname(), self)).toBe(false);
  });
});
