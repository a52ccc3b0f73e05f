import type { Random } from "../random.ts";

/** How the way between bot and LINE is today. */
export interface Network {
  /** Every API request takes this much real time longer, evenly spread between the two. */
  latency: { minMs: number; maxMs: number };
  /** While true, every API connection is cut before it is read. The simulator's own pages stay reachable. */
  down: boolean;
  /** The latency of the next request. */
  nextLatencyMs(): number;
}

export function createNetwork(random: Random): Network {
  const network: Network = {
    latency: { minMs: 0, maxMs: 0 },
    down: false,
    nextLatencyMs: () => {
      const { minMs, maxMs } = network.latency;
      // No throw of the dice without need: the faults' share them.
      if (maxMs === 0) return 0;
      return minMs + random.fraction() * (maxMs - minMs);
    },
  };
  return network;
}
