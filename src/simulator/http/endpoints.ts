/** How many requests in how long. */
export interface RateLimit {
  count: number;
  perMs: number;
}

type Method = "GET" | "POST" | "PUT" | "DELETE";

export interface Endpoint {
  method: Method;
  path: string;
  limit: RateLimit;
  /** What the request carries. */
  body: "json" | "form" | "image" | "nothing";
  /** Whether `X-Line-Retry-Key` is allowed; anywhere else it is answered 400 (LINE fact sheet section 5). */
  retryKey: boolean;
  /** Whether a channel access token is needed. */
  token: boolean;
}

const perSecond = (count: number): RateLimit => ({ count, perMs: 1_000 });
const perMinute = (count: number): RateLimit => ({ count, perMs: 60_000 });
const perHour = (count: number): RateLimit => ({ count, perMs: 3_600_000 });
const usual = perSecond(2_000);

const get = (path: string, limit = usual): Endpoint => ({
  method: "GET",
  path,
  limit,
  body: "nothing",
  retryKey: false,
  token: true,
});
const remove = (path: string, limit = usual): Endpoint => ({ ...get(path, limit), method: "DELETE" });
const post = (path: string, limit = usual): Endpoint => ({
  ...get(path, limit),
  method: "POST",
  body: "json",
});
const postNothing = (path: string): Endpoint => ({ ...post(path), body: "nothing" });
const send = (path: string, limit = usual): Endpoint => ({ ...post(path, limit), retryKey: true });

const message = "/v2/bot/message";
const menu = "/v2/bot/richmenu";

/**
 * LINE's HTTP API as far as it is simulated, with the limits of LINE fact sheet section 2. "Endpoint" is method and path
 * template, as LINE counts them. The order matters where paths could be taken for one another: fixed words come first.
 */
export const endpoints = {
  issueToken: { ...post("/oauth2/v3/token"), body: "form", token: false },

  reply: post(`${message}/reply`),
  push: send(`${message}/push`),
  multicast: send(`${message}/multicast`, perSecond(200)),
  broadcast: send(`${message}/broadcast`, perHour(60)),
  validateReply: post(`${message}/validate/reply`),
  validatePush: post(`${message}/validate/push`),
  validateMulticast: post(`${message}/validate/multicast`),
  validateNarrowcast: post(`${message}/validate/narrowcast`),
  validateBroadcast: post(`${message}/validate/broadcast`),
  quota: get(`${message}/quota`),
  quotaConsumption: get(`${message}/quota/consumption`),
  content: get(`${message}/:messageId/content`),

  profile: get("/v2/bot/profile/:userId"),
  followers: get("/v2/bot/followers/ids"),
  botInfo: get("/v2/bot/info"),
  loading: post("/v2/bot/chat/loading/start", perSecond(100)),
  markAsRead: post("/v2/bot/chat/markAsRead"),
  linkToken: postNothing("/v2/bot/user/:userId/linkToken"),

  setWebhook: { ...post("/v2/bot/channel/webhook/endpoint", perMinute(1_000)), method: "PUT" },
  getWebhook: get("/v2/bot/channel/webhook/endpoint", perMinute(1_000)),
  testWebhook: post("/v2/bot/channel/webhook/test", perHour(60)),

  createMenu: post(menu, perHour(100)),
  validateMenu: post(`${menu}/validate`),
  listMenus: get(`${menu}/list`, perSecond(10)),
  bulkLinkMenu: post(`${menu}/bulk/link`),
  bulkUnlinkMenu: post(`${menu}/bulk/unlink`),
  batchMenus: post(`${menu}/batch`, perHour(3)),
  validateBatch: post(`${menu}/validate/batch`),
  batchProgress: get(`${menu}/progress/batch`, perHour(100)),
  createAlias: post(`${menu}/alias`),
  listAliases: get(`${menu}/alias/list`),
  getAlias: get(`${menu}/alias/:aliasId`),
  updateAlias: post(`${menu}/alias/:aliasId`),
  deleteAlias: remove(`${menu}/alias/:aliasId`, perHour(100)),
  uploadMenuImage: { ...post(`${menu}/:menuId/content`), body: "image" },
  downloadMenuImage: get(`${menu}/:menuId/content`),
  getMenu: get(`${menu}/:menuId`),
  deleteMenu: remove(`${menu}/:menuId`, perHour(100)),
  setDefaultMenu: postNothing("/v2/bot/user/all/richmenu/:menuId"),
  getDefaultMenu: get("/v2/bot/user/all/richmenu"),
  clearDefaultMenu: remove("/v2/bot/user/all/richmenu"),
  linkMenu: postNothing("/v2/bot/user/:userId/richmenu/:menuId"),
  getMenuOfUser: get("/v2/bot/user/:userId/richmenu"),
  unlinkMenu: remove("/v2/bot/user/:userId/richmenu"),
} satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;

export const endpointNames = Object.keys(endpoints) as EndpointName[];
