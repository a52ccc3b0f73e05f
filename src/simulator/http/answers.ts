import type { Complaint } from "../messages/place.ts";
import { requestErrors } from "../messages/validate-messages.ts";

/** What an endpoint answers, before faults and the network have their way with it. */
export interface Answer {
  status: number;
  /** JSON, unless `bytes` is given. */
  json?: unknown;
  bytes?: { content: Buffer; contentType: string };
  headers?: Record<string, string>;
}

const refuse = (status: number, message: string, more: object = {}): Answer => ({
  status,
  json: { message, ...more },
});

/** Every error text in one place, as LINE words it (LINE fact sheet section 1, "Known message texts"). */
export const answers = {
  ok: (json: unknown = {}): Answer => ({ status: 200, json }),
  accepted: (): Answer => ({ status: 202, json: {} }),

  invalidProperty: (property: string): Answer =>
    refuse(400, `The property, '${property}', in the request body is invalid (line: -, column: -)`),
  invalidParameter: (name: string): Answer => refuse(400, `The value for the '${name}' parameter is invalid`),
  errors: (details: Complaint[], status = 400): Answer => ({ status, json: requestErrors(details) }),
  badRequest: (message: string, more?: object): Answer => refuse(400, message, more),
  notJson: (line: string, column: string): Answer =>
    refuse(400, `The request body could not be parsed as JSON (line: ${line}, column: ${column})`),
  unauthorized: (): Answer =>
    refuse(
      401,
      "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.",
    ),
  forbidden: (): Answer => refuse(403, "Access to this API is not available for your account"),
  notFound: (message = "Not found", more?: object): Answer => refuse(404, message, more),
  keyAlreadyAccepted: (acceptedRequestId: string, sentMessages: unknown): Answer => ({
    status: 409,
    json: {
      message: "The retry key is already accepted",
      ...(sentMessages === undefined ? {} : { sentMessages }),
    },
    headers: { "x-line-accepted-request-id": acceptedRequestId },
  }),
  gone: (): Answer => refuse(410, "The content is gone"),
  /** The text of a 413 is documented nowhere. */
  tooLarge: (): Answer => refuse(413, "The request body is too large"),
  unsupportedType: (contentType: string): Answer =>
    refuse(415, `The content type, ${contentType}, is not supported`),
  rateLimited: (): Answer => refuse(429, "The API rate limit has been exceeded. Try again later."),
  quotaReached: (): Answer => refuse(429, "You have reached your monthly limit."),
  internalError: (): Answer => refuse(500, "Internal Server Error"),
  unavailable: (): Answer => refuse(503, "Service Unavailable"),
};

/** Some of LINE's rich menu errors come with an empty `details`, against its own rule. */
export const emptyDetails = { details: [] };
