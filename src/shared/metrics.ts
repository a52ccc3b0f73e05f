import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export interface Gauges {
  inboxWaiting: () => Promise<number>;
  backlog: () => Promise<{ state: string; batches: number; residents: number }[]>;
  ratePerSecond: () => number;
  requestsUnderWay: () => number;
  held: () => string | undefined;
}

/** What `/metrics` shows. No label ever holds an id of a resident (invariant 10). */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const webhookSeconds = new Histogram({
    name: "kairan_webhook_seconds",
    help: "From the arrival of a webhook to its answer",
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
    registers,
  });
  const events = new Counter({
    name: "kairan_events_total",
    help: "Webhook events handled, by kind and by how they were answered",
    labelNames: ["kind", "answer"],
    registers,
  });
  const attempts = new Counter({
    name: "kairan_send_attempts_total",
    help: "Requests to hand over a batch, by outcome",
    labelNames: ["outcome"],
    registers,
  });
  const feedPolls = new Counter({
    name: "kairan_feed_polls_total",
    help: "Files of official feeds that were asked for, by outcome",
    labelNames: ["outcome"],
    registers,
  });
  const feedTelegrams = new Counter({
    name: "kairan_feed_telegrams_total",
    help: "Telegrams that official feeds listed, by type and by what became of them",
    labelNames: ["type", "outcome"],
    registers,
  });
  const brokenSums = new Gauge({
    name: "kairan_broken_sums",
    help: "Broadcasts whose residents do not add up; must be 0",
    registers,
  });

  return {
    registry,
    webhookSeconds,
    events,
    attempts,
    brokenSums,
    /** Counts for the ears. @see FeedMeter */
    feedMeter: {
      polled: (outcome: string): void => feedPolls.inc({ outcome }),
      telegram: (type: string, outcome: string): void => feedTelegrams.inc({ type, outcome }),
    },
    /** @param secondsSince how long ago the feeds were last read; undefined when none are read */
    watchFeed: (secondsSince: () => number | undefined): void => {
      const silence = new Gauge({
        name: "kairan_feed_seconds_since_success",
        help: "Seconds since official feeds were last read, changed or not; absent when none are read",
        registers,
        collect() {
          const seconds = secondsSince();
          if (seconds === undefined) this.remove();
          else this.set(seconds);
        },
      });
      silence.remove();
    },
    /** Registers what is asked only when somebody looks. */
    watch: (gauges: Gauges): void => {
      const gauge = (name: string, help: string, read: () => number | Promise<number>): Gauge =>
        new Gauge({
          name,
          help,
          registers,
          async collect() {
            this.set(await read());
          },
        });
      const gaugeBy = (
        label: string,
        name: string,
        help: string,
        read: () => Promise<[string, number][]>,
      ): Gauge =>
        new Gauge({
          name,
          help,
          labelNames: [label],
          registers,
          async collect() {
            this.reset();
            for (const [value, count] of await read()) this.set({ [label]: value }, count);
          },
        });
      gauge("kairan_inbox_waiting", "Webhook events stored and not yet handled", gauges.inboxWaiting);
      gauge("kairan_send_rate_per_second", "Requests a second that the pace allows", gauges.ratePerSecond);
      gauge(
        "kairan_requests_under_way",
        "Requests to LINE that are not answered yet",
        gauges.requestsUnderWay,
      );
      gaugeBy("state", "kairan_outbox_residents", "Residents of unfinished broadcasts, by state", async () =>
        (await gauges.backlog()).map(({ state, residents }) => [state, residents]),
      );
      gaugeBy("reason", "kairan_sending_held", "1 while nothing is sent, by reason", async () => {
        const reason = gauges.held();
        return reason === undefined ? [] : [[reason, 1]];
      });
    },
  };
}
