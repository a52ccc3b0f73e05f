import { type Logger, pino } from "pino";

export type { Logger };

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

/**
 * One line of JSON per entry on standard output. LINE user ids and secrets never appear in it (invariant 10):
 * fields that could carry one are redacted, and every finished line passes through {@link withoutUserIds}.
 */
export function createLogger(level: LogLevel): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        "userId",
        "*.userId",
        "to",
        "*.to",
        "authorization",
        "*.authorization",
        "replyToken",
        "*.replyToken",
      ],
      censor: "[redacted]",
    },
    serializers: { err: describeError },
    hooks: { streamWrite: withoutUserIds },
  });
}

/** Replaces every LINE user, group or room id in a text, also where escaped letters such as `\n` touch it. */
export function withoutUserIds(text: string): string {
  return text.replaceAll(/[UCR][0-9a-f]{32}/g, "[line id]");
}

function describeError(value: unknown): unknown {
  if (!(value instanceof Error)) return withoutUserIds(String(value));
  const cause = value.cause === undefined ? {} : { cause: describeError(value.cause) };
  return {
    type: value.name,
    message: withoutUserIds(value.message),
    stack: withoutUserIds(value.stack ?? ""),
    ...cause,
  };
}
