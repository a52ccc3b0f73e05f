import type { World } from "./world.ts";

export interface Shown {
  status: number;
  /** Where it leads, if it leads on. */
  to: string | null;
  headers: Headers;
  html: string;
}

/** Somebody with a browser on the staff pages: keeps cookies, says where requests come from, follows nothing by itself. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Shown>;
  post(
    path: string,
    fields?: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ): Promise<Shown>;
  cookies: Map<string, string>;
}

export function visit({ kairan }: World, language = "ja"): Visitor {
  const cookies = new Map<string, string>();
  async function call(path: string, init: RequestInit, headers: Record<string, string>): Promise<Shown> {
    const response = await fetch(`${kairan.url}${path}`, {
      ...init,
      redirect: "manual",
      headers: {
        "accept-language": language,
        "sec-fetch-site": "same-origin",
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...headers,
      },
    });
    for (const each of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const isEndless = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
    if (isEndless) await response.body?.cancel();
    const html = isEndless ? "" : await response.text();
    return {
      status: response.status,
      to: response.headers.get("location"),
      headers: response.headers,
      html,
    };
  }
  return {
    cookies,
    get: (path, headers = {}) => call(path, {}, headers),
    post: (path, fields = {}, headers = {}) => {
      const body = new URLSearchParams(
        Object.entries(fields).flatMap(([name, value]) =>
          [value].flat().map((each): [string, string] => [name, each]),
        ),
      );
      return call(path, { method: "POST", body }, headers);
    },
  };
}
