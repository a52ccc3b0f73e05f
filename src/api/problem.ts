import type { Sentences, Values } from "../shared/i18n.ts";

/**
 * Every problem the API can answer with: its stable code and HTTP status. What it is called and what to do about it
 * stands in `locales/{ja,en}/problems.json` under the same code.
 */
export const problemStatuses = {
  malformed_json: 400,
  malformed_xml: 400,
  not_authenticated: 401,
  role_missing: 403,
  approver_is_author: 403,
  raiser_may_not_confirm: 403,
  break_glass_not_allowed: 403,
  outside_section: 403,
  not_found: 404,
  method_not_allowed: 405,
  wrong_state: 409,
  changed_meanwhile: 409,
  email_taken: 409,
  members_need_a_place: 409,
  second_administrator_needed: 409,
  request_in_progress: 409,
  translations_missing: 409,
  send_time_passed: 409,
  nothing_undetermined: 409,
  alert_expired: 409,
  alert_over: 409,
  recipients_forgotten: 409,
  too_large: 413,
  unsupported_media_type: 415,
  invalid: 422,
  idempotency_key_reused: 422,
  reason_missing: 422,
  too_many_attempts: 429,
  internal: 500,
} as const;

export type ProblemCode = keyof typeof problemStatuses;

/** One field that cannot be taken, in a problem of code `invalid`. */
export interface FieldProblem {
  field: string;
  code: string;
  limit?: number | undefined;
  actual?: number | undefined;
  value?: string | undefined;
  /** Used when there is no sentence for the code: the validator's own words. */
  message?: string | undefined;
}

export class ApiProblem extends Error {
  override name = "ApiProblem";
  constructor(
    readonly code: ProblemCode,
    readonly extra: { values?: Values; errors?: FieldProblem[]; members?: Record<string, unknown> } = {},
  ) {
    super(code);
  }
}

/** The problem as RFC 9457 has it, in the reader's language. */
export function presentProblem(
  { code, extra }: ApiProblem,
  language: string,
  { say }: Sentences,
): Record<string, unknown> {
  const sentence = (key: string, values: Values = {}) => say(language, `problems:${key}`, values);
  const errors = extra.errors?.map(({ message, ...error }) => ({
    ...error,
    message: fieldSentence(error, sentence) ?? message ?? sentence("fields.other"),
  }));
  return {
    type: `urn:kairan:problem:${code}`,
    title: sentence(`${code}.title`),
    status: problemStatuses[code],
    detail: sentence(`${code}.detail`, extra.values),
    code,
    ...extra.members,
    ...(errors === undefined ? {} : { errors }),
  };
}

const fieldCodes = new Set([
  "too_long",
  "empty",
  "bad_url",
  "unknown_language",
  "no_contents",
  "audience_empty",
  "audience_contradictory",
  "unknown_id",
  "name_taken",
  "retired_id",
  "recipients_forgotten",
  "months_reversed",
  "send_time_past",
  "bad_cron",
  "never",
  "send_at_and_repeat",
  "already_over",
  "too_late",
  "required",
  "unknown_blank",
  "bad_time",
  "bad_number",
  "bad_phone",
  "wrong_type",
  "no_text",
  "says_drill",
]);

function fieldSentence(
  error: FieldProblem,
  sentence: (key: string, values?: Values) => string,
): string | undefined {
  if (!fieldCodes.has(error.code)) return undefined;
  const { field, limit = 0, actual = 0, value = "" } = error;
  return sentence(`fields.${error.code}`, { field, limit, actual, value });
}
