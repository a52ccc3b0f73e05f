import { describe, expect, test } from "vitest";
import { hear, inForce, lifted, remarks, shinagawaCodes } from "../support/hear.ts";
import {
  hachijo,
  kindInForce,
  landslideTelegram,
  meguro,
  noWarning,
  specialWarningNotice,
  tornadoTelegram,
  warningTelegram,
} from "../support/telegrams.ts";

const level5 = kindInForce("33", "レベル５大雨特別警報");
const level3 = kindInForce("03", "レベル３大雨警報", "継続");

describe("a warning of the new scheme", () => {
  test.each([
    ["VPWW55", "33", "レベル５大雨特別警報", "heavyRain 5 specialWarning"],
    ["VPWW55", "43", "レベル４大雨危険警報", "heavyRain 4 urgentWarning"],
    ["VPWW55", "03", "レベル３大雨警報", "heavyRain 3 warning"],
    ["VPWW55", "10", "レベル２大雨注意報", "heavyRain 2 advisory"],
    ["VPWW56", "39", "レベル５土砂災害特別警報", "landslide 5 specialWarning"],
    ["VPWW56", "49", "レベル４土砂災害危険警報", "landslide 4 urgentWarning"],
    ["VPWW56", "09", "レベル３土砂災害警報", "landslide 3 warning"],
    ["VPWW56", "29", "レベル２土砂災害注意報", "landslide 2 advisory"],
    ["VPWW57", "38", "レベル５高潮特別警報", "stormSurge 5 specialWarning"],
    ["VPWW57", "48", "レベル４高潮危険警報", "stormSurge 4 urgentWarning"],
    ["VPWW57", "08", "レベル３高潮警報", "stormSurge 3 warning"],
    ["VPWW57", "19", "レベル２高潮注意報", "stormSurge 2 advisory"],
    ["VPWW58", "35", "暴風特別警報", "storm - specialWarning"],
    ["VPWW58", "05", "暴風警報", "storm - warning"],
    ["VPWW58", "15", "強風注意報", "storm - advisory"],
    ["VPWW58", "32", "暴風雪特別警報", "blizzard - specialWarning"],
    ["VPWW58", "02", "暴風雪警報", "blizzard - warning"],
    ["VPWW58", "13", "風雪注意報", "blizzard - advisory"],
    ["VPWW59", "37", "波浪特別警報", "waves - specialWarning"],
    ["VPWW59", "07", "波浪警報", "waves - warning"],
    ["VPWW59", "16", "波浪注意報", "waves - advisory"],
    ["VPWW60", "36", "大雪特別警報", "heavySnow - specialWarning"],
    ["VPWW60", "06", "大雪警報", "heavySnow - warning"],
    ["VPWW60", "12", "大雪注意報", "heavySnow - advisory"],
    ["VPWW61", "14", "雷注意報", "thunder - advisory"],
    ["VPWW61", "17", "融雪注意報", "snowmelt - advisory"],
    ["VPWW61", "20", "濃霧注意報", "fog - advisory"],
    ["VPWW61", "21", "乾燥注意報", "dryAir - advisory"],
    ["VPWW61", "22", "なだれ注意報", "avalanche - advisory"],
    ["VPWW61", "23", "低温注意報", "lowTemperature - advisory"],
    ["VPWW61", "24", "霜注意報", "frost - advisory"],
    ["VPWW61", "25", "着氷注意報", "icing - advisory"],
    ["VPWW61", "26", "着雪注意報", "snowAccretion - advisory"],
    ["VPWW61", "27", "その他の注意報", "otherAdvisory - advisory"],
  ])("%s %s %s is read word for word", async (type, code, name, expected) => {
    const reading = await hear(type, warningTelegram({ type, kinds: [kindInForce(code, name)] }));
    expect(inForce(reading)).toEqual([`${expected} ${name}`]);
    expect(reading.remarks).toEqual([]);
    expect(reading.hazards[0]?.area).toEqual({ code: "1310900", name: "品川区" });
  });

  test("tells hours and heights in the issuer's words, and the comment for residents", async () => {
    const more = `<Property><Type>高潮ピーク</Type><TidalLevelPart><Base><Local><AreaName>東京湾</AreaName>
      <jmx_eb:TidalLevel type="潮位" unit="m" description="２．３メートルの高さ">2.3</jmx_eb:TidalLevel>
      <Time>2026-11-20T18:30:00+09:00</Time></Local></Base></TidalLevelPart></Property>
      <Property><Type>高潮危険度</Type><CriteriaPeriod><Base><Sentence>２０日１８時から、警戒レベル４相当</Sentence>
      <Time>2026-11-20T18:00:00+09:00</Time></Base></CriteriaPeriod></Property>`;
    const kinds = [{ ...kindInForce("48", "レベル４高潮危険警報"), more }];
    const reading = await hear(
      "VPWW57",
      warningTelegram({ type: "VPWW57", kinds, comment: "海岸から離れてください。" }),
    );
    expect(reading.hazards[0]).toMatchObject({
      facts: [
        { label: "高潮ピーク", value: "東京湾　２．３メートルの高さ（11月20日 18:30）" },
        { label: "高潮危険度", value: "２０日１８時から、警戒レベル４相当" },
      ],
      text: "海岸から離れてください。",
    });
  });
});

describe("only the ward's own row of the municipalities counts", () => {
  test("a special warning of Tokyo that is about islands only lifts ours, and raises nothing", async () => {
    const bytes = warningTelegram({
      type: "VPWW55",
      kinds: [noWarning],
      prefectureKinds: [level5],
      others: [{ city: hachijo, kinds: [level5] }],
    });
    const reading = await hear("VPWW55", bytes);
    expect(inForce(reading)).toEqual([]);
    expect(lifted(reading)).toEqual(["heavyRain"]);
  });

  test("when only islands are listed, it is elsewhere", async () => {
    const bytes = warningTelegram({ type: "VPWW55", city: hachijo, kinds: [level5] });
    const reading = await hear("VPWW55", bytes);
    expect(reading.hazards).toEqual([]);
    expect(remarks(reading)).toEqual(["elsewhere"]);
  });

  test("the neighbour's level is not ours", async () => {
    const bytes = warningTelegram({
      type: "VPWW55",
      kinds: [level3],
      others: [{ city: meguro, kinds: [level5] }],
    });
    expect(inForce(await hear("VPWW55", bytes))).toEqual(["heavyRain 3 warning レベル３大雨警報"]);
    const meguroCodes = { ...shinagawaCodes, municipality: "1311000" };
    expect(inForce(await hear("VPWW55", bytes, meguroCodes))).toEqual([
      "heavyRain 5 specialWarning レベル５大雨特別警報",
    ]);
  });

  test("without the part for municipalities a person must look when it is about our prefecture", async () => {
    const cut = warningTelegram({ type: "VPWW55", kinds: [level5] })
      .toString()
      .replaceAll("気象警報・注意報（市町村等）", "気象警報・注意報（区市町村）");
    const reading = await hear("VPWW55", Buffer.from(cut));
    expect(reading.hazards).toEqual([]);
    expect(remarks(reading)).toEqual(["unknown"]);
  });
});

describe("a lifting is judged by Code and Status together", () => {
  test("解除 with a live Code in the Body is lifted, although the Headline says Code 00", async () => {
    const kinds = [kindInForce("10", "レベル２大雨注意報", "解除")];
    const reading = await hear("VPWW55", warningTelegram({ type: "VPWW55", kinds }));
    expect(reading.hazards).toEqual([
      expect.objectContaining({ subject: "heavyRain", phase: "lifted", severity: "none" }),
    ]);
    expect(reading.hazards[0]).not.toHaveProperty("level");
  });

  test("「発表警報・注意報はなし」 without Name and Code lifts everything of this type", async () => {
    const reading = await hear("VPWW58", warningTelegram({ type: "VPWW58", kinds: [noWarning] }));
    expect(lifted(reading)).toEqual(["storm", "blizzard"]);
    expect(reading.remarks).toEqual([]);
  });

  test("what is no longer listed beside another kind is lifted", async () => {
    const kinds = [kindInForce("15", "強風注意報", "継続")];
    const reading = await hear("VPWW58", warningTelegram({ type: "VPWW58", kinds }));
    expect(inForce(reading)).toEqual(["storm - advisory 強風注意報"]);
    expect(lifted(reading)).toEqual(["blizzard"]);
  });

  test.each([
    ["特別警報から危険警報", "43", "レベル４大雨危険警報", "heavyRain 4 urgentWarning レベル４大雨危険警報"],
    ["特別警報から警報", "03", "レベル３大雨警報", "heavyRain 3 warning レベル３大雨警報"],
    ["危険警報から注意報", "10", "レベル２大雨注意報", "heavyRain 2 advisory レベル２大雨注意報"],
    ["警報から注意報", "10", "レベル２大雨注意報", "heavyRain 2 advisory レベル２大雨注意報"],
  ])("%s is lowered and still in force", async (status, code, name, expected) => {
    const reading = await hear(
      "VPWW55",
      warningTelegram({ type: "VPWW55", kinds: [kindInForce(code, name, status)] }),
    );
    expect(inForce(reading)).toEqual([expected]);
    expect(lifted(reading)).toEqual([]);
  });
});

describe("what is not understood goes to a person, and lifts nothing", () => {
  test.each([
    ["a code of another type", kindInForce("08", "レベル３高潮警報")],
    ["a code that no table has", kindInForce("99", "レベル５新しい警報")],
    ["a code that lost its zero", kindInForce("3", "レベル３大雨警報")],
    ["a status that no table has", kindInForce("33", "レベル５大雨特別警報", "延長")],
    ["a change of rank that is not the code's", kindInForce("33", "レベル５大雨特別警報", "警報から注意報")],
    ["no status", kindInForce("33", "レベル５大雨特別警報", "")],
    ["a name without the level of its code", kindInForce("33", "大雨特別警報")],
    ["a name with another level than its code", kindInForce("33", "レベル４大雨危険警報")],
    ["a status that is in force without a code", { status: "発表" }],
    ["none, but with a name", { status: "発表警報・注意報はなし", name: "レベル５大雨特別警報" }],
  ])("%s", async (_, kind) => {
    const reading = await hear("VPWW55", warningTelegram({ type: "VPWW55", kinds: [kind] }));
    expect(reading.hazards).toEqual([]);
    expect(remarks(reading)).toEqual(["unknown"]);
  });

  test("it does not lift the other kinds of the ward's row, for it might be one of them", async () => {
    const kinds = [kindInForce("15", "強風注意報", "継続"), kindInForce("77", "新しい警報")];
    const reading = await hear("VPWW58", warningTelegram({ type: "VPWW58", kinds }));
    expect(inForce(reading)).toEqual(["storm - advisory 強風注意報"]);
    expect(lifted(reading)).toEqual([]);
    expect(remarks(reading)).toEqual(["unknown"]);
  });

  test("about a neighbour it is not our matter", async () => {
    const others = [{ city: meguro, kinds: [kindInForce("99", "新しい警報")] }];
    const reading = await hear("VPWW55", warningTelegram({ type: "VPWW55", kinds: [noWarning], others }));
    expect(reading.remarks).toEqual([]);
  });
});

describe("the same danger told by other types", () => {
  test("VXWW50 and VPWW56 are about one subject and one level", async () => {
    const [first] = (await hear("VXWW50", landslideTelegram({}))).hazards;
    const kinds = [kindInForce("49", "レベル４土砂災害危険警報")];
    const [second] = (await hear("VPWW56", warningTelegram({ type: "VPWW56", kinds }))).hazards;
    expect([first?.subject, first?.level, first?.name]).toEqual([
      second?.subject,
      second?.level,
      second?.name,
    ]);
    expect([first?.secondVoice, second?.secondVoice]).toEqual([true, undefined]);
  });

  test.each([
    ["1", "解除"],
    ["3", "解除"],
    ["0", "なし"],
  ])(
    "VXWW50 %s %s says that Level 4 is not in force, and nothing of other levels",
    async (code, kindStatus) => {
      const reading = await hear("VXWW50", landslideTelegram({ code, kindStatus }));
      expect(reading.hazards).toEqual([
        expect.objectContaining({ phase: "lifted", severity: "urgentWarning", secondVoice: true }),
      ]);
    },
  );

  test("VXWW50 under its old name has no level, because the name carries none", async () => {
    const reading = await hear("VXWW50", landslideTelegram({ title: "東京都土砂災害警戒情報" }));
    expect(inForce(reading)).toEqual(["landslide - urgentWarning 土砂災害警戒情報"]);
  });

  test("VXWW50 with a code or a status that no table has goes to a person", async () => {
    expect(remarks(await hear("VXWW50", landslideTelegram({ code: "4" })))).toEqual(["unknown"]);
    expect(remarks(await hear("VXWW50", landslideTelegram({ kindStatus: "延長" })))).toEqual(["unknown"]);
    expect(remarks(await hear("VXWW50", landslideTelegram({ city: hachijo })))).toEqual(["elsewhere"]);
  });

  test("VPNO50 is a net for staff: it names the ward, and has no level", async () => {
    const reading = await hear("VPNO50", specialWarningNotice());
    expect(inForce(reading)).toEqual(["specialWarningNotice - specialWarning 大雨特別警報"]);
    expect(remarks(reading)).toEqual(["forInformation"]);
    expect(lifted(await hear("VPNO50", specialWarningNotice({ code: "00", name: "解除" })))).toEqual([
      "specialWarningNotice",
    ]);
    expect(remarks(await hear("VPNO50", specialWarningNotice({ city: hachijo })))).toEqual(["elsewhere"]);
  });

  test.each(["VPWW53", "VPWW54"])("%s, the old scheme, is understood and left alone", async (type) => {
    const reading = await hear(type, warningTelegram({ type, kinds: [kindInForce("33", "大雨特別警報")] }));
    expect(reading.hazards).toEqual([]);
    expect(remarks(reading)).toEqual(["forInformation"]);
  });
});

describe("a tornado", () => {
  test("is told until its time, for the ward that is named", async () => {
    const reading = await hear("VPHW50", tornadoTelegram());
    expect(inForce(reading)).toEqual(["tornado - notice 竜巻注意情報"]);
    expect(reading.hazards[0]?.expiresAt).toBe(Date.parse("2026-11-20T18:10:00+09:00"));
  });

  test("of another municipality of 東京地方 is elsewhere", async () => {
    expect(remarks(await hear("VPHW51", tornadoTelegram({ city: meguro })))).toEqual(["elsewhere"]);
  });
});
