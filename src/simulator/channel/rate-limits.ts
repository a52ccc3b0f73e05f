import { type EndpointName, type RateLimit, endpoints } from "../http/endpoints.ts";
import type { SimulatorClock } from "../time/clock.ts";

/**
 * One token bucket for each endpoint: method and path count, parameters and body do not (LINE fact sheet section 2).
 * LINE does not publish the size of its buckets; here a bucket holds as many as the limit allows in one window.
 */
export interface RateLimits {
  /** Takes a token; false when there is none. */
  take(endpoint: EndpointName): boolean;
  /** Multiplies every limit: 0.1 to see a bot slow down, 10 to be out of the way. */
  scale(factor: number): void;
  /** Gives one endpoint a limit of its own. */
  set(endpoint: EndpointName, limit: RateLimit): void;
  off(): void;
  on(): void;
  /** Fills all buckets. */
  refill(): void;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

export function createRateLimits(clock: SimulatorClock, factor = 1): RateLimits {
  const buckets = new Map<EndpointName, Bucket>();
  const own = new Map<EndpointName, RateLimit>();
  let scale = factor;
  let enforced = true;

  return {
    take: (endpoint) => {
      if (!enforced) return true;
      const limit = own.get(endpoint) ?? endpoints[endpoint].limit;
      const perWindow = limit.count * scale;
      const capacity = Math.max(perWindow, 1);
      const now = clock.precise();
      const bucket = buckets.get(endpoint) ?? { tokens: capacity, filledAt: now };
      const refilled = bucket.tokens + ((now - bucket.filledAt) / limit.perMs) * perWindow;
      bucket.tokens = Math.min(capacity, refilled);
      bucket.filledAt = now;
      buckets.set(endpoint, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
    scale: (newFactor) => {
      scale = newFactor;
      buckets.clear();
    },
    set: (endpoint, limit) => {
      own.set(endpoint, limit);
      buckets.delete(endpoint);
    },
    off: () => {
      enforced = false;
    },
    on: () => {
      enforced = true;
      buckets.clear();
    },
    refill: () => buckets.clear(),
  };
}
