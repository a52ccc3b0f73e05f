import type { Page } from "../page.ts";
import { writtenClock } from "../broadcasts/times.ts";

/** Stands on every page on which nothing is meant: said in words and by a sign, never by the colour alone. */
export function DrillBanner({ page }: { page: Page }) {
  const { say, mode, drill } = page;
  if (mode === "live") return null;
  return (
    <aside class="drill-banner" aria-label={say("alerts:drill.label")}>
      <p>
        <strong>{say(`alerts:drill.${mode}.banner`)}</strong>{" "}
        {drill === undefined
          ? say("alerts:drill.thisAlert")
          : say("alerts:drill.until", { time: writtenClock(page, drill.until) })}
      </p>
      {drill !== undefined && (
        <form method="post" action="/console/drill/end" data-once>
          <button>{say("alerts:drill.end")}</button>
        </form>
      )}
    </aside>
  );
}
