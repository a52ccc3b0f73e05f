// Telegrams in the form of 気象庁防災情報XML, written by us: nothing here is JMA's. Each builder says in its options what a
// test is about; everything else is as in a real one.

/** What Control and Head say. */
export interface HeadOptions {
  status?: string;
  infoType?: string;
  /** `2026-11-20T17:05:00+09:00`. */
  reportedAt?: string;
  eventId?: string;
  serial?: string;
  office?: string;
  title?: string;
  headline?: string;
  validUntil?: string;
}

export interface Place {
  code: string;
  name: string;
}

/** A Kind of a warning as the Body has it; without code and name: 発表警報・注意報はなし. */
export interface KindOptions {
  code?: string;
  name?: string;
  status: string;
  /** Further elements, as XML. */
  more?: string;
}

export const shinagawa: Place = { code: "1310900", name: "品川区" };
export const meguro: Place = { code: "1311000", name: "目黒区" };
export const hachijo: Place = { code: "1340100", name: "八丈町" };
export const noWarning: KindOptions = { status: "発表警報・注意報はなし" };

/** Official names by code, for tests that want one warning in force. */
export function kindInForce(code: string, name: string, status = "発表"): KindOptions {
  return { code, name, status };
}

const meteorology = "http://xml.kishou.go.jp/jmaxml1/body/meteorology1/";
const seismology = "http://xml.kishou.go.jp/jmaxml1/body/seismology1/";

/** A whole telegram around a Headline's Information and a Body; the rest of the builders call it. */
export function telegram(
  controlTitle: string,
  head: HeadOptions,
  {
    information = "",
    body,
    namespace = meteorology,
  }: { information?: string; body: string; namespace?: string },
): Buffer {
  const {
    status = "通常",
    infoType = "発表",
    reportedAt = "2026-11-20T17:05:00+09:00",
    eventId = "",
    serial = "",
    office = "気象庁本庁",
    title = controlTitle,
    headline = "",
    validUntil = "",
  } = head;
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>
<Report xmlns="http://xml.kishou.go.jp/jmaxml1/" xmlns:jmx="http://xml.kishou.go.jp/jmaxml1/">
<Control>
<Title>${controlTitle}</Title>
<DateTime>2026-11-20T08:05:10Z</DateTime>
<Status>${status}</Status>
<EditorialOffice>${office}</EditorialOffice>
<PublishingOffice>気象庁</PublishingOffice>
</Control>
<Head xmlns="http://xml.kishou.go.jp/jmaxml1/informationBasis1/">
<Title>${title}</Title>
<ReportDateTime>${reportedAt}</ReportDateTime>
<TargetDateTime>${reportedAt}</TargetDateTime>
<EventID>${eventId}</EventID>
<InfoType>${infoType}</InfoType>
${validUntil === "" ? "" : `<ValidDateTime>${validUntil}</ValidDateTime>`}
<Serial>${serial}</Serial>
<InfoKind>${controlTitle}</InfoKind>
<InfoKindVersion>1.5_0</InfoKindVersion>
<Headline><Text>${headline}</Text>${information}</Headline>
</Head>
<Body xmlns="${namespace}" xmlns:jmx_eb="http://xml.kishou.go.jp/jmaxml1/elementBasis1/">
${body}
</Body>
</Report>
`);
}

function element(name: string, text: string | undefined): string {
  return text === undefined ? "" : `<${name}>${text}</${name}>`;
}

function area({ code, name }: Place, more = ""): string {
  return `<Area>${element("Name", name)}${element("Code", code)}${more}</Area>`;
}

function kind({ code, name, status, more = "" }: KindOptions): string {
  return `<Kind>${element("Name", name)}${element("Code", code)}${element("Status", status)}${more}</Kind>`;
}

function item(kinds: readonly KindOptions[], place: Place): string {
  return `<Item>${kinds.map(kind).join("")}${area(place)}</Item>`;
}

export interface WarningOptions extends HeadOptions {
  type: string;
  city?: Place;
  kinds: readonly KindOptions[];
  /** Other municipalities; every one of the prefecture is listed each time. */
  others?: readonly { city: Place; kinds: readonly KindOptions[] }[];
  /** What stands at the level of the prefecture and of 東京地方, by default the same as for the ward. */
  prefectureKinds?: readonly KindOptions[];
  comment?: string;
}

const subjects: Partial<Record<string, string>> = {
  VPWW55: "大雨",
  VPWW56: "土砂",
  VPWW57: "高潮",
  VPWW58: "暴風",
  VPWW59: "波浪",
  VPWW60: "大雪",
};

/** VPWW53 to 61. The Headline says 解除 with Code 00 where the Body keeps the live Code, as in real ones. */
export function warningTelegram(options: WarningOptions): Buffer {
  const { type, city = shinagawa, kinds, others = [], prefectureKinds = kinds, comment } = options;
  const tokyo = { code: "130000", name: "東京都" };
  const headlineKinds = kinds
    .filter(({ code }) => code !== undefined)
    .map((each) => (each.status === "解除" ? { ...each, name: "解除", code: "00" } : each))
    .map(({ name, code }) => `<Kind>${element("Name", name)}${element("Code", code)}</Kind>`)
    .join("");
  const section = (name: string, items: string) =>
    `<Warning type="気象警報・注意報（${name}）">${items}</Warning>`;
  const information =
    headlineKinds === ""
      ? ""
      : `<Information type="気象警報・注意報（市町村等）"><Item>${headlineKinds}<Areas>${area(city)}</Areas></Item></Information>`;
  return telegram(
    `気象警報・注意報（Ｒ０６）（${subjects[type] ?? "その他注意報"}）`,
    { title: "東京都気象警報・注意報", ...options },
    {
      information,
      body: [
        section("府県予報区等", item(prefectureKinds, tokyo)),
        section("一次細分区域等", item(prefectureKinds, { code: "130010", name: "東京地方" })),
        section("市町村等をまとめた地域等", item(prefectureKinds, { code: "130011", name: "２３区西部" })),
        section(
          "市町村等",
          [{ city, kinds }, ...others].map((each) => item(each.kinds, each.city)).join("\n"),
        ),
        comment === undefined ? "" : `<Comment><Text>${comment}</Text></Comment>`,
      ].join("\n"),
    },
  );
}

/** VXWW50. `level4`: 警戒 for the city. */
export function landslideTelegram(
  options: HeadOptions & { type?: string; city?: Place; code?: string; kindStatus?: string },
): Buffer {
  const { city = shinagawa, code = "3", kindStatus = "発表" } = options;
  const name = code === "3" ? "警戒" : code === "1" ? "解除" : "なし";
  return telegram(
    "土砂災害警戒情報",
    {
      title: "東京都レベル４土砂災害危険警報",
      eventId: "東京都土砂災害警戒情報",
      serial: "1",
      ...options,
    },
    {
      body: `<TargetArea><Name>東京都</Name><Code>130000</Code></TargetArea>
<Warning type="土砂災害警戒情報">${item([{ code, name, status: kindStatus }], city)}</Warning>`,
    },
  );
}

export interface RiverOptions extends HeadOptions {
  code: string;
  name: string;
  river?: Place;
  /** 浸水想定地区; lower levels and liftings come without. */
  floodplain?: readonly Place[];
  main?: string;
}

/** VXKO50 to 89. */
export function riverTelegram(options: RiverOptions): Buffer {
  const {
    code,
    name,
    river = { code: "130005000100", name: "目黒川" },
    floodplain = [],
    main = "水位は上昇する見込みです。",
  } = options;
  const section = (type: string, place: Place) =>
    `<Information type="指定河川洪水予報（${type}）"><Item><Kind>${element("Name", name)}${element("Code", code)}</Kind><Areas>${area(place)}</Areas></Item></Information>`;
  const cities = floodplain
    .map(
      (city) =>
        `<Area codeType="水位観測所"><Name>荏原調節池</Name><Code>13000500010000001</Code><City>${city.name}</City><CityCode>${city.code}</CityCode></Area>`,
    )
    .join("");
  return telegram(
    "指定河川洪水予報",
    { title: `${river.name}${name}`, eventId: river.code, serial: "1", ...options },
    {
      information: [
        section("予報区域", river),
        section("河川", { code: river.code.slice(0, 10), name: river.name }),
        section("府県予報区等", { code: "130000", name: "東京都" }),
      ].join(""),
      body: `<Warning type="指定河川洪水予報">
<Item><Kind><Property><Type>主文</Type><Text>${main}</Text></Property></Kind></Item>
${cities === "" ? "" : `<Item><Kind><Name>浸水想定地区</Name><Code>1</Code><Status>対象地域</Status></Kind><Areas>${cities}</Areas></Item>`}
</Warning>`,
    },
  );
}

export interface FlashOptions extends HeadOptions {
  tag: string;
  forecastArea?: Place;
  /** Municipalities of the Body (記録雨), each 「付近」 when `near`. */
  places?: readonly (Place & { near?: boolean })[];
}

/** VPBS50. */
export function flashTelegram(options: FlashOptions): Buffer {
  const { tag, forecastArea = { code: "130010", name: "東京地方" }, places = [] } = options;
  const rain = `<Kind><Property><Type>雨の実況</Type><PrecipitationPart><jmx_eb:Precipitation type="前１時間解析雨量" description="約１００ミリ" unit="mm">100</jmx_eb:Precipitation></PrecipitationPart></Property></Kind>`;
  return telegram(
    "府県気象防災速報",
    { title: "東京都気象防災速報", eventId: "KJPTD202611201705_202611201705", serial: "1", ...options },
    {
      information: `<Information type="情報タグ"><Item><Kind><Name>情報タグ</Name><Condition>${tag}</Condition></Kind><Areas>${area(forecastArea)}</Areas></Item></Information>`,
      body: `<MeteorologicalInfos type="観測実況"><MeteorologicalInfo>${places
        .map(
          (place) => `<Item>${rain}${area(place, place.near === true ? "<Status>付近</Status>" : "")}</Item>`,
        )
        .join("")}</MeteorologicalInfo></MeteorologicalInfos>`,
    },
  );
}

const hypocentre = `<Earthquake>
<OriginTime>2026-11-20T17:00:00+09:00</OriginTime>
<Hypocenter><Area><Name>東京湾</Name><Code type="震央地名">361</Code>
<jmx_eb:Coordinate description="北緯３５．５度　東経１３９．８度　深さ　３０ｋｍ">+35.5+139.8-30000/</jmx_eb:Coordinate></Area></Hypocenter>
<jmx_eb:Magnitude type="Mj" description="Ｍ７．３">7.3</jmx_eb:Magnitude>
</Earthquake>`;

/** VXSE51: intensities of areas; 350 is 東京都２３区. */
export function intensityFlashTelegram(
  options: HeadOptions & { areas: readonly (Place & { intensity: string })[] },
): Buffer {
  const areas = options.areas.map(
    (each) =>
      `<Area>${element("Name", each.name)}${element("Code", each.code)}<MaxInt>${each.intensity}</MaxInt></Area>`,
  );
  return telegram(
    "震度速報",
    { eventId: "20261120170000", ...options },
    {
      namespace: seismology,
      body: `<Intensity><Observation><Pref><Name>東京都</Name><Code>13</Code>${areas.join("")}</Pref></Observation></Intensity>
<Comments><ForecastComment codeType="固定付加文"><Text>今後の情報に注意してください。</Text><Code>0217</Code></ForecastComment></Comments>`,
    },
  );
}

export interface EarthquakeOptions extends HeadOptions {
  /** Without `intensity`: no MaxInt. */
  cities: readonly (Place & { intensity?: string; condition?: string; stations?: readonly string[] })[];
  comment?: string;
}

/** VXSE53: intensities of municipalities. */
export function earthquakeTelegram(options: EarthquakeOptions): Buffer {
  const { cities, comment = "この地震による津波の心配はありません。" } = options;
  const rows = cities.map(({ name, code, intensity, condition, stations = [] }) =>
    [
      `<City>${element("Name", `東京${name}`)}${element("Code", code)}`,
      element("MaxInt", intensity),
      element("Condition", condition),
      ...stations.map(
        (value) =>
          `<IntensityStation><Name>広町＊</Name><Code>1310931</Code><Int>${value}</Int></IntensityStation>`,
      ),
      "</City>",
    ].join(""),
  );
  return telegram(
    "震源・震度に関する情報",
    { title: "震源・震度情報", eventId: "20261120170000", serial: "1", ...options },
    {
      namespace: seismology,
      body: `${hypocentre}
<Intensity><Observation><Pref><Name>東京都</Name><Code>13</Code><Area><Name>東京都２３区</Name><Code>350</Code>${rows.join("\n")}</Area></Pref></Observation></Intensity>
<Comments><ForecastComment codeType="固定付加文"><Text>${comment}</Text><Code>0215</Code></ForecastComment></Comments>`,
    },
  );
}

/** VXSE52: the hypocentre alone. */
export function hypocentreTelegram(options: HeadOptions = {}): Buffer {
  return telegram(
    "震源に関する情報",
    { eventId: "20261120170000", ...options },
    { namespace: seismology, body: hypocentre },
  );
}

export interface TsunamiOptions extends HeadOptions {
  areas: readonly (Place & { kind: { code: string; name: string }; height?: string; arrival?: string })[];
}

export const tokyoBay: Place = { code: "312", name: "東京湾内湾" };
export const tsunamiKinds = {
  major: { code: "52", name: "大津波警報" },
  warning: { code: "51", name: "津波警報" },
  advisory: { code: "62", name: "津波注意報" },
  slight: { code: "71", name: "津波予報（若干の海面変動）" },
  warningLifted: { code: "50", name: "津波警報解除" },
  advisoryLifted: { code: "60", name: "津波注意報解除" },
  none: { code: "00", name: "津波なし" },
} as const;

/** VTSE41. The Headline groups coasts under codes of its own (491 関東地方), so that only the Body tells. */
export function tsunamiTelegram(options: TsunamiOptions): Buffer {
  const items = options.areas.map(({ kind: { name, code }, height, arrival, ...place }) =>
    [
      `<Item>${area(place)}<Category><Kind>${element("Name", name)}${element("Code", code)}</Kind></Category>`,
      arrival === undefined ? "" : `<FirstHeight><ArrivalTime>${arrival}</ArrivalTime></FirstHeight>`,
      height === undefined
        ? ""
        : `<MaxHeight><jmx_eb:TsunamiHeight type="津波の高さ" unit="m" description="${height}">NaN</jmx_eb:TsunamiHeight></MaxHeight>`,
      "</Item>",
    ].join(""),
  );
  return telegram(
    "津波警報・注意報・予報a",
    { title: "津波警報・津波注意報・津波予報", eventId: "20261120170000", ...options },
    {
      namespace: seismology,
      information: `<Information type="津波予報領域表現"><Item><Kind><Name>津波警報</Name><Code>51</Code></Kind><Areas>${area({ code: "491", name: "関東地方" })}</Areas></Item></Information>`,
      body: `<Tsunami><Forecast>${items.join("")}</Forecast></Tsunami>
${hypocentre}
<Comments><WarningComment codeType="固定付加文"><Text>ただちに避難してください。</Text><Code>0121</Code></WarningComment></Comments>`,
    },
  );
}

/** VPFT50: plain text, no area codes. */
export function heatTelegram(options: HeadOptions = {}): Buffer {
  return telegram(
    "熱中症警戒アラート",
    { title: "東京都熱中症警戒アラート", ...options },
    {
      body: "<Comment><Text>明日は熱中症の危険性が極めて高い気象状況になることが予測されます。</Text></Comment>",
    },
  );
}

/** VPHW50, VPHW51. */
export function tornadoTelegram(
  options: HeadOptions & { city?: Place; kinds?: readonly KindOptions[] } = {},
): Buffer {
  const { city = shinagawa, kinds = [{ code: "1", name: "竜巻注意情報", status: "発表" }] } = options;
  return telegram(
    "竜巻注意情報",
    { title: "東京都竜巻注意情報", serial: "1", validUntil: "2026-11-20T18:10:00+09:00", ...options },
    {
      body: `<Warning type="竜巻注意情報（一次細分区域等）">${item(kinds, { code: "130010", name: "東京地方" })}</Warning>
<Warning type="竜巻注意情報（市町村等）">${item(kinds, city)}</Warning>`,
    },
  );
}

/** VPNO50: areas stand in the Headline. */
export function specialWarningNotice(
  options: HeadOptions & { city?: Place; code?: string; name?: string } = {},
): Buffer {
  const { city = shinagawa, code = "33", name = "大雨特別警報" } = options;
  return telegram(
    "気象特別警報報知",
    { title: "気象特別警報報知", ...options },
    {
      information: `<Information type="気象特別警報（市町村等）"><Item><Kind>${element("Name", name)}${element("Code", code)}</Kind><Areas>${area(city)}</Areas></Item></Information>`,
      body: "<Comment><Text>特別警報</Text></Comment>",
    },
  );
}

/** 取消 of any type: one Text and no areas. */
export function cancellationTelegram(controlTitle: string, options: HeadOptions = {}): Buffer {
  return telegram(
    controlTitle,
    { infoType: "取消", eventId: "20261120170000", headline: "先ほどの情報を取り消します。", ...options },
    { namespace: seismology, body: "<Text>先ほどの情報を取り消します。</Text>" },
  );
}

/** An entry's id as the feed writes it, from which the type is read. */
export function entryId(type: string, at = "20261120080510", area = "130000"): string {
  return `https://www.data.jma.go.jp/developer/xml/data/${at}_0_${type}_${area}.xml`;
}
