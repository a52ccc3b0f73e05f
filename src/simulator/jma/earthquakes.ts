import type { Whereabouts } from "./places.ts";
import { type ReportStatus, report } from "./report.ts";
import { type Xml, el, elWith, fullWidth, japanTime } from "./xml.ts";

export const intensities = ["1", "2", "3", "4", "5-", "5+", "6-", "6+", "7"] as const;
export type Intensity = (typeof intensities)[number];

const nameOf = (intensity: Intensity) =>
  `震度${fullWidth(intensity.slice(0, 1))}${{ "-": "弱", "+": "強", "": "" }[intensity.slice(1)] ?? ""}`;

export interface QuakeAsk {
  where: Whereabouts;
  intensity: Intensity;
  eventId: string;
  /** When the earth shook. */
  shookAt: number;
  at: number;
  status?: ReportStatus;
}

/** 震度速報: about a minute and a half after the quake, by area; 350 is all 23 wards. */
export function intensityFlash({ where, intensity, eventId, shookAt, at, status = "通常" }: QuakeAsk) {
  const { earthquakeArea: area } = where;
  return {
    type: "VXSE51",
    office: "010000",
    title: "震度速報",
    xml: report({
      controlTitle: "震度速報",
      headTitle: "震度速報",
      at,
      status,
      eventId,
      infoKind: "震度速報",
      infoKindVersion: "1.0_0",
      headline: `${when(shookAt)}ころ、地震による強い揺れを感じました。震度３以上が観測された地域をお知らせします。`,
      information: [headlineItem("震度速報", intensity, area)],
      subject: "seismology1",
      body: [
        el(
          "Intensity",
          el(
            "Observation",
            codeDefine(["Pref/Code", "地震情報／都道府県等"], ["Pref/Area/Code", "地震情報／細分区域"]),
            el("MaxInt", intensity),
            el(
              "Pref",
              named(where.prefecture.name, "13", intensity),
              el("Area", named(area.name, area.code, intensity)),
            ),
          ),
        ),
        el("Comments", comment("ForecastComment", "今後の情報に注意してください。", "0217")),
      ],
    }),
  };
}

/** 震源・震度に関する情報: by municipality; in Tokyo's wards the name has the prefix 東京. */
export function intensitiesByMunicipality({
  where,
  intensity,
  eventId,
  shookAt,
  at,
  status = "通常",
}: QuakeAsk) {
  const { municipality, earthquakeArea, prefecture } = where;
  return {
    type: "VXSE53",
    office: "010000",
    title: "震源・震度に関する情報",
    xml: report({
      controlTitle: "震源・震度に関する情報",
      headTitle: "震源・震度情報",
      at,
      status,
      eventId,
      serial: "1",
      infoKind: "地震情報",
      infoKindVersion: "1.0_0",
      headline: `${when(shookAt)}ころ、地震がありました。`,
      information: [headlineItem("震源・震度に関する情報（細分区域）", intensity, earthquakeArea)],
      subject: "seismology1",
      body: [
        hypocentre(shookAt),
        el(
          "Intensity",
          el(
            "Observation",
            codeDefine(
              ["Pref/Code", "地震情報／都道府県等"],
              ["Pref/Area/Code", "地震情報／細分区域"],
              ["Pref/Area/City/Code", "気象・地震・火山情報／市町村等"],
            ),
            el("MaxInt", intensity),
            el(
              "Pref",
              named(prefecture.name, "13", intensity),
              el(
                "Area",
                named(earthquakeArea.name, earthquakeArea.code, intensity),
                el("City", named(`東京${municipality.name}`, municipality.code, intensity)),
              ),
            ),
          ),
        ),
        el("Comments", comment("ForecastComment", "この地震による津波の心配はありません。", "0215")),
      ],
    }),
  };
}

export function hypocentre(shookAt: number): Xml {
  return el(
    "Earthquake",
    el("OriginTime", japanTime(shookAt)),
    el("ArrivalTime", japanTime(shookAt)),
    el(
      "Hypocenter",
      el(
        "Area",
        el("Name", "東京湾"),
        elWith("Code", { type: "震央地名" }, "340"),
        elWith(
          "jmx_eb:Coordinate",
          { description: "北緯３５．６度　東経１３９．９度　深さ　３０ｋｍ" },
          "+35.6+139.9-30000/",
        ),
      ),
    ),
    elWith("jmx_eb:Magnitude", { type: "Mj", description: "Ｍ６．３" }, "6.3"),
  );
}

export function comment(name: string, text: string, code: string): Xml {
  return elWith(name, { codeType: "固定付加文" }, el("Text", text), el("Code", code));
}

export function codeDefine(...defined: [xpath: string, meaning: string][]): Xml {
  return el(
    "CodeDefine",
    defined.map(([xpath, meaning]) => elWith("Type", { xpath }, meaning)),
  );
}

const named = (name: string, code: string, intensity: Intensity): Xml[] => [
  el("Name", name),
  el("Code", code),
  el("MaxInt", intensity),
];

function headlineItem(type: string, intensity: Intensity, area: { code: string; name: string }): Xml {
  return elWith(
    "Information",
    { type },
    el(
      "Item",
      el("Kind", el("Name", nameOf(intensity))),
      elWith(
        "Areas",
        { codeType: "地震情報／細分区域" },
        el("Area", el("Name", area.name), el("Code", area.code)),
      ),
    ),
  );
}

/** １４日０８時４３分 */
function when(at: number): string {
  const [, day = "", hour = "", minute = ""] = /-(\d\d)T(\d\d):(\d\d)/.exec(japanTime(at)) ?? [];
  return fullWidth(`${day}日${hour}時${minute}分`);
}
