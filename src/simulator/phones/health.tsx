import type { Platform } from "../platform.ts";
import type { PageContext } from "./view-context.ts";

interface Props {
  platform: Platform;
  page: PageContext;
}

export function Health({ platform, page: { words } }: Props) {
  const { down } = platform.network;
  return (
    <>
      <p class={down ? "health health-down" : "health"} role="status">
        {words(down ? "down" : "up")}
      </p>
      <button
        type="button"
        class={down ? "button-solid" : "button-danger"}
        hx-post="/phones/world/outage"
        hx-vals={`{"down":"${down ? "no" : "yes"}"}`}
        hx-swap="none"
      >
        {words(down ? "restore" : "cut")}
      </button>
    </>
  );
}

export function ErrorRate({ platform, page: { words } }: Props) {
  const percent = errorPercent(platform);
  return (
    <label class="slider">
      <span>{words("errorRate")}</span>
      <output data-slider-value>{words("errorRateValue", { percent })}</output>
      <input
        type="range"
        name="percent"
        min="0"
        max="100"
        step="5"
        value={percent}
        hx-post="/phones/world/errors"
        hx-trigger="change"
        hx-swap="none"
      />
    </label>
  );
}

/** The share of requests refused by the slider's own rule: the one for every endpoint, with a chance and no end. */
export function errorPercent(platform: Platform): number {
  const rule = sliderRule(platform);
  return rule === undefined ? 0 : Math.round((rule.probability ?? 1) * 100);
}

export function sliderRule(platform: Platform) {
  return platform.faults
    .list()
    .find((rule) => rule.on === "*" && rule.does === "refuse500" && rule.times === undefined);
}
