import { describe, expect, test } from "vitest";
import { hear, inForce, lifted, remarks, shinagawaCodes } from "../support/hear.ts";
import { flashTelegram, heatTelegram, meguro, riverTelegram, shinagawa } from "../support/telegrams.ts";

const arakawa = { code: "830303000100", name: "荒川" };

describe("a river forecast", () => {
  test.each([
    ["20", "レベル２氾濫注意報", "2 advisory"],
    ["21", "レベル２氾濫注意報", "2 advisory"],
    ["22", "レベル２氾濫注意報", "2 advisory"],
    ["30", "レベル３氾濫警報", "3 warning"],
    ["31", "レベル３氾濫警報", "3 warning"],
    ["40", "レベル４氾濫危険警報", "4 urgentWarning"],
    ["41", "レベル４氾濫危険警報", "4 urgentWarning"],
    ["51", "レベル５氾濫特別警報", "5 specialWarning"],
    ["53", "レベル５氾濫特別警報（氾濫水の予報）", "5 specialWarning"],
  ])("%s %s of a river in the ward's list is in force", async (code, name, expected) => {
    const reading = await hear("VXKO50", riverTelegram({ code, name }));
    expect(inForce(reading)).toEqual([`riverFlood:130005000100 ${expected} ${name}`]);
    expect(reading.hazards[0]?.text).toBe("水位は上昇する見込みです。");
  });

  test("22 lifts the warning and leaves the advisory: no all-clear; 10 is one", async () => {
    expect(lifted(await hear("VXKO50", riverTelegram({ code: "22", name: "レベル２氾濫注意報" })))).toEqual(
      [],
    );
    expect(
      lifted(await hear("VXKO50", riverTelegram({ code: "10", name: "レベル２氾濫注意報解除" }))),
    ).toEqual(["riverFlood:130005000100"]);
  });

  test("of a river that is in no list is ours when 浸水想定地区 names the ward", async () => {
    const bytes = riverTelegram({
      code: "30",
      name: "レベル３氾濫警報",
      river: arakawa,
      floodplain: [meguro, shinagawa],
    });
    expect(inForce(await hear("VXKO89", bytes))).toEqual([
      "riverFlood:830303000100 3 warning レベル３氾濫警報",
    ]);
  });

  test("of a river that is in no list and floods others is elsewhere", async () => {
    const bytes = riverTelegram({
      code: "51",
      name: "レベル５氾濫特別警報",
      river: arakawa,
      floodplain: [meguro],
    });
    const reading = await hear("VXKO50", bytes);
    expect(reading.hazards).toEqual([]);
    expect(remarks(reading)).toEqual(["elsewhere"]);
  });

  test("its lifting names no places, and still ends what 浸水想定地区 began", async () => {
    const bytes = riverTelegram({ code: "10", name: "レベル２氾濫注意報解除", river: arakawa });
    const reading = await hear("VXKO50", bytes);
    expect(lifted(reading)).toEqual(["riverFlood:830303000100"]);
    expect(remarks(reading)).toEqual(["elsewhere"]);
  });

  test("is found by the river's 10 digits too", async () => {
    const codes = { ...shinagawaCodes, rivers: ["1300050001"] };
    const reading = await hear("VXKO50", riverTelegram({ code: "30", name: "レベル３氾濫警報" }), codes);
    expect(inForce(reading)).toHaveLength(1);
  });

  test.each([
    ["60", "レベル５氾濫特別警報"],
    ["40", "氾濫危険情報"],
    ["40", "レベル５氾濫特別警報"],
  ])("with %s %s goes to a person", async (code, name) => {
    const reading = await hear("VXKO50", riverTelegram({ code, name }));
    expect(reading.hazards).toEqual([]);
    expect(remarks(reading)).toEqual(["unknown"]);
  });
});

describe("気象防災速報", () => {
  test("線状降水帯 of 東京地方 is the ward's, and has no level", async () => {
    const reading = await hear("VPBS50", flashTelegram({ tag: "線状降水帯発生" }));
    expect(inForce(reading)).toEqual([
      "linearRainband:KJPTD202611201705_202611201705 - warning 線状降水帯発生",
    ]);
    expect(reading.hazards[0]?.area).toEqual({ code: "130010", name: "東京地方" });
    const soon = await hear("VPBS50", flashTelegram({ tag: "線状降水帯直前" }));
    expect(soon.hazards[0]).toMatchObject({ kind: "linearRainbandSoon", severity: "notice" });
  });

  test("線状降水帯 of the islands is elsewhere", async () => {
    const bytes = flashTelegram({
      tag: "線状降水帯発生",
      forecastArea: { code: "130020", name: "伊豆諸島北部" },
    });
    expect(remarks(await hear("VPBS50", bytes))).toEqual(["elsewhere"]);
  });

  test("記録雨 is matched by municipality, 付近 included", async () => {
    const bytes = flashTelegram({ tag: "記録雨", places: [{ ...shinagawa, near: true }] });
    const reading = await hear("VPBS50", bytes);
    expect(reading.hazards).toEqual([
      expect.objectContaining({
        kind: "recordRain",
        name: "記録的短時間大雨",
        area: { code: "1310900", name: "品川区付近" },
        facts: [{ label: "前１時間解析雨量", value: "約１００ミリ" }],
      }),
    ]);
    const part = flashTelegram({ tag: "記録雨", places: [{ code: "1310911", name: "品川" }] });
    expect((await hear("VPBS50", part)).hazards).toHaveLength(1);
  });

  test("記録雨 in another ward of 東京地方 is elsewhere", async () => {
    expect(remarks(await hear("VPBS50", flashTelegram({ tag: "記録雨", places: [meguro] })))).toEqual([
      "elsewhere",
    ]);
  });

  test("a new tag for our area goes to a person, for another area not", async () => {
    expect(remarks(await hear("VPBS50", flashTelegram({ tag: "大暴風" })))).toEqual(["unknown"]);
    const far = flashTelegram({ tag: "大暴風", forecastArea: { code: "130040", name: "小笠原諸島" } });
    expect(remarks(await hear("VPBS50", far))).toEqual(["elsewhere"]);
  });
});

describe("熱中症警戒アラート, which has no area codes", () => {
  test("is ours by its title and its office", async () => {
    const reading = await hear("VPFT50", heatTelegram());
    expect(inForce(reading)).toEqual(["heat:2026-11-20 - notice 熱中症警戒アラート"]);
  });

  test("of another prefecture is elsewhere", async () => {
    const bytes = heatTelegram({ title: "千葉県熱中症警戒アラート", office: "銚子地方気象台" });
    expect(remarks(await hear("VPFT50", bytes))).toEqual(["elsewhere"]);
  });

  test.each([{ office: "銚子地方気象台" }, { title: "東京都小笠原熱中症警戒アラート" }])(
    "that does not fit goes to a person (%j)",
    async (head) => {
      expect(remarks(await hear("VPFT50", heatTelegram(head)))).toEqual(["unknown"]);
    },
  );
});
