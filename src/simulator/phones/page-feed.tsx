import type { VNode } from "preact";
import type { Change } from "../changes.ts";
import type { Platform } from "../platform.ts";
import type { User } from "../users/user.ts";
import { atLeisure } from "./at-leisure.ts";
import { ClockFace } from "./clock-face.tsx";
import { LastTelegram } from "./disasters.tsx";
import { Figures } from "./figures.tsx";
import { ErrorRate, Health, errorPercent } from "./health.tsx";
import type { PhoneNews } from "./news.tsx";
import { Piece } from "./piece.tsx";
import { clockTime } from "./times.ts";
import type { PageContext } from "./view-context.ts";

/** Changes that come together are sent together. */
const phonesPauseMs = 40;
/** The figures are summed over all copies of the ledger, and nobody reads them ten times a second. */
const figuresPauseMs = 150;

export interface FollowedPhone {
  user: Readonly<User>;
  news: PhoneNews;
}

/** Hands over pieces of one open page as things change, until the returned function is called. */
export function feedPage(
  platform: Platform,
  page: PageContext,
  phones: readonly FollowedPhone[],
  pokes: Set<(userId: string) => void>,
  send: (pieces: VNode[]) => void,
): () => void {
  const stale = new Set<FollowedPhone>(phones);
  let batches = 0;
  // What the page may show by now; unknown at first.
  let world: { time?: string; down?: boolean; percent?: number; telegram?: string } = {};

  const news = atLeisure(phonesPauseMs, () => {
    const pieces = [...stale].flatMap((phone) => phone.news.next());
    stale.clear();
    send(pieces);
  });
  const figures = atLeisure(figuresPauseMs, () =>
    send([piece("figures", <Figures platform={platform} page={page} />)]),
  );
  const unsubscribe = platform.subscribe((change) => {
    if (change.of === "messages" || change.of === "webhook") figures.ask();
    for (const phone of phones) if (concerns(change, phone.user)) stale.add(phone);
    if (stale.size > 0) news.ask();
  });
  const poke = (userId: string) => {
    for (const phone of phones) if (phone.user.id === userId) stale.add(phone);
    tick();
  };
  // What changes without telling: time, LINE's health, the end of the typing animation, and a forgotten ledger.
  const tick = () => {
    const { clock, network, ledger } = platform;
    const now = {
      time: `${clockTime(clock.now())} ${clock.frozen}`,
      down: network.down,
      percent: errorPercent(platform),
      telegram: platform.jma.published().at(-1)?.name ?? "",
    };
    send([
      ...(now.time === world.time ? [] : clockPieces(platform, page)),
      ...(now.down === world.down ? [] : [piece("health", <Health platform={platform} page={page} />)]),
      ...(now.percent === world.percent
        ? []
        : [piece("error-rate", <ErrorRate platform={platform} page={page} />)]),
      ...(now.telegram === world.telegram
        ? []
        : [piece("telegram", <LastTelegram platform={platform} page={page} />)]),
    ]);
    world = now;
    const forgotten = ledger.batches().length < batches;
    batches = ledger.batches().length;
    if (forgotten) figures.ask();
    for (const phone of phones) if (forgotten || phone.news.isTyping()) stale.add(phone);
    if (stale.size > 0) news.ask();
  };
  const ticking = setInterval(tick, 1_000).unref();
  pokes.add(poke);
  tick();
  figures.ask();
  return () => {
    unsubscribe();
    pokes.delete(poke);
    clearInterval(ticking);
    news.stop();
    figures.stop();
  };
}

function clockPieces(platform: Platform, page: PageContext): VNode[] {
  return [
    <Piece id="clocks" how="innerHTML:.device-clock">
      {clockTime(platform.clock.now())}
    </Piece>,
    piece("clock", <ClockFace platform={platform} page={page} />),
  ];
}

const piece = (id: string, children: VNode) => <Piece id={id}>{children}</Piece>;

function concerns(change: Change, user: Readonly<User>): boolean {
  switch (change.of) {
    case "messages":
      return change.batch.reached(user.number);
    case "user":
      return change.userId === user.id;
    case "menu":
      return change.userId === undefined || change.userId === user.id;
    case "request":
    case "webhook":
      return false;
  }
}
