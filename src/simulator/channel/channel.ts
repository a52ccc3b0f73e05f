/** The one channel (bot account) of the simulated platform, as a bot's `.env` and `GET /v2/bot/info` know it. */
export interface Channel {
  id: string;
  secret: string;
  /** The long-lived channel access token; short-lived ones are issued against id and secret. */
  accessToken: string;
  /** The bot's own user id: `destination` of webhooks. */
  botUserId: string;
  basicId: string;
  displayName: string;
}

/** Fixed, so that a bot's `.env` stays right from one start to the next. None of them opens anything at LINE. */
export const defaultChannel: Channel = {
  id: "1234567890",
  secret: "5f1e0c7a9b3d4e62807ac4d5f6e71b29",
  accessToken: "simulator-channel-access-token",
  botUserId: "U00000000000000000000000000000b07",
  basicId: "@simulator",
  displayName: "Simulated account",
};
