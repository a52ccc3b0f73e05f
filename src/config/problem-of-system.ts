import type { ConfigProblem } from "./problems.ts";

/** What the system refused, with the variable that asked for it: its own words name an address or a file, but no variable. */
export function problemOfSystem(error: unknown): ConfigProblem | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const { message } = error;
  const call = "syscall" in error ? error.syscall : undefined;
  if (error.code === "EADDRINUSE")
    return { variable: "PORT", problem: `is used by another program already: ${message}` };
  if (call === "listen" || call === "getaddrinfo")
    return {
      variable: "HOST, PORT",
      problem: `cannot be listened at by this user on this machine: ${message}`,
    };
  if (call === "mkdir" || /^SQLITE_(CANTOPEN|NOTADB|READONLY|FULL|PERM)/.test(String(error.code)))
    return {
      variable: "DATABASE_URL",
      problem: `names a file that cannot be made, read or written: ${message}`,
    };
  return undefined;
}
