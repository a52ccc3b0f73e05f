export interface Place {
  code: string;
  name: string;
}

/** What a municipality belongs to, by JMA's codes. */
export interface Whereabouts {
  municipality: Place;
  /** 一次細分区域 and 市町村等をまとめた地域. */
  forecastArea: Place;
  group: Place;
  prefecture: Place;
  earthquakeArea: Place;
  tsunamiArea: Place;
  river: Place;
}

export const tokyo: Place = { code: "130000", name: "東京都" };
const mainland: Place = { code: "130010", name: "東京地方" };
const west: Place = { code: "130011", name: "２３区西部" };
const east: Place = { code: "130012", name: "２３区東部" };
const northernIslands: Place = { code: "130020", name: "伊豆諸島北部" };
const southernIslands: Place = { code: "130030", name: "伊豆諸島南部" };
const ogasawara: Place = { code: "130040", name: "小笠原諸島" };

const wards =
  "千代田区 中央区 港区 新宿区 文京区 台東区 墨田区 江東区 品川区 目黒区 大田区 世田谷区 渋谷区 中野区 杉並区 豊島区 北区 荒川区 板橋区 練馬区 足立区 葛飾区 江戸川区".split(
    " ",
  );
const inTheEast = new Set(["台東区", "墨田区", "江東区", "荒川区", "足立区", "葛飾区", "江戸川区"]);

export interface Municipality extends Place {
  forecastArea: Place;
  group: Place;
}

/** The municipalities of Tokyo that the telegrams here list: the wards, and an island of each group. */
export const municipalities: readonly Municipality[] = [
  ...wards.map((name, index) => ({
    code: String(1_310_100 + index * 100),
    name,
    forecastArea: mainland,
    group: inTheEast.has(name) ? east : west,
  })),
  { code: "1336100", name: "大島町", forecastArea: northernIslands, group: northernIslands },
  { code: "1340100", name: "八丈町", forecastArea: southernIslands, group: southernIslands },
  { code: "1342100", name: "小笠原村", forecastArea: ogasawara, group: ogasawara },
];

/** Shinagawa, unless somebody wants another one; under another name, when its own is to stay out of the play. */
export function whereaboutsOf({
  code = "1310900",
  name,
}: { code?: string | undefined; name?: string | undefined } = {}): Whereabouts {
  const known = municipalities.find((each) => each.code === code);
  return {
    municipality: { code, name: name ?? known?.name ?? code },
    forecastArea: known?.forecastArea ?? mainland,
    group: known?.group ?? west,
    prefecture: tokyo,
    earthquakeArea: { code: "350", name: "東京都２３区" },
    tsunamiArea: { code: "312", name: "東京湾内湾" },
    river: { code: "130005000100", name: "目黒川" },
  };
}

/** The islands' own place: what is announced for it says 東京都 and concerns no ward. */
export function islands(): Whereabouts {
  return { ...whereaboutsOf({ code: "1342100" }), tsunamiArea: { code: "320", name: "伊豆諸島" } };
}
