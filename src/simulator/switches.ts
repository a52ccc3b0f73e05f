import { z } from "zod";

const milliseconds = z.number().int().min(0);

/**
 * What LINE leaves undisclosed or contradicts itself about (LINE fact sheet section 17), and the ways an account can be
 * set up. The default is the stricter reading, so that a bot which passes here has nothing to fear from the milder one.
 */
export const switchesSchema = z.strictObject({
  /** A multicast naming a well-formed id that the provider does not know: refused, or silently left out. */
  multicastUnknownId: z.union([z.literal(400), z.literal(200)]).default(400),
  /** A multicast naming the same user twice: refused, or sent once to each. */
  duplicateRecipients: z.union([z.literal(400), z.literal(200)]).default(400),
  /** Whether deleting a LINE account sends the bot an unfollow event. */
  unfollowOnAccountDeletion: z.boolean().default(false),
  /** Whether a rich menu linked to a user is still linked after block and unblock. */
  menuLinkSurvivesBlock: z.boolean().default(false),
  /** Followers ids are for verified and premium accounts; others get 403. */
  verifiedAccount: z.boolean().default(true),

  /** Whether pictures may come over plain http from this machine: a demo has no certificate. LINE takes https alone. */
  localPictures: z.boolean().default(false),

  /** Webhook redelivery: off until the account turns it on; LINE does not tell number or spacing. */
  redelivery: z.boolean().default(false),
  redeliveryAfterMs: z.array(milliseconds).default([10_000, 60_000, 300_000, 900_000]),
  webhookTimeoutMs: milliseconds.default(2_000),
  /** Waiting events that go into one POST at most. */
  eventsPerWebhook: z.number().int().min(1).max(1_000).default(10),
  /** POSTs under way at once. More than one loosens the order, which LINE does not promise anyway. */
  webhooksAtOnce: z.number().int().min(1).max(1_000).default(1),
  /** Which characters arrive as `\uXXXX`: LINE escapes at least emoji. */
  webhookEscapes: z.enum(["none", "emoji", "nonAscii"]).default("emoji"),

  /** Stateless tokens live 15 minutes; shorten it to see a bot renew early, or refuse to issue any. */
  tokenLifetimeMs: milliseconds.default(900_000),
  tokenIssueFails: z.boolean().default(false),

  /** Bulk link, bulk unlink and batch are done in the background: this much later by the platform's clock. */
  menuJobDelayMs: milliseconds.default(100),
  /** How long a changed alias still leads to the old menu. */
  aliasLagMs: milliseconds.default(0),
  /** Every tap on a richmenuswitch action reports FAILED. */
  menuSwitchFails: z.boolean().default(false),

  /** How far quota consumption lags behind. */
  consumptionLagMs: milliseconds.default(0),
});

export type Switches = z.output<typeof switchesSchema>;
