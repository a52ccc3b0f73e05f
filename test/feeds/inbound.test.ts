import { describe, expect, test } from "vitest";
import type { InboundWard } from "../../src/feeds/inbound/inbound-ward.ts";
import { type CapRefusal, readCap } from "../../src/feeds/inbound/read-cap.ts";
import { readJson } from "../../src/feeds/inbound/read-json.ts";
import { remarks } from "../support/hear.ts";

const ward: InboundWard = {
  municipality: "1310900",
  names: ["品川区", "Shinagawa City"],
  districts: [
    { id: "oi", names: ["大井地区", "Oi"] },
    { id: "osaki", names: ["大崎地区", "Osaki"] },
  ],
};

interface CapOptions {
  status?: string;
  msgType?: string;
  scope?: string;
  references?: string;
  sent?: string;
  identifier?: string;
  infos?: string[];
}

function cap(options: CapOptions = {}): Buffer {
  const {
    status = "Actual",
    msgType = "Alert",
    scope = "Public",
    references = "",
    sent = "2026-11-20T17:05:00+09:00",
    identifier = "SG-1",
    infos = [info()],
  } = options;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier><sender>bousai@shinagawa.example</sender>
<sent>${sent}</sent><status>${status}</status><msgType>${msgType}</msgType><scope>${scope}</scope>
<references>${references}</references>${infos.join("")}</alert>`);
}

interface InfoOptions {
  language?: string;
  event?: string;
  responses?: string[];
  urgency?: string;
  severity?: string;
  certainty?: string;
  expires?: string;
  area?: string;
  more?: string;
  headline?: string;
}

function info(options: InfoOptions = {}): string {
  const {
    language = "ja-JP",
    event = "避難指示（警戒レベル４）",
    responses = ["Evacuate"],
    urgency = "Immediate",
    severity = "Severe",
    certainty = "Likely",
    expires = "2026-11-20T23:00:00+09:00",
    area = geocode("131091"),
    more = "",
    headline = "大井地区に避難指示",
  } = options;
  return `<info><language>${language}</language><category>Safety</category><event>${event}</event>
${responses.map((response) => `<responseType>${response}</responseType>`).join("")}
<urgency>${urgency}</urgency><severity>${severity}</severity><certainty>${certainty}</certainty><expires>${expires}</expires>
<headline>${headline}</headline><description>土砂災害のおそれ</description><instruction>避難してください</instruction>${more}${area}</info>`;
}

function geocode(value: string, name = "JIS"): string {
  return `<area><areaDesc>どこか</areaDesc><geocode><valueName>${name}</valueName><value>${value}</value></geocode></area>`;
}

async function heard(bytes: Buffer) {
  const read = await readCap(bytes, ward);
  if ("refused" in read) throw new Error(`${read.refused} ${read.detail}`);
  return read.reading;
}

async function refusalOf(bytes: Buffer): Promise<CapRefusal | undefined> {
  const read = await readCap(bytes, ward);
  return "refused" in read ? read : undefined;
}

describe("CAP 1.2 of the ward's own systems", () => {
  test("becomes one hazard with the sender's texts in each language", async () => {
    const infos = [info({ language: "en-US", event: "Evacuation order", headline: "Evacuate" }), info()];
    const reading = await heard(cap({ infos }));
    expect(reading.telegram).toMatchObject({
      id: "bousai@shinagawa.example,SG-1",
      source: "inbound",
      type: "cap",
      status: "actual",
      infoType: "issue",
      eventId: "bousai@shinagawa.example,SG-1",
      title: "大井地区に避難指示",
      reportedAt: Date.UTC(2026, 10, 20, 8, 5),
    });
    expect(reading.remarks).toEqual([]);
    expect(reading.hazards).toEqual([
      {
        kind: "evacuation",
        subject: "inbound:bousai@shinagawa.example,SG-1",
        phase: "active",
        severity: "warning",
        level: 4,
        name: "避難指示（警戒レベル４）",
        area: { code: "131091", name: "どこか" },
        text: "土砂災害のおそれ\n\n避難してください",
        texts: {
          en: { title: "Evacuate", body: "土砂災害のおそれ\n\n避難してください" },
          ja: { title: "大井地区に避難指示", body: "土砂災害のおそれ\n\n避難してください" },
        },
        expiresAt: Date.UTC(2026, 10, 20, 14, 0),
      },
    ]);
  });

  test.each([
    ["Actual", "actual"],
    ["Exercise", "exercise"],
    ["System", "test"],
    ["Test", "test"],
    ["Draft", "test"],
  ])("status %s is %s", async (status, expected) => {
    expect((await heard(cap({ status }))).telegram.status).toBe(expected);
  });

  test("an update and an all-clear are about the first message they refer to", async () => {
    const references =
      "bousai@shinagawa.example,SG-1,2026-11-20T17:05:00+09:00 bousai@shinagawa.example,SG-2,x";
    const infos = [info({ event: "避難指示解除", responses: ["AllClear"] })];
    const reading = await heard(cap({ identifier: "SG-3", msgType: "Update", references, infos }));
    expect(reading.hazards).toEqual([
      expect.objectContaining({
        kind: "evacuation",
        subject: "inbound:bousai@shinagawa.example,SG-1",
        phase: "lifted",
        severity: "none",
      }),
    ]);
    expect(reading.hazards[0]).not.toHaveProperty("level");
  });

  test("Cancel is a cancellation of what it refers to, and refused when that is nothing", async () => {
    const references = "bousai@shinagawa.example,SG-1,2026-11-20T17:05:00+09:00";
    const reading = await heard(cap({ identifier: "SG-2", msgType: "Cancel", references, infos: [] }));
    expect(reading).toMatchObject({
      telegram: { infoType: "cancellation", eventId: "bousai@shinagawa.example,SG-1" },
      hazards: [],
      remarks: [],
    });
    expect(await refusalOf(cap({ msgType: "Cancel" }))).toMatchObject({ refused: "invalid" });
  });

  test.each([
    ["JMA's code", geocode("1310900"), [undefined]],
    ["5 digits", geocode("13109"), [undefined]],
    ["6 digits", geocode("131091"), [undefined]],
    ["a district's id", geocode("oi", "district"), [["oi"]]],
    ["a district's name", geocode("大崎地区"), [["osaki"]]],
    ["the ward's name and no code", "<area><areaDesc>品川区</areaDesc></area>", [undefined]],
    [
      "districts by name and no code",
      "<area><areaDesc>大井地区、大崎地区</areaDesc></area>",
      [["oi", "osaki"]],
    ],
    ["another ward", geocode("131105"), []],
    ["a wrong check digit", geocode("131092"), []],
    [
      "another ward's code under our name",
      `<area><areaDesc>品川区</areaDesc><geocode><valueName>x</valueName><value>13110</value></geocode></area>`,
      [],
    ],
    ["another ward's name", "<area><areaDesc>目黒区</areaDesc></area>", []],
    ["all of Tokyo", geocode("130000"), []],
  ])("by %s", async (_, area, districts) => {
    const reading = await heard(cap({ infos: [info({ area })] }));
    expect(reading.hazards.map((hazard) => hazard.districts)).toEqual(districts);
    expect(remarks(reading)).toEqual(districts.length === 0 ? ["elsewhere"] : []);
  });

  test("a ward whose profile has no code is found by name only", async () => {
    const nameless = { ...ward, municipality: "" };
    for (const code of ["", "1", "131091"]) {
      const read = await readCap(cap({ infos: [info({ area: geocode(code) })] }), nameless);
      expect(read).toMatchObject({ reading: { hazards: [] } });
    }
    const area = "<area><areaDesc>品川区</areaDesc></area>";
    expect(await readCap(cap({ infos: [info({ area })] }), nameless)).toMatchObject({
      reading: { hazards: [{ kind: "evacuation" }] },
    });
  });

  test.each([
    ["Extreme", "Immediate", "Observed", "specialWarning"],
    ["Extreme", "Future", "Observed", "warning"],
    ["Severe", "Immediate", "Observed", "warning"],
    ["Moderate", "Immediate", "Observed", "advisory"],
    ["Minor", "Immediate", "Observed", "notice"],
    ["Unknown", "Immediate", "Observed", "notice"],
    ["Extreme", "Past", "Observed", "notice"],
    ["Extreme", "Immediate", "Unlikely", "notice"],
  ])("%s, %s, %s weighs %s", async (severity, urgency, certainty, expected) => {
    const reading = await heard(cap({ infos: [info({ severity, urgency, certainty })] }));
    expect(reading.hazards[0]?.severity).toBe(expected);
  });

  test("a level is taken only where the sender says one, and never for an earthquake", async () => {
    const levelOf = async (options: InfoOptions) =>
      (await heard(cap({ infos: [info(options)] }))).hazards.map(({ level }) => level);
    expect(await levelOf({ event: "避難指示" })).toEqual([undefined]);
    expect(await levelOf({ event: "Evacuation order (alert level 4)" })).toEqual([4]);
    const more = "<parameter><valueName>警戒レベル</valueName><value>5</value></parameter>";
    expect(await levelOf({ event: "緊急安全確保", more })).toEqual([5]);
    expect(await levelOf({ event: "地震 レベル５" })).toEqual([undefined]);
  });

  test("an event that is in no table is told to a person, and stays other", async () => {
    const reading = await heard(cap({ infos: [info({ event: "怪獣" })] }));
    expect(reading.hazards[0]?.kind).toBe("other");
    expect(remarks(reading)).toEqual(["unknown"]);
  });

  test.each([
    ["an all-clear that does not say AllClear", { infos: [info({ event: "避難指示解除" })] }],
    ["a name that was abolished", { infos: [info({ event: "避難勧告" })] }],
    ["a private message", { scope: "Private" }],
    ["no info", { infos: [] }],
    ["no area", { infos: [info({ area: "" })] }],
    ["two infos in one language", { infos: [info(), info()] }],
    [
      "languages that contradict each other",
      { infos: [info(), info({ language: "en", severity: "Minor" })] },
    ],
    ["a language that is none", { infos: [info({ language: "constructor" })] }],
  ])("%s is no hazard, and goes to a person", async (_, options) => {
    const reading = await heard(cap(options));
    expect(reading.hazards).toEqual([]);
    expect(remarks(reading)).toEqual(["unknown"]);
  });

  test.each([
    ["status", cap({ status: "Live" })],
    ["msgType", cap({ msgType: "Delete" })],
    ["sent", cap({ sent: "2026-11-20T17:05:00" })],
    ["identifier", cap({ identifier: "a,b" })],
    ["too long", cap({ infos: [info({ headline: "あ".repeat(301) })] })],
  ])("%s that CAP does not allow is refused", async (element, bytes) => {
    const refusal = await refusalOf(bytes);
    expect(refusal?.refused).toBe("invalid");
    expect(refusal?.detail).toContain(element);
  });

  test("what is not CAP 1.2 is refused", async () => {
    const older = cap().toString().replace("cap:1.2", "cap:1.1");
    expect((await refusalOf(Buffer.from(older)))?.refused).toBe("not_cap");
    expect((await refusalOf(Buffer.from("{}")))?.refused).toBe("malformed");
    expect((await refusalOf(Buffer.from("<!DOCTYPE alert><alert/>")))?.refused).toBe("doctype");
  });

  test("with thousands of infos or areas is refused or goes to a person", async () => {
    const many = Array.from({ length: 3_000 }, () => info());
    expect((await refusalOf(cap({ infos: many })))?.detail).toContain("3000");
    const area = `<areaDesc>${"川端、".repeat(3_000)}</areaDesc>`;
    const more = `<area><areaDesc>品川区</areaDesc></area>`;
    expect(remarks(await heard(cap({ infos: [info({ area: `${more}<area>${area}</area>` })] })))).toEqual([
      "unknown",
    ]);
  });

  test.each(["Update", "Ack", "Error", "Cancel"])(
    "%s that refers to what nobody knows is read, and is about that",
    async (msgType) => {
      const references = "who@knows.example,NEVER-SEEN,2020-01-01T00:00:00+09:00";
      const { telegram } = await heard(cap({ msgType, references }));
      expect(telegram.eventId).toBe("who@knows.example,NEVER-SEEN");
    },
  );

  test("an acknowledgement is for information", async () => {
    expect(remarks(await heard(cap({ msgType: "Ack" })))).toEqual(["forInformation"]);
  });
});

const json = {
  id: "SG-1",
  sender: "sensor-7",
  sent: "2026-11-20T17:05:00+09:00",
  status: "Actual",
  msgType: "Alert",
  event: "立会川 水位上昇",
  kind: "riverFlood",
  severity: "warning",
  title: "立会川の水位が上がっています",
  text: "川に近づかないでください。",
};

describe("JSON of the ward's own systems", () => {
  test("becomes one hazard, for the whole ward or for districts", () => {
    expect(readJson({ ...json, districts: ["oi", "大崎地区"], level: 3 }, ward)).toEqual({
      reading: {
        telegram: {
          id: "sensor-7,SG-1",
          source: "inbound",
          type: "json",
          status: "actual",
          infoType: "issue",
          eventId: "sensor-7,SG-1",
          serial: json.sent,
          title: json.title,
          publisher: "sensor-7",
          reportedAt: Date.UTC(2026, 10, 20, 8, 5),
          headline: json.title,
        },
        hazards: [
          {
            kind: "riverFlood",
            subject: "inbound:sensor-7,SG-1",
            phase: "active",
            severity: "warning",
            level: 3,
            name: json.event,
            area: { code: "1310900", name: "品川区" },
            text: json.text,
            texts: { ja: { title: json.title, body: json.text } },
            districts: ["oi", "osaki"],
          },
        ],
        remarks: [],
      },
    });
  });

  test("AllClear and Cancel are about the first message they refer to", () => {
    const over = readJson({ ...json, id: "SG-2", msgType: "AllClear", references: ["SG-1"] }, ward);
    expect(over).toMatchObject({
      reading: { hazards: [{ subject: "inbound:sensor-7,SG-1", phase: "lifted", severity: "none" }] },
    });
    const mistake = readJson({ ...json, id: "SG-2", msgType: "Cancel", references: ["SG-1"] }, ward);
    expect(mistake).toMatchObject({
      reading: { telegram: { infoType: "cancellation", eventId: "sensor-7,SG-1" }, hazards: [] },
    });
  });

  test.each([
    ["Exercise", "exercise"],
    ["Draft", "test"],
  ])("status %s is %s", (status, expected) => {
    expect(readJson({ ...json, status }, ward)).toMatchObject({
      reading: { telegram: { status: expected } },
    });
  });

  test.each([
    ["nothing", null],
    ["a field that nobody knows", { ...json, colour: "red" }],
    ["no status", { ...json, status: undefined }],
    ["a time without offset", { ...json, sent: "2026-11-20T17:05:00" }],
    ["a level as text", { ...json, level: "4" }],
    ["level 6", { ...json, level: 6 }],
    ["a level of an earthquake", { ...json, kind: "earthquake", level: 4 }],
    ["a district that is none", { ...json, districts: ["constructor"] }],
    ["control characters", { ...json, title: "a\u0000b" }],
    ["two lines in a title", { ...json, title: "a\nb" }],
    [
      "a key of JavaScript among the languages",
      { ...json, texts: { constructor: { title: "a", body: "b" } } },
    ],
    ["a prototype", JSON.parse('{"__proto__": {"level": 5}, "constructor": {"prototype": {}}}')],
    ["an id with a comma", { ...json, id: "a,b" }],
    ["Cancel of nothing", { ...json, msgType: "Cancel" }],
  ])("%s is refused, and says where", (_, value) => {
    const read = readJson(value, ward);
    expect(read).toMatchObject({ refused: "invalid" });
    expect(read).toHaveProperty("detail", expect.stringMatching(/./));
  });
});
