import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hear, inForce, lifted, remarks, shinagawaCodes } from "../support/hear.ts";

// JMA's own telegrams and some that a running bot received. They are not part of the project: a checkout without them
// skips this file. What is edited here is built in memory and never written.
const folder = new URL("../../../shared/samples/jmaxml/", import.meta.url);
const here = existsSync(folder);

function sample(name: string, ...edits: [from: string, to: string][]): Buffer {
  let text = readFileSync(new URL(name, folder), "utf8");
  for (const [from, to] of edits) {
    if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
    text = text.replaceAll(from, to);
  }
  return Buffer.from(text);
}

function of(municipality: string) {
  return { ...shinagawaCodes, municipality };
}

const soya = "r06-vpww55-heavy-rain-level4-soya.xml";
const shimane = "r06-vpww55-heavy-rain-level3-and-lifting-shimane.xml";
const wind = "r06-vpww58-wind-tokyo-20260528.xml";
const quake = "vxse53-intensities-with-tokyo-wards.xml";
const bay = "vtse41-tsunami-advisory-tokyo-bay-drill.xml";
const river = "vxko-flood-level3-akita-20260730.xml";
const kanagawa = "vxww50-landslide-level4-kanagawa.xml";

describe.skipIf(!here)("official samples (skipped where ../shared/samples/jmaxml is not there)", () => {
  test("heavy rain of 宗谷: Level 4, 3 and 2, each for its own town", async () => {
    expect(inForce(await hear("VPWW55", sample(soya), of("0121400")))).toEqual([
      "heavyRain 4 urgentWarning レベル４大雨危険警報",
    ]);
    expect(inForce(await hear("VPWW55", sample(soya), of("0151100")))).toEqual([
      "heavyRain 3 warning レベル３大雨警報",
    ]);
    expect(inForce(await hear("VPWW55", sample(soya), of("0151200")))).toEqual([
      "heavyRain 2 advisory レベル２大雨注意報",
    ]);
    expect(remarks(await hear("VPWW55", sample(soya)))).toEqual(["elsewhere"]);
  });

  test("heavy rain of 島根: 解除 with a live Code, none at all, and Level 3", async () => {
    expect(lifted(await hear("VPWW55", sample(shimane), of("3252800")))).toEqual(["heavyRain"]);
    expect(lifted(await hear("VPWW55", sample(shimane), of("3252500")))).toEqual(["heavyRain"]);
    expect(inForce(await hear("VPWW55", sample(shimane), of("3220100")))).toEqual([
      "heavyRain 3 warning レベル３大雨警報",
    ]);
  });

  test("landslides of 宗谷 and storm surge of 舞鶴, with what they add", async () => {
    const landslide = await hear("VPWW56", sample("r06-vpww56-landslide-level4-soya.xml"), of("0121400"));
    expect(inForce(landslide)).toEqual(["landslide 4 urgentWarning レベル４土砂災害危険警報"]);
    expect(landslide.hazards[0]?.text).toMatch(/^避難が必要となる危険な状況/);
    const surge = await hear("VPWW57", sample("r06-vpww57-storm-surge-level4-kyoto.xml"), of("2620200"));
    expect(inForce(surge)).toEqual(["stormSurge 4 urgentWarning レベル４高潮危険警報"]);
    expect(surge.hazards[0]?.facts).toContainEqual({
      label: "高潮ピーク",
      value: "舞鶴湾　４．５メートルの高さ（6月23日 8:30）",
    });
  });

  test("wind of Tokyo is about two islands: every ward is told that nothing is in force", async () => {
    const reading = await hear("VPWW58", sample(wind));
    expect([inForce(reading), lifted(reading), reading.remarks]).toEqual([[], ["storm", "blizzard"], []]);
    expect(inForce(await hear("VPWW58", sample(wind), of("1340100")))).toEqual([
      "storm - advisory 強風注意報",
    ]);
  });

  test("the old scheme is left alone, even with a special warning in Tokyo", async () => {
    const reading = await hear("VPWW53", sample("legacy-vpww53-tokyo-special-warning.xml"), of("1310400"));
    expect([reading.hazards, remarks(reading)]).toEqual([[], ["forInformation"]]);
    const correction = await hear("VPZJ50", sample("vpzj50-correction.xml"));
    expect([correction.telegram.infoType, correction.telegram.serial]).toEqual(["correction", "1"]);
    expect(remarks(correction)).toEqual(["forInformation"]);
  });

  test("landslides of 神奈川: Level 4 in three towns", async () => {
    expect(inForce(await hear("VXWW50", sample(kanagawa), of("1420600")))).toEqual([
      "landslide 4 urgentWarning レベル４土砂災害危険警報",
    ]);
    expect(lifted(await hear("VXWW50", sample(kanagawa), of("1420500")))).toEqual(["landslide"]);
    expect(remarks(await hear("VXWW50", sample(kanagawa)))).toEqual(["elsewhere"]);
  });

  test("record rain near 伊那 is for 伊那 only", async () => {
    const bytes = sample("vpbs50-record-rain-nagano-20260727.xml");
    const ina = { ...of("2020900"), forecastAreas: ["200030"] };
    expect((await hear("VPBS50", bytes, ina)).hazards).toEqual([
      expect.objectContaining({ kind: "recordRain", area: { code: "2020911", name: "伊那付近" } }),
    ]);
    const iida = { ...of("2020500"), forecastAreas: ["200030"] };
    expect(remarks(await hear("VPBS50", bytes, iida))).toEqual(["elsewhere"]);
    expect(remarks(await hear("VPBS50", bytes))).toEqual(["elsewhere"]);
  });

  test("太平川: ours by 浸水想定地区, or by our list", async () => {
    const expected = ["riverFlood:820209000400 3 warning レベル３氾濫警報"];
    expect(inForce(await hear("VXKO50", sample(river), of("0520100")))).toEqual(expected);
    expect(
      inForce(await hear("VXKO50", sample(river), { ...shinagawaCodes, rivers: ["8202090004"] })),
    ).toEqual(expected);
    expect(remarks(await hear("VXKO50", sample(river)))).toEqual(["elsewhere"]);
  });

  test("earthquakes: 震度速報 for the wards, then each ward's own intensity", async () => {
    const flash = await hear("VXSE51", sample("vxse51-intensity-flash-tokyo23-int4.xml"));
    expect(inForce(flash)).toEqual(["earthquake:20090811050711 - notice 震度４"]);
    const reading = await hear("VXSE53", sample(quake));
    expect(inForce(reading)).toEqual(["earthquake:20080614084350 - none 震度２"]);
    expect(reading.hazards[0]?.area.name).toBe("東京品川区");
    const silent = await hear("VXSE53", sample(quake), of("0338100"));
    expect(silent.hazards[0]).toMatchObject({ intensityNotReceived: true, severity: "warning" });
    expect(silent.hazards[0]).not.toHaveProperty("intensity");
    const hypocentre = await hear("VXSE52", sample("vxse52-hypocentre-drill.xml"));
    expect([hypocentre.telegram.status, remarks(hypocentre)]).toEqual(["exercise", ["forInformation"]]);
  });

  test("tsunami drills for 312 stay drills, and their lifting is one", async () => {
    const advisory = await hear("VTSE41", sample(bay));
    expect(advisory.telegram.status).toBe("exercise");
    expect(inForce(advisory)).toEqual(["tsunami:312 - advisory 津波注意報"]);
    const over = await hear("VTSE41", sample("vtse41-tsunami-advisory-lifted-tokyo-bay-drill.xml"));
    expect([over.telegram.status, lifted(over)]).toEqual(["exercise", ["tsunami:312"]]);
    const cancelled = await hear("VTSE41", sample("vtse41-cancelled.xml"));
    expect(cancelled).toMatchObject({ hazards: [], remarks: [], telegram: { infoType: "cancellation" } });
  });

  test("synthetic: Level 5 for the ward, and for islands only", async () => {
    const five: [string, string][] = [
      ["レベル４大雨危険警報", "レベル５大雨特別警報"],
      ["<Code>43</Code>", "<Code>33</Code>"],
    ];
    const ours = sample(soya, ...five, ["0121400", "1310900"], ["稚内市", "品川区"]);
    expect(inForce(await hear("VPWW55", ours))).toEqual(["heavyRain 5 specialWarning レベル５大雨特別警報"]);
    const islands = sample(wind, ["強風注意報", "暴風特別警報"], ["<Code>15</Code>", "<Code>35</Code>"]);
    expect(inForce(await hear("VPWW58", islands))).toEqual([]);
    expect(inForce(await hear("VPWW58", islands, of("1340100")))).toEqual([
      "storm - specialWarning 暴風特別警報",
    ]);
  });

  test("synthetic: a real major tsunami warning for 312, whose Headline names 491 only", async () => {
    const bytes = sample(
      bay,
      ["訓練</Status>", "通常</Status>"],
      ["津波注意報</Name>", "大津波警報</Name>"],
      ["<Code>62</Code>", "<Code>52</Code>"],
    );
    const reading = await hear("VTSE41", bytes);
    expect(reading.telegram.status).toBe("actual");
    expect(inForce(reading)).toEqual(["tsunami:312 - specialWarning 大津波警報"]);
  });
});
