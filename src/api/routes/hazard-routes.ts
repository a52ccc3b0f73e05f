import { z } from "zod";
import type { Reading } from "../../alerts/hazards/hazard.ts";
import { type HazardDesk, longestNote } from "../../alerts/hazards/hazard-desk.ts";
import { instant } from "../../broadcasts/draft.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { type Actor, may } from "../../staff/permissions.ts";
import { ApiProblem } from "../problem.ts";
import { OtherStatus, type RawBody, type Route, route } from "../route.ts";
import { createReporterCheck, device } from "../signed-report.ts";
import { hazardAnswer, maintenanceAnswer, presentHazard, presentMaintenance } from "./hazard-present.ts";

type Read = { reading: Reading } | { refused: string; detail: string };

/** How what the ward's own systems say is read. */
export interface InboundReaders {
  cap(bytes: Buffer): Promise<Read>;
  json(value: unknown): Read;
  /** What was refused, for the record: the duty officers see what one of the ward's systems failed to say. */
  unread(report: { bytes: Buffer; type: "cap" | "json"; value: unknown }, detail: string): Reading;
  /** What `json` takes, for the description. */
  jsonSchema: z.ZodType;
}

export interface HazardRouteDeps {
  desk: HazardDesk;
  readers: InboundReaders;
  /** With which devices sign; undefined: nobody can. */
  hookSecret: string | undefined;
  sentences: Sentences;
  clock: Clock;
}

const xmlTypes = ["application/cap+xml", "application/xml", "text/xml"];
const xml = z.string().describe("CAP 1.2");

export function hazardRoutes({ desk, readers, hookSecret, sentences, clock }: HazardRouteDeps): Route[] {
  function mustRead(actor: Actor): void {
    if (!may(actor, "alert.read")) throw new ApiProblem("role_missing");
  }

  async function readingOf(actor: Actor | undefined, { bytes, mediaType }: RawBody): Promise<Reading> {
    const isXml = xmlTypes.includes(mediaType);
    const value = isXml ? undefined : parsed(bytes);
    const read = isXml ? await readers.cap(bytes) : value === notJson ? notJson : readers.json(value);
    if (!("refused" in read)) return read.reading;
    const report = { bytes, type: isXml ? "cap" : "json", value } as const;
    await desk.reportUnread(actor, readers.unread(report, read.detail));
    throw asProblem(read, isXml);
  }

  return [
    route({
      method: "post",
      path: "/hazards",
      summary:
        "Report a hazard, signed or with a key. The same id is heard once: 200 then, with what was decided before",
      rawBody: {
        "application/json": readers.jsonSchema,
        ...Object.fromEntries(xmlTypes.map((type) => [type, xml])),
      },
      authenticate: createReporterCheck(hookSecret, clock),
      status: 201,
      answer: hazardAnswer,
      problems: [
        "malformed_json",
        "malformed_xml",
        "not_authenticated",
        "role_missing",
        "too_large",
        "unsupported_media_type",
        "invalid",
      ],
      handle: async ({ actor, body }) => {
        if (actor !== device && !may(actor, "hazard.report")) throw new ApiProblem("role_missing");
        // `rawBody` says that it is one.
        const who = actor === device ? undefined : actor;
        const reading = await readingOf(who, body as RawBody);
        const heard = await desk.report(who, reading);
        if ("refused" in heard) throw new ApiProblem("role_missing");
        const answer = presentHazard(heard.record, desk, sentences);
        return heard.again ? new OtherStatus(200, answer) : answer;
      },
    }),
    route({
      method: "get",
      path: "/hazards",
      summary: "What came in, newest first: from where, what was decided, by which rule and why",
      query: z.strictObject({
        source: z.enum(["jma", "inbound"]).optional(),
        before: z.string().max(40).optional().describe("Goes on after this id."),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      status: 200,
      answer: z.strictObject({ hazards: z.array(hazardAnswer), next: z.string().nullable() }),
      problems: ["not_authenticated", "role_missing", "invalid"],
      handle: async ({ actor, query }) => {
        mustRead(actor);
        const page = await desk.list(query);
        return {
          hazards: page.map((record) => presentHazard(record, desk, sentences)),
          next: page.length < query.limit ? null : (page.at(-1)?.id ?? null),
        };
      },
    }),
    route({
      method: "get",
      path: "/hazards/{id}",
      summary: "One telegram that came in, what was decided and why",
      params: z.strictObject({ id: z.string() }),
      status: 200,
      answer: hazardAnswer,
      problems: ["not_authenticated", "role_missing", "not_found"],
      handle: async ({ actor, params: { id } }) => {
        mustRead(actor);
        const record = await desk.find(id);
        if (record === undefined) throw new ApiProblem("not_found");
        return presentHazard(record, desk, sentences);
      },
    }),
    route({
      method: "get",
      path: "/feeds/maintenance",
      summary: "Whether automatic sending is switched off",
      status: 200,
      answer: maintenanceAnswer,
      problems: ["not_authenticated", "role_missing"],
      handle: async ({ actor }) => {
        mustRead(actor);
        return presentMaintenance(await desk.maintenance());
      },
    }),
    route({
      method: "put",
      path: "/feeds/maintenance",
      summary: "Switch automatic sending off while feeds or receivers are worked on, and on again",
      body: z.strictObject({
        on: z.boolean(),
        note: z.string().max(longestNote).optional(),
        until: instant.nullable().optional().describe("Ends by itself. Without an offset, Tokyo time."),
      }),
      status: 200,
      answer: maintenanceAnswer,
      problems: ["not_authenticated", "role_missing", "invalid"],
      handle: async ({ actor, body: { on, note, until } }) => {
        const now = await desk.setMaintenance(actor, { on, note, until: until ?? undefined });
        if (!("refused" in now)) return presentMaintenance(now);
        if (now.refused === "role_missing") throw new ApiProblem("role_missing");
        throw new ApiProblem("invalid", { errors: [{ field: "until", code: "already_over" }] });
      },
    }),
  ];
}

const notJson = { refused: "malformed_json", detail: "is no JSON" } as const;

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return notJson;
  }
}

/** What is no XML is the sender's transport; what is no report of ours is its content. */
function asProblem({ refused, detail }: { refused: string; detail: string }, isXml: boolean): ApiProblem {
  if (refused === notJson.refused) return new ApiProblem("malformed_json");
  if (refused === "too_large") return new ApiProblem("too_large");
  if (isXml && refused !== "invalid" && refused !== "not_cap")
    return new ApiProblem("malformed_xml", { values: { detail } });
  return new ApiProblem("invalid", { errors: [{ field: "", code: refused, message: detail }] });
}
