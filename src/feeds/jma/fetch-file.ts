/** What became of asking for a file. */
export type Fetched =
  | { outcome: "read"; bytes: Buffer; validators: Validators }
  /** It is as we know it (304). */
  | { outcome: "unchanged" }
  /** The other side answered, and will hardly answer otherwise soon: 404, a redirect, more than we take. */
  | { outcome: "refused"; detail: string; tooLarge?: true }
  /** No answer, or one that says "not now". */
  | { outcome: "unreachable"; detail: string; retryAfterMs: number };

/** By which the next question is put conditionally. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export interface FetchTerms {
  /** Who is asking; JMA wants to be able to tell (fact sheet 1.1). */
  userAgent: string;
  mostBytes: number;
  timeoutMs: number;
  known?: Validators | undefined;
  signal: AbortSignal;
}

/**
 * Asks for a file. Follows no redirect; counts while it reads, because a length that is announced need not be true, and
 * counts what was unpacked.
 */
export async function fetchFile(url: string, terms: FetchTerms): Promise<Fetched> {
  const { userAgent, mostBytes, timeoutMs, known, signal } = terms;
  const headers: Record<string, string> = {
    "user-agent": userAgent,
    accept: "application/xml, text/xml, */*",
  };
  if (known?.etag != null) headers["if-none-match"] = known.etag;
  if (known?.lastModified != null) headers["if-modified-since"] = known.lastModified;
  try {
    const response = await fetch(url, {
      headers,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (response.status === 200) return await readBody(response, mostBytes);
    await response.body?.cancel();
    if (response.status === 304 && known !== undefined) return { outcome: "unchanged" };
    const detail = `answered ${response.status}`;
    return response.status >= 500 || response.status === 429
      ? { outcome: "unreachable", detail, retryAfterMs: retryAfter(response.headers.get("retry-after")) }
      : { outcome: "refused", detail };
  } catch (error) {
    return { outcome: "unreachable", detail: reasonOf(error), retryAfterMs: 0 };
  }
}

async function readBody(response: Response, mostBytes: number): Promise<Fetched> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > mostBytes)
      return { outcome: "refused", detail: `more than ${mostBytes} bytes`, tooLarge: true };
    parts.push(part);
  }
  const header = (name: string) => response.headers.get(name)?.slice(0, 200) ?? null;
  return {
    outcome: "read",
    bytes: Buffer.concat(parts, size),
    validators: { etag: header("etag"), lastModified: header("last-modified") },
  };
}

/** Seconds only: a date would have to be trusted to be of the same clock. */
function retryAfter(header: string | null): number {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

/** "fetch failed" says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = "code" in cause && typeof cause.code === "string" ? `${cause.code} ` : "";
  return `${code}${cause.message}`.slice(0, 200);
}
