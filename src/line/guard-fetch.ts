interface Guard {
  origins: ReadonlySet<string>;
  timeoutMs: number;
}

const guards = new Set<Guard>();
let guarded = false;

/**
 * Gives every request to an origin a time limit and refuses redirects, until the function it returns is called. The SDK
 * knows neither, calls the global `fetch` and follows redirects, turning a POST into a GET that "succeeds": behind a
 * captive portal that would look like acceptance (LINE fact sheet, section 15).
 */
export function guardFetch(addresses: string[], timeoutMs: number): () => void {
  const guard = { origins: new Set(addresses.map((each) => new URL(each).origin)), timeoutMs };
  guards.add(guard);
  if (!guarded) replaceFetch();
  guarded = true;
  return () => {
    guards.delete(guard);
  };
}

function replaceFetch(): void {
  const bare = globalThis.fetch;
  // Node loads its client when one of its classes is first named: 40 ms that an alert should not wait for.
  const { Request } = globalThis;
  globalThis.fetch = (input, init) => {
    const { origin } = new URL(input instanceof Request ? input.url : input);
    const guard = [...guards].findLast(({ origins }) => origins.has(origin));
    if (guard === undefined) return bare(input, init);
    return bare(input, { ...init, redirect: "error", signal: AbortSignal.timeout(guard.timeoutMs) });
  };
}
