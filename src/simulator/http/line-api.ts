import { Router } from "express";
import type { State } from "../state.ts";
import { aliasEndpoints } from "./alias-endpoints.ts";
import type { Handlers } from "./call.ts";
import { channelEndpoints } from "./channel-endpoints.ts";
import { type EndpointName, endpointNames, endpoints } from "./endpoints.ts";
import { menuBatchEndpoints } from "./menu-batch-endpoints.ts";
import { menuEndpoints } from "./menu-endpoints.ts";
import { menuLinkEndpoints } from "./menu-link-endpoints.ts";
import { messageEndpoints } from "./message-endpoints.ts";
import { serve } from "./serve.ts";
import { userEndpoints } from "./user-endpoints.ts";

const handlers: Handlers<EndpointName> = {
  ...messageEndpoints,
  ...userEndpoints,
  ...channelEndpoints,
  ...menuEndpoints,
  ...menuLinkEndpoints,
  ...menuBatchEndpoints,
  ...aliasEndpoints,
};

/** The API of both hosts, api.line.me and api-data.line.me: their paths do not collide (LINE fact sheet section 15). */
export function lineApi(state: State): Router {
  const router = Router({ caseSensitive: true });
  for (const name of endpointNames) {
    const { method, path } = endpoints[name];
    const handle = serve(state, name, handlers[name]);
    if (method === "GET") router.get(path, handle);
    else if (method === "POST") router.post(path, handle);
    else if (method === "PUT") router.put(path, handle);
    else router.delete(path, handle);
  }
  return router;
}
