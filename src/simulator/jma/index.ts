import type { SimulatorClock } from "../time/clock.ts";
import { type Agency, createAgency } from "./agency.ts";
import { type Disasters, createDisasters } from "./disasters.ts";

/** JMA as far as the public sees it: its feeds and telegrams, and disasters to happen. */
export type Jma = Omit<Agency, "requests" | "find" | "list"> &
  Disasters & {
    /** What was asked for and how, oldest first. */
    requests(): ReturnType<Agency["requests"]["list"]>;
  };

export interface JmaParts {
  agency: Agency;
  jma: Jma;
}

export function createJma(
  clock: SimulatorClock,
  municipality: { code?: string | undefined; name?: string | undefined },
): JmaParts {
  const agency = createAgency(clock);
  const disasters = createDisasters(agency, clock, municipality);
  const { settings, faults, publish, published, requests } = agency;
  return {
    agency,
    jma: {
      settings,
      faults,
      publish,
      published,
      requests: requests.list,
      municipality: disasters.municipality,
      happen: disasters.happen,
      forget: () => {
        agency.forget();
        disasters.forget();
      },
    },
  };
}
