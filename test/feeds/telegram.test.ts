import { describe, expect, test } from "vitest";
import { readTelegram } from "../../src/feeds/jma/read-telegram.ts";
import { isWorthFetching, typeOf } from "../../src/feeds/jma/types.ts";
import { hear, inForce, remarks, shinagawaCodes } from "../support/hear.ts";
import {
  cancellationTelegram,
  earthquakeTelegram,
  entryId,
  flashTelegram,
  heatTelegram,
  intensityFlashTelegram,
  kindInForce,
  landslideTelegram,
  riverTelegram,
  shinagawa,
  specialWarningNotice,
  telegram,
  tokyoBay,
  tsunamiKinds,
  tsunamiTelegram,
  warningTelegram,
} from "../support/telegrams.ts";

const level5 = [kindInForce("33", "レベル５大雨特別警報")];

describe("what every telegram says about itself", () => {
  test("is kept as the issuer wrote it, with its time as an instant", async () => {
    const bytes = earthquakeTelegram({
      cities: [{ ...shinagawa, intensity: "4" }],
      reportedAt: "2026-11-20T17:05:00+09:00",
      serial: "2",
      headline: "２０日１７時００分ころ、地震がありました。",
    });
    expect((await hear("VXSE53", bytes)).telegram).toEqual({
      id: entryId("VXSE53"),
      source: "jma",
      type: "VXSE53",
      status: "actual",
      infoType: "issue",
      eventId: "20261120170000",
      serial: "2",
      title: "震源・震度情報",
      publisher: "気象庁",
      reportedAt: Date.UTC(2026, 10, 20, 8, 5),
      headline: "２０日１７時００分ころ、地震がありました。",
    });
  });

  test.each([
    ["訓練", "exercise"],
    ["試験", "test"],
  ])("Status %s is read like a real one, and marked", async (status, marked) => {
    const areas = [{ ...tokyoBay, kind: tsunamiKinds.warning }];
    const reading = await hear("VTSE41", tsunamiTelegram({ areas, status }));
    expect(reading.telegram.status).toBe(marked);
    expect(inForce(reading)).toHaveLength(1);
  });

  test.each(["", "通常訓練", "Actual"])(
    "an unknown Status 「%s」 is never real, and a person looks",
    async (status) => {
      const reading = await hear("VPWW55", warningTelegram({ type: "VPWW55", kinds: level5, status }));
      expect(reading.telegram.status).toBe("unknown");
      expect(remarks(reading)).toEqual(["unknown"]);
    },
  );

  test("an unknown InfoType says nothing but that a person must look", async () => {
    const reading = await hear(
      "VPWW55",
      warningTelegram({ type: "VPWW55", kinds: level5, infoType: "遅延" }),
    );
    expect(reading.hazards).toEqual([]);
    expect(remarks(reading)).toEqual(["unknown"]);
  });

  test("訂正 is read anew, with the same Serial", async () => {
    const bytes = earthquakeTelegram({
      cities: [{ ...shinagawa, intensity: "4" }],
      infoType: "訂正",
      serial: "1",
    });
    const reading = await hear("VXSE53", bytes);
    expect([reading.telegram.infoType, reading.telegram.serial]).toEqual(["correction", "1"]);
    expect(reading.hazards).toHaveLength(1);
  });

  test.each(["VTSE41", "VXSE53", "VPWW55", "VXWW50", "VPBS50"])(
    "取消 of %s names no areas: only the event says whom it concerns",
    async (type) => {
      const reading = await hear(type, cancellationTelegram("津波警報・注意報・予報a"));
      expect([reading.hazards, reading.remarks]).toEqual([[], []]);
      expect(reading.telegram).toMatchObject({ infoType: "cancellation", eventId: "20261120170000" });
    },
  );

  test("warnings have no EventID: their office tells one from another", async () => {
    const other = warningTelegram({ type: "VPWW55", kinds: level5, office: "横浜地方気象台" });
    expect((await hear("VPWW55", other)).telegram.eventId).toBe("横浜地方気象台");
  });

  test.each([
    ["no Report", "<Report/>"],
    [
      "a Report of another namespace",
      telegram("x", {}, { body: "" }).toString().replace('jmaxml1/"', 'jmaxml2/"'),
    ],
    ["no time", telegram("x", { reportedAt: "" }, { body: "" }).toString()],
    ["a time without offset", telegram("x", { reportedAt: "2026-11-20T17:05:00" }, { body: "" }).toString()],
    [
      "a time that never was",
      telegram("x", { reportedAt: "2026-13-20T17:05:00+09:00" }, { body: "" }).toString(),
    ],
  ])("%s is no telegram", async (_, text) => {
    const read = await readTelegram(Buffer.from(text), { id: "x", type: "VPWW55" }, shinagawaCodes);
    expect(read).toMatchObject({ refused: "not_a_telegram" });
  });
});

describe("a ward", () => {
  test("that is named where no table looks is not elsewhere", async () => {
    const moved = specialWarningNotice().toString().replace("（市町村等）", "（区市町村）");
    expect(remarks(await hear("VPNO50", Buffer.from(moved)))).toEqual(["unknown"]);
    const landslide = landslideTelegram({}).toString().replaceAll("Warning", "Alarm");
    expect(remarks(await hear("VXWW50", Buffer.from(landslide)))).toEqual(["unknown"]);
  });

  test("whose profile names no area, prefecture or river hears only what names it itself", async () => {
    const bare = {
      municipality: "1310900",
      earthquakeArea: "",
      tsunamiAreas: [],
      forecastAreas: [],
      prefecture: "",
      prefectureName: "",
      rivers: [],
    };
    const nowhere = { name: "どこか", code: "" };
    const telegrams: [string, Buffer][] = [
      ["VPFT50", heatTelegram()],
      ["VXSE51", intensityFlashTelegram({ areas: [{ ...nowhere, intensity: "7" }] })],
      ["VTSE41", tsunamiTelegram({ areas: [{ ...nowhere, kind: tsunamiKinds.major }] })],
      ["VXKO50", riverTelegram({ code: "51", name: "レベル５氾濫特別警報", river: nowhere })],
      ["VPBS50", flashTelegram({ tag: "線状降水帯発生", forecastArea: nowhere })],
    ];
    for (const [type, bytes] of telegrams) {
      const reading = await hear(type, bytes, bare);
      expect([type, reading.hazards, remarks(reading)]).toEqual([type, [], ["elsewhere"]]);
    }
    expect(
      inForce(await hear("VPWW55", warningTelegram({ type: "VPWW55", kinds: level5 }), bare)),
    ).toHaveLength(1);
  });
});

describe("a telegram that names no area at all", () => {
  test.each(["VPWW55", "VXWW50", "VXKO50", "VPBS50", "VXSE53", "VTSE41", "VPHW50"])(
    "goes to a person, since it may be about the ward (%s)",
    async (type) => {
      for (const body of ["", "<Warning>\n\n\n</Warning>", "<Area><Name></Name><Code> </Code></Area>"])
        expect(remarks(await hear(type, telegram("何かの情報", {}, { body })))).toEqual(["unknown"]);
    },
  );
});

describe("a type that is in no table", () => {
  test("goes to a person when it names the ward, else it is elsewhere", async () => {
    const about = (code: string) =>
      telegram("新しい情報", {}, { body: `<New><Area><Name>品川区</Name><Code>${code}</Code></Area></New>` });
    expect(remarks(await hear("VPXX99", about("1310900")))).toEqual(["unknown"]);
    expect(remarks(await hear("VPXX99", about("1311000")))).toEqual(["elsewhere"]);
  });

  test("is worth fetching; what is left alone on purpose is not", () => {
    expect(isWorthFetching("VPXX99")).toBe("unknown");
    expect(isWorthFetching("")).toBe("unknown");
    expect(isWorthFetching("VPWW53")).toBe("ignored");
    expect(isWorthFetching("VXSE43")).toBe("ignored");
    for (const type of ["VPWW55", "VPWW61", "VXWW50", "VPBS50", "VXKO50", "VXKO89", "VPNO50", "VPHW50"]) {
      expect(isWorthFetching(type), type).toBe("handled");
    }
    for (const type of ["VXSE51", "VXSE52", "VXSE53", "VXSE61", "VTSE41", "VPFT50"]) {
      expect(isWorthFetching(type), type).toBe("handled");
    }
  });

  test("the type stands in the entry's id", () => {
    expect(typeOf(entryId("VPWW58"))).toBe("VPWW58");
    expect(typeOf("https://www.data.jma.go.jp/developer/xml/data/0_VXSE53_010000.xml")).toBe("VXSE53");
    expect(typeOf("urn:uuid:1234")).toBe("");
  });
});
