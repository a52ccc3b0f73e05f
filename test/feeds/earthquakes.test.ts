import { describe, expect, test } from "vitest";
import { hear, inForce, lifted, remarks, shinagawaCodes } from "../support/hear.ts";
import {
  earthquakeTelegram,
  hypocentreTelegram,
  intensityFlashTelegram,
  meguro,
  shinagawa,
  tokyoBay,
  tsunamiKinds,
  tsunamiTelegram,
} from "../support/telegrams.ts";

const wards = { code: "350", name: "東京都２３区" };
const boso = { code: "311", name: "千葉県内房" };

describe("an earthquake", () => {
  test("is one event, first told for the 23 wards, then for the ward", async () => {
    const flash = await hear("VXSE51", intensityFlashTelegram({ areas: [{ ...wards, intensity: "5+" }] }));
    const report = await hear("VXSE53", earthquakeTelegram({ cities: [{ ...shinagawa, intensity: "5-" }] }));
    expect(inForce(flash)).toEqual(["earthquake:20261120170000 - warning 震度５強"]);
    expect(inForce(report)).toEqual(["earthquake:20261120170000 - warning 震度５弱"]);
    expect(flash.hazards[0]).toMatchObject({ intensity: "5+", area: wards });
    expect(report.hazards[0]).toMatchObject({
      intensity: "5-",
      area: { code: "1310900", name: "東京品川区" },
    });
    expect(report.hazards[0]?.facts).toEqual([
      { label: "震源地", value: "東京湾" },
      { label: "震源の位置", value: "北緯３５．５度　東経１３９．８度　深さ　３０ｋｍ" },
      { label: "規模", value: "Ｍ７．３" },
      { label: "発生時刻", value: "11月20日 17:00" },
      { label: "津波", value: "この地震による津波の心配はありません。" },
    ]);
  });

  test.each([
    ["7", "warning"],
    ["6+", "warning"],
    ["6-", "warning"],
    ["5+", "warning"],
    ["5-", "warning"],
    ["4", "notice"],
    ["3", "notice"],
    ["2", "none"],
    ["1", "none"],
  ])("of %s weighs %s and never has a level", async (intensity, severity) => {
    const [hazard] = (await hear("VXSE53", earthquakeTelegram({ cities: [{ ...shinagawa, intensity }] })))
      .hazards;
    expect(hazard).toMatchObject({ intensity, severity });
    expect(hazard).not.toHaveProperty("level");
  });

  test.each([
    ["without a value", { condition: "震度５弱以上未入電" }, undefined],
    ["with a lower value", { intensity: "4", condition: "震度５弱以上未入電" }, "4"],
    ["at a station only", { intensity: "4", stations: ["4", "震度５弱以上未入電"] }, "4"],
  ])("whose value has not arrived (%s) is treated as possibly 5-", async (_, options, intensity) => {
    const reading = await hear("VXSE53", earthquakeTelegram({ cities: [{ ...shinagawa, ...options }] }));
    expect(reading.hazards[0]).toMatchObject({
      intensityNotReceived: true,
      severity: "warning",
      name: "震度５弱以上未入電",
    });
    expect(reading.hazards[0]?.intensity).toBe(intensity);
    expect(reading.remarks).toEqual([]);
  });

  test.each([
    ["0215", "tsunamiNone"],
    ["0215 0241", "tsunamiNone"],
    ["0241\n0211", "tsunamiInForce"],
    ["0215 0212", "tsunamiSlight"],
    ["0217", undefined],
    ["9999", undefined],
  ])("with the comments %j says of a tsunami: %s", async (code, tsunami) => {
    const xml = earthquakeTelegram({ cities: [{ ...shinagawa, intensity: "4" }] }).toString();
    const said = Buffer.from(xml.replace("<Code>0215</Code>", `<Code>${code}</Code>`));
    expect((await hear("VXSE53", said)).hazards[0]?.tsunami).toBe(tsunami);
  });

  test("is said by VXSE51 without a word of a tsunami", async () => {
    const flash = await hear("VXSE51", intensityFlashTelegram({ areas: [{ ...wards, intensity: "4" }] }));
    expect(flash.hazards[0]).not.toHaveProperty("tsunami");
  });

  test("of 5+ needs no station that is still silent", async () => {
    const cities = [{ ...shinagawa, intensity: "5+", stations: ["5+", "震度５弱以上未入電"] }];
    const reading = await hear("VXSE53", earthquakeTelegram({ cities }));
    expect(reading.hazards[0]).not.toHaveProperty("intensityNotReceived");
    expect(reading.hazards[0]?.name).toBe("震度５強");
  });

  test("that does not list the ward says nothing about it", async () => {
    const reading = await hear("VXSE53", earthquakeTelegram({ cities: [{ ...meguro, intensity: "3" }] }));
    expect(reading.hazards).toEqual([]);
    expect(remarks(reading)).toEqual(["elsewhere"]);
  });

  test.each([[{ intensity: "8" }], [{}], [{ intensity: "５弱" }]])(
    "with a value that no table has goes to a person (%j)",
    async (options) => {
      const reading = await hear("VXSE53", earthquakeTelegram({ cities: [{ ...shinagawa, ...options }] }));
      expect(reading.hazards).toEqual([]);
      expect(remarks(reading)).toEqual(["unknown"]);
    },
  );

  test("told by its hypocentre alone is for information", async () => {
    expect(remarks(await hear("VXSE52", hypocentreTelegram()))).toEqual(["forInformation"]);
    expect(remarks(await hear("VXSE61", hypocentreTelegram()))).toEqual(["forInformation"]);
  });
});

describe("a tsunami is matched in the Body", () => {
  test.each([
    [{ code: "53", name: "大津波警報：発表" }, "specialWarning"],
    [tsunamiKinds.major, "specialWarning"],
    [tsunamiKinds.warning, "warning"],
    [tsunamiKinds.advisory, "advisory"],
  ])("%j for 312 is in force, without a level", async (kind, severity) => {
    const reading = await hear("VTSE41", tsunamiTelegram({ areas: [{ ...tokyoBay, kind }] }));
    expect(inForce(reading)).toEqual([`tsunami:312 - ${severity} ${kind.name}`]);
  });

  test("heights are told as JMA describes them, also when the number is NaN", async () => {
    const areas = [
      { ...tokyoBay, kind: tsunamiKinds.major, height: "巨大", arrival: "2026-11-20T17:30:00+09:00" },
    ];
    const [hazard] = (await hear("VTSE41", tsunamiTelegram({ areas }))).hazards;
    expect(hazard?.facts).toEqual([
      { label: "予想される津波の高さ", value: "巨大" },
      { label: "津波の到達予想", value: "11月20日 17:30" },
    ]);
    expect(hazard?.text).toBe("ただちに避難してください。");
  });

  test.each([
    tsunamiKinds.slight,
    tsunamiKinds.warningLifted,
    tsunamiKinds.advisoryLifted,
    tsunamiKinds.none,
  ])("%j is lifted", async (kind) => {
    const reading = await hear("VTSE41", tsunamiTelegram({ areas: [{ ...tokyoBay, kind }] }));
    expect(inForce(reading)).toEqual([]);
    expect(lifted(reading)).toEqual(["tsunami:312"]);
  });

  test("an area that is not in the picture any more is lifted, with a remark", async () => {
    const reading = await hear(
      "VTSE41",
      tsunamiTelegram({ areas: [{ ...boso, kind: tsunamiKinds.warning }] }),
    );
    expect(lifted(reading)).toEqual(["tsunami:312"]);
    expect(remarks(reading)).toEqual(["elsewhere"]);
  });

  test("a code that no table has, or no area at all, goes to a person and lifts nothing", async () => {
    const strange = tsunamiTelegram({ areas: [{ ...tokyoBay, kind: { code: "54", name: "新しい警報" } }] });
    for (const bytes of [strange, tsunamiTelegram({ areas: [] })]) {
      const reading = await hear("VTSE41", bytes);
      expect(reading.hazards).toEqual([]);
      expect(remarks(reading)).toEqual(["unknown"]);
    }
  });

  test("a ward without a shore hears nothing", async () => {
    const bytes = tsunamiTelegram({ areas: [{ ...tokyoBay, kind: tsunamiKinds.major }] });
    const reading = await hear("VTSE41", bytes, { ...shinagawaCodes, tsunamiAreas: [] });
    expect([reading.hazards, remarks(reading)]).toEqual([[], ["elsewhere"]]);
  });
});
