import { hostname } from "node:os";

/**
 * A name for this process, by which leases are held. It tells another process on the same machine whether the owner of
 * a lease still lives; of other machines nothing is known and their leases run out by time.
 */
export function nameThisProcess(startedAt: number): string {
  return `${hostname()}:${process.pid}:${startedAt}`;
}

/** Whether the process of that name is certainly gone. */
export function isProcessGone(owner: string, self: string): boolean {
  if (owner === self) return false;
  const [host, pid] = owner.split(":");
  const [ownHost, ownPid] = self.split(":");
  if (host !== ownHost || pid === undefined) return false;
  return pid === ownPid || !isRunning(Number(pid));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
