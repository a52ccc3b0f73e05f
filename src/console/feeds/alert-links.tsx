import type { Page } from "../page.ts";

/** The ways to what a telegram raised; a dash where it raised nothing. */
export function AlertLinks({ page, alerts }: { page: Page; alerts: readonly string[] }) {
  if (alerts.length === 0) return <>–</>;
  return (
    <>
      {alerts.map((id, index) => (
        <>
          <a href={`/console/alerts/${encodeURIComponent(id)}`}>
            {alerts.length === 1
              ? page.say("feeds-page:list.toAlert")
              : page.say("feeds-page:list.toAlertNumber", { number: index + 1 })}
          </a>{" "}
        </>
      ))}
    </>
  );
}
