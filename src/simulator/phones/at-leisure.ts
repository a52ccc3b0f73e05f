/** An open page must not slow a big send down: drawing takes at most one part in this many of the time. */
const share = 20;

export interface Leisure {
  /** What is asked for again meanwhile is done together. */
  ask(): void;
  stop(): void;
}

/** Does `act` that many milliseconds after it was asked for, or later if it took long the last time. */
export function atLeisure(pauseMs: number, act: () => void): Leisure {
  let timer: NodeJS.Timeout | undefined;
  let notBefore = 0;
  const run = () => {
    timer = undefined;
    const started = performance.now();
    act();
    const ended = performance.now();
    notBefore = ended + (ended - started) * share;
  };
  return {
    ask: () => {
      timer ??= setTimeout(run, Math.max(pauseMs, notBefore - performance.now()));
    },
    stop: () => clearTimeout(timer),
  };
}
