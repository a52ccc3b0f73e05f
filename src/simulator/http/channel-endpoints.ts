import { toWireBytes, sign } from "../webhook/signature.ts";
import { answers } from "./answers.ts";
import type { Handler, Handlers } from "./call.ts";

/** A stateless token against channel id and secret (LINE fact sheet section 13). JWT assertions are not simulated. */
const issueToken: Handler = ({ raw }, { channel, switches, tokens }) => {
  if (switches.tokenIssueFails) return answers.internalError();
  const form = new URLSearchParams(raw.toString("utf8"));
  const invalid = (what: string) => ({
    status: 400,
    json: { error: "invalid_request", error_description: `Invalid '${what}'.` },
  });
  if (form.get("grant_type") !== "client_credentials") return invalid("grant_type");
  if (form.get("client_id") !== channel.id)
    return answers.notFound("Cannot find channel key that satisfies the conditions");
  if (form.get("client_secret") !== channel.secret) return invalid("client_credentials");
  const { token, expiresInSeconds } = tokens.issueStateless();
  return answers.ok({ token_type: "Bearer", access_token: token, expires_in: expiresInSeconds });
};

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** LINE takes https only; a local bot has no certificate, so plain http is let through for loopback addresses. */
export function isWebhookUrl(text: unknown): text is string {
  if (typeof text !== "string" || text.length > 500 || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || (protocol === "http:" && loopback.has(hostname));
}

const setWebhook: Handler = ({ body }, { webhook }) => {
  const { endpoint } = body;
  if (!isWebhookUrl(endpoint)) return answers.badRequest("Invalid webhook endpoint URL");
  webhook.url = endpoint;
  return answers.ok();
};

const getWebhook: Handler = (_call, { webhook }) =>
  webhook.url === undefined
    ? answers.notFound("Webhook endpoint not found")
    : answers.ok({ endpoint: webhook.url, active: true });

/** Sends the empty ping and tells what came back. */
const testWebhook: Handler = async ({ body }, { channel, clock, switches, webhook }) => {
  const { endpoint = webhook.url } = body;
  if (endpoint === undefined) return answers.notFound("Webhook endpoint not found");
  if (!isWebhookUrl(endpoint)) return answers.badRequest("Invalid webhook endpoint URL");
  const bytes = toWireBytes({ destination: channel.botUserId, events: [] }, switches.webhookEscapes);
  const timestamp = new Date(clock.now()).toISOString();
  const { status, reason } = await webhook.sendBytes(
    { bytes, signature: sign(bytes, channel.secret) },
    [],
    endpoint,
  );
  return answers.ok({
    success: reason === undefined,
    timestamp,
    statusCode: status,
    reason: reason ?? "OK",
    detail: status === 0 ? (reason ?? "") : String(status),
  });
};

export const channelEndpoints: Handlers<"issueToken" | "setWebhook" | "getWebhook" | "testWebhook"> = {
  issueToken,
  setWebhook,
  getWebhook,
  testWebhook,
};
