const limits = new Map<string, number>();
let original: typeof fetch | undefined;

/**
 * Gives every request to an origin a time limit and refuses redirects. The SDK knows neither, calls the global `fetch`
 * and follows redirects, turning a POST into a GET that "succeeds": behind a captive portal that would look like
 * acceptance (LINE fact sheet, section 15).
 */
export function guardFetch(origins: string[], timeoutMs: number): void {
  for (const each of origins) limits.set(new URL(each).origin, timeoutMs);
  if (original !== undefined) return;
  const bare = globalThis.fetch;
  // Node loads its client when one of its classes is first named: 40 ms that an alert should not wait for.
  const { Request } = globalThis;
  original = bare;
  globalThis.fetch = (input, init) => {
    const address = input instanceof Request ? input.url : input;
    const limit = limits.get(new URL(address).origin);
    if (limit === undefined) return bare(input, init);
    return bare(input, { ...init, redirect: "error", signal: AbortSignal.timeout(limit) });
  };
}
