import type { Platform } from "../platform.ts";
import { AddPhone } from "./add-phone.tsx";
import { ClockFace } from "./clock-face.tsx";
import { Disasters } from "./disasters.tsx";
import { Figures } from "./figures.tsx";
import { ErrorRate, Health } from "./health.tsx";
import type { PageContext } from "./view-context.ts";

interface Props {
  platform: Platform;
  page: PageContext;
}

/** Beside the phones: the knobs of the world they live in, and what its records say. */
export function World({ platform, page }: Props) {
  const { words } = page;
  return (
    <aside class="world" aria-label={words("world")}>
      <section class="panel panel-figures" aria-labelledby="ledger-title">
        <h2 id="ledger-title">{words("ledger")}</h2>
        <div id="figures">
          <Figures platform={platform} page={page} />
        </div>
      </section>
      <section class="panel" aria-labelledby="clock-title">
        <h2 id="clock-title">{words("clock")}</h2>
        <p class="big-clock" id="clock">
          <ClockFace platform={platform} page={page} />
        </p>
        <div class="button-row">
          {forwards.map(([name, minutes]) => (
            <button
              type="button"
              class="button-outline"
              hx-post="/phones/world/forward"
              hx-vals={`{"minutes":${minutes}}`}
              hx-swap="none"
            >
              {words(`forward.${name}`)}
            </button>
          ))}
        </div>
      </section>
      <Disasters platform={platform} page={page} />
      <section class="panel" aria-labelledby="health-title">
        <h2 id="health-title">{words("health")}</h2>
        <div id="health">
          <Health platform={platform} page={page} />
        </div>
        <div id="error-rate">
          <ErrorRate platform={platform} page={page} />
        </div>
      </section>
      <AddPhone page={page} />
    </aside>
  );
}

const forwards = [
  ["minute", 1],
  ["tenMinutes", 10],
  ["hour", 60],
  ["day", 1440],
] as const;
