import type { Check } from "../../audit/auditing.ts";
import { asDocument } from "../document.tsx";
import { type Page, writtenNumber, writtenTime } from "../page.ts";

/** Whether the record is whole: what that means, how far the check is, and what it found. */
export function chainPage(page: Page, check: Check): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("audit-page:chain.title"),
    children: (
      <>
        <section>
          <p>{say("audit-page:chain.intro")}</p>
          <p>{say("audit-page:chain.limits")}</p>
          <form method="post" action="/console/audit/chain" class="acts">
            <button id="check-chain" disabled={check.state === "running"}>
              {say("audit-page:chain.do")}
            </button>
            <a href="/console/audit">{say("audit-page:chain.back")}</a>
          </form>
        </section>
        <Result page={page} check={check} />
      </>
    ),
  });
}

/** Asks for itself again while the check goes; nothing else is replaced, so that a keyboard's focus stays where it is. */
function Result({ page, check }: { page: Page; check: Check }) {
  const { say } = page;
  const live =
    check.state === "running"
      ? {
          "hx-get": "/console/audit/chain",
          "hx-trigger": "every 1s",
          "hx-select": "#chain",
          "hx-select-oob": "#check-chain",
          "hx-swap": "outerHTML",
        }
      : {};
  return (
    <section aria-live="polite">
      <h2>{say("audit-page:chain.result")}</h2>
      <div id="chain" {...live}>
        <Words page={page} check={check} />
      </div>
    </section>
  );
}

function Words({ page, check }: { page: Page; check: Check }) {
  const { say } = page;
  switch (check.state) {
    case "never":
      return <p class="nothing">{say("audit-page:chain.never")}</p>;
    case "failed":
      return <p>{say("audit-page:chain.failed", { time: writtenTime(page, check.at) })}</p>;
    case "running": {
      const { checked, total } = check;
      return (
        <>
          <p>
            {say("audit-page:chain.running", {
              checked: writtenNumber(page, checked),
              total: writtenNumber(page, total),
            })}
          </p>
          <progress max={Math.max(1, total)} value={checked} aria-label={say("audit-page:chain.title")} />
          <noscript>
            <p>
              <a href="/console/audit/chain">{say("audit-page:chain.look")}</a>
            </p>
          </noscript>
        </>
      );
    }
    case "done": {
      const { at, result } = check;
      const time = writtenTime(page, at);
      if (!result.whole)
        return (
          <div class="problems" role="alert">
            <p>{say("audit-page:chain.broken", { time, seq: result.brokenAt })}</p>
            <p>{say("audit-page:chain.whatNow")}</p>
          </div>
        );
      const entries = writtenNumber(page, result.entries);
      return (
        <>
          <p class="whole">{say("audit-page:chain.whole", { time, entries })}</p>
          <p>
            {say("audit-page:chain.last", { seq: result.last.seq })}{" "}
            <code class="hash">{result.last.hash}</code>
          </p>
        </>
      );
    }
  }
}
