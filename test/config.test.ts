import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { BadConfig, readConfig, readDatabaseConfig } from "../src/config.ts";
import { variables } from "../src/config/variables.ts";
import { projectPath } from "../src/shared/project-root.ts";

const token = { LINE_CHANNEL_ACCESS_TOKEN: "token" };
const local = { NODE_ENV: "development", LINE_CHANNEL_SECRET: "secret", ...token };
const real = {
  NODE_ENV: "production",
  LINE_CHANNEL_SECRET: "0123456789abcdef0123456789abcdef",
  AUTH_SECRET: "x".repeat(32),
  ...token,
};

/** What is complained about, as `NAME problem`. */
function complaints(environment: Record<string, string | undefined>): string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof BadConfig)) throw error;
    return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
  }
}
const alphabetically = (names: Iterable<string>) => [...names].sort((a, b) => a.localeCompare(b));

const complainedAbout = (environment: Record<string, string | undefined>) =>
  alphabetically(new Set(complaints(environment).map((each) => each.split(" ")[0] ?? "")));

describe("the environment", () => {
  it("needs little on a developer's machine, and the rest has sensible values", () => {
    expect(readConfig(local)).toEqual({
      environment: "development",
      host: "127.0.0.1",
      port: 3000,
      publicUrl: undefined,
      consoleUrl: undefined,
      databaseUrl: "file:./data/kairan.db",
      line: {
        channelSecret: "secret",
        credentials: { accessToken: "token" },
        apiBaseUrl: "https://api.line.me",
        dataApiBaseUrl: "https://api-data.line.me",
        multicastsPerSecond: 198,
      },
      feed: { jmaBaseUrl: "https://www.data.jma.go.jp/developer/xml/feed", pollSeconds: 60 },
      wardProfile: projectPath("seeds", "wards", "mihon", "profile.json"),
      authSecret: expect.stringMatching(/.{32}/),
      bootstrapApiKey: undefined,
      logLevel: "info",
    });
  });

  it.each([
    ["PUBLIC_URL", "https://ward.example/?a=1"],
    ["PUBLIC_URL", "https://ward.example/#now"],
    ["CONSOLE_URL", "https://sato:secret@ward.example"],
    ["LINE_CHANNEL_ACCESS_TOKEN", "a\nb"],
    ["LINE_CHANNEL_ACCESS_TOKEN", "トークン"],
    ["BOOTSTRAP_API_KEY", `${"a".repeat(40)} b`],
  ])("what would make broken links or headers is refused, and not repeated: %s=%j", (name, value) => {
    expect(complainedAbout({ ...local, [name]: value })).toEqual([name]);
    expect(complaints({ ...local, [name]: value }).join()).not.toContain(value);
  });

  it("is taken as it is written, addresses without their last slash", () => {
    const config = readConfig({
      ...local,
      HOST: "0.0.0.0",
      PORT: "0",
      PUBLIC_URL: "https://notice.ward.example/",
      DATABASE_URL: "file:/var/lib/kairan/kairan.db",
      LINE_API_BASE_URL: "http://127.0.0.1:4000//",
      LINE_MULTICASTS_PER_SECOND: "12.5",
      LOG_LEVEL: "silent",
    });
    expect(config).toMatchObject({
      host: "0.0.0.0",
      port: 0,
      publicUrl: "https://notice.ward.example",
      databaseUrl: "file:/var/lib/kairan/kairan.db",
      logLevel: "silent",
    });
    // A local LINE answers for both hosts unless told otherwise.
    expect(config.line).toMatchObject({
      apiBaseUrl: "http://127.0.0.1:4000",
      dataApiBaseUrl: "http://127.0.0.1:4000",
      multicastsPerSecond: 12.5,
    });
  });

  it("an identity provider is given whole, with the address it sends people back to", () => {
    const provider = {
      OIDC_ISSUER: "https://id.ward.example",
      OIDC_CLIENT_ID: "kairan",
      OIDC_CLIENT_SECRET: "secret",
    };
    expect(readConfig(local).provider).toBeUndefined();
    expect(readConfig({ ...local, ...provider, PUBLIC_URL: "https://notice.ward.example" }).provider).toEqual(
      {
        issuer: "https://id.ward.example",
        clientId: "kairan",
        clientSecret: "secret",
      },
    );
    expect(readConfig({ ...local, ...provider, CONSOLE_URL: "https://staff.ward.example/" })).toMatchObject({
      consoleUrl: "https://staff.ward.example",
      publicUrl: undefined,
    });
    expect(complainedAbout({ ...local, OIDC_CLIENT_ID: "kairan" })).toEqual([
      "OIDC_CLIENT_SECRET",
      "OIDC_ISSUER",
      "PUBLIC_URL",
    ]);
    const insecure = {
      ...real,
      ...provider,
      OIDC_ISSUER: "http://id.ward.example",
      PUBLIC_URL: "https://x.example",
    };
    expect(complaints(insecure)).toEqual(["OIDC_ISSUER must begin with https:// in production"]);
  });

  it("JMA's feeds may be somewhere else on a developer's machine, or nowhere", () => {
    const elsewhere = { JMA_FEED_BASE_URL: "http://127.0.0.1:4000/jma/feed/", FEED_POLL_SECONDS: "2" };
    expect(readConfig({ ...local, ...elsewhere }).feed).toEqual({
      jmaBaseUrl: "http://127.0.0.1:4000/jma/feed",
      pollSeconds: 2,
    });
    for (const environment of [local, real])
      expect(readConfig({ ...environment, JMA_FEED_BASE_URL: "off" }).feed.jmaBaseUrl).toBeUndefined();
  });

  it("the channel's id stands in for a token, and a token goes before the id", () => {
    const { LINE_CHANNEL_ACCESS_TOKEN: _token, ...without } = local;
    expect(readConfig({ ...without, LINE_CHANNEL_ID: "1234567890" }).line.credentials).toEqual({
      channelId: "1234567890",
    });
    expect(readConfig({ ...local, LINE_CHANNEL_ID: "1234567890" }).line.credentials).toEqual({
      accessToken: "token",
    });
    expect(complainedAbout(without)).toEqual(["LINE_CHANNEL_ACCESS_TOKEN"]);
  });

  it("an empty variable counts as absent, one of blanks too", () => {
    const empty = {
      ...local,
      HOST: "",
      PORT: "",
      PUBLIC_URL: "",
      DATABASE_URL: "",
      LINE_CHANNEL_ID: "",
      LINE_DATA_API_BASE_URL: "",
      LINE_MULTICASTS_PER_SECOND: "",
      JMA_FEED_BASE_URL: "",
      FEED_POLL_SECONDS: "",
      WARD_PROFILE: "",
      BOOTSTRAP_API_KEY: "",
      LOG_LEVEL: "",
    };
    expect(readConfig(empty)).toEqual(readConfig(local));
    expect(readConfig({ ...local, PORT: "  ", LINE_MULTICASTS_PER_SECOND: "\t" })).toEqual(readConfig(local));
    expect(complainedAbout({ ...local, LINE_CHANNEL_SECRET: " " })).toEqual(["LINE_CHANNEL_SECRET"]);
  });

  it("every bad value is told at once, in words that say what to do", () => {
    const bad = {
      NODE_ENV: "prod",
      HOST: "127.0.0.1",
      PORT: "70000",
      PUBLIC_URL: "ftp://ward.example",
      DATABASE_URL: "postgres://localhost/kairan",
      LINE_CHANNEL_ID: "abc",
      LINE_API_BASE_URL: "api.line.me",
      LINE_DATA_API_BASE_URL: "line",
      LINE_MULTICASTS_PER_SECOND: "201",
      JMA_FEED_BASE_URL: "jma",
      FEED_POLL_SECONDS: "often",
      LOG_LEVEL: "loud",
    };
    expect(complaints(bad)).toEqual([
      "NODE_ENV must be production, development or test",
      "PORT must be between 0 and 65535",
      "PUBLIC_URL must be a http:// or https:// address",
      "DATABASE_URL must look like file:./data/kairan.db (a file on a local disk)",
      "LINE_CHANNEL_SECRET is missing: LINE Developers console, Basic settings, Channel secret",
      "LINE_CHANNEL_ID must be digits",
      "LINE_API_BASE_URL must be a http:// or https:// address",
      "LINE_DATA_API_BASE_URL must be a http:// or https:// address",
      "LINE_MULTICASTS_PER_SECOND must be between 1 and 200, LINE's own limit",
      "JMA_FEED_BASE_URL must be a http:// or https:// address, or off",
      "FEED_POLL_SECONDS must be a whole number between 2 and 600",
      "LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent",
    ]);
  });

  it.each([
    ["PORT", "x", "must be a number"],
    ["PORT", "-1", "must be between 0 and 65535"],
    ["PORT", "80.5", "must be a whole number"],
    ["LINE_MULTICASTS_PER_SECOND", "0", "must be between 1 and 200, LINE's own limit"],
    ["LINE_MULTICASTS_PER_SECOND", "many", "must be a number"],
    ["FEED_POLL_SECONDS", "1", "must be a whole number between 2 and 600"],
    ["FEED_POLL_SECONDS", "601", "must be a whole number between 2 and 600"],
    ["FEED_POLL_SECONDS", "2.5", "must be a whole number between 2 and 600"],
    ["JMA_FEED_BASE_URL", "file:///tmp/feed", "must be a http:// or https:// address, or off"],
    ["DATABASE_URL", "file::memory:", "must look like file:./data/kairan.db (a file on a local disk)"],
    ["DATABASE_URL", "file:", "must look like file:./data/kairan.db (a file on a local disk)"],
  ])("%s=%s %s", (name, value, problem) => {
    expect(complaints({ ...local, [name]: value })).toEqual([`${name} ${problem}`]);
  });

  it("what is missing, misspelt and unfit for production is told together with what is bad", () => {
    expect(complainedAbout({})).toEqual(["AUTH_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "LINE_CHANNEL_SECRET"]);
    expect(
      complainedAbout({
        PORT: "x",
        LINE_CHANEL_SECRET: "0123456789abcdef0123456789abcdef",
        LINE_API_BASE_URL: "http://127.0.0.1:4000",
        BOOTSTRAP_API_KEY: "short",
      }),
    ).toEqual([
      "AUTH_SECRET",
      "BOOTSTRAP_API_KEY",
      "LINE_API_BASE_URL",
      "LINE_CHANEL_SECRET",
      "LINE_CHANNEL_ACCESS_TOKEN",
      "LINE_CHANNEL_SECRET",
      "PORT",
    ]);
  });

  it("a name that is nearly ours is a slip; others are somebody else's business", () => {
    expect(complaints({ ...local, WARD_PROFIL: "x" })).toEqual([
      "WARD_PROFIL is unknown; did you mean WARD_PROFILE?",
    ]);
    expect(
      complainedAbout({ ...local, LINE_CHANNEL_TOKEN: "x", PATH: "/bin", HOSTNAME: "a", NODE_OPTIONS: "" }),
    ).toEqual([]);
  });

  it("the whole list is one text for people, in both languages, and shows no secret", () => {
    try {
      readConfig({ ...local, PORT: "x", LINE_CHANNEL_ID: "hush-hush" });
      expect.unreachable();
    } catch (error) {
      expect(String(error)).toContain("環境変数を直してください");
      expect(String(error)).toContain("\n  PORT must be a number\n");
      expect(String(error)).toContain(".env.example");
      expect(String(error)).not.toContain("hush-hush");
    }
  });
});

describe("invariant 14: production fails closed", () => {
  it("starts with a real LINE, a real secret and strong keys; production is what nothing else is said to be", () => {
    const { NODE_ENV: _environment, ...unsaid } = real;
    expect(readConfig(real).environment).toBe("production");
    expect(readConfig(unsaid)).toEqual(readConfig(real));
    expect(
      complaints({ ...real, PUBLIC_URL: "https://notice.ward.example", BOOTSTRAP_API_KEY: "k".repeat(32) }),
    ).toEqual([]);
  });

  it.each([
    ["LINE_API_BASE_URL", "http://127.0.0.1:4000"],
    ["LINE_API_BASE_URL", "https://api.line.me.evil.example"],
    ["LINE_DATA_API_BASE_URL", "https://data.evil.example"],
    ["LINE_CHANNEL_SECRET", "short"],
    ["LINE_CHANNEL_SECRET", "z".repeat(32)],
    ["AUTH_SECRET", "x".repeat(31)],
    ["AUTH_SECRET", ""],
    ["BOOTSTRAP_API_KEY", "x".repeat(31)],
    ["JMA_FEED_BASE_URL", "http://127.0.0.1:4000/jma/developer/xml/feed"],
    ["JMA_FEED_BASE_URL", "http://www.data.jma.go.jp/developer/xml/feed"],
    ["JMA_FEED_BASE_URL", "https://127.0.0.1/developer/xml/feed"],
    ["JMA_FEED_BASE_URL", "https://www.data.jma.go.jp.evil.example/developer/xml/feed"],
    ["JMA_FEED_BASE_URL", "https://evil-jma.go.jp/developer/xml/feed"],
    ["JMA_FEED_BASE_URL", "https://www.data.jma.go.jp@evil.example/developer/xml/feed"],
    ["JMA_FEED_BASE_URL", "https://www.data.jma.go.jp:4000/developer/xml/feed"],
    ["FEED_POLL_SECONDS", "59"],
    ["PUBLIC_URL", "http://notice.ward.example"],
    ["PUBLIC_URL", "HTTP://notice.ward.example"],
  ])("refuses %s=%s", (name, value) => {
    expect(complainedAbout({ ...real, [name]: value })).toEqual([name]);
  });

  it("the same values do on a developer's machine", () => {
    expect(
      complaints({
        ...local,
        LINE_API_BASE_URL: "http://127.0.0.1:4000",
        BOOTSTRAP_API_KEY: "x",
        AUTH_SECRET: "y",
      }),
    ).toEqual([]);
  });

  it("the development secret is never used in production", () => {
    const { authSecret } = readConfig(local);
    expect(readConfig(real).authSecret).not.toBe(authSecret);
    expect(readFileSync(projectPath("src", "config.ts"), "utf8")).toContain(authSecret);
  });
});

describe("the part that seeding needs", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("works without LINE, and there too an empty variable counts as absent", () => {
    vi.stubEnv("DATABASE_URL", "");
    vi.stubEnv("WARD_PROFILE", " ");
    const { databaseUrl, wardProfile } = readConfig(local);
    expect(readDatabaseConfig()).toEqual({ databaseUrl, wardProfile });
    vi.stubEnv("DATABASE_URL", "postgres://localhost");
    expect(() => readDatabaseConfig()).toThrow(BadConfig);
  });
});

describe(".env.example", () => {
  it("names every variable there is, and no other", () => {
    const written = readFileSync(projectPath(".env.example"), "utf8");
    const named = [...written.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1] ?? "");
    expect(alphabetically(named)).toEqual(alphabetically(Object.keys(variables)));
  });
});
