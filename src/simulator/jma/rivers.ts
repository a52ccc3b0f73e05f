import type { Whereabouts } from "./places.ts";
import { type ReportStatus, report } from "./report.ts";
import { el, elWith, fullWidth } from "./xml.ts";

const names = { 2: "氾濫注意報", 3: "氾濫警報", 4: "氾濫危険警報", 5: "氾濫特別警報" } as const;
const codes = { 2: "20", 3: "30", 4: "40", 5: "51" } as const;

interface RiverAsk {
  where: Whereabouts;
  /** Undefined: lifted. */
  level: 2 | 3 | 4 | 5 | undefined;
  serial: number;
  at: number;
  status?: ReportStatus;
}

/** 指定河川洪水予報: the river stands in the Headline, the municipality in the Body under 浸水想定地区 (fact sheet 1.6). */
export function riverFlood({ where, level, serial, at, status = "通常" }: RiverAsk) {
  const { river, municipality, prefecture } = where;
  const name = level === undefined ? "レベル２氾濫注意報解除" : `レベル${fullWidth(level)}${names[level]}`;
  const code = level === undefined ? "10" : codes[level];
  const kind = el(
    "Kind",
    el("Name", name),
    el("Code", code),
    el("Condition", level === undefined ? name : `${name}（発表）`),
  );
  const information = [
    ["指定河川洪水予報（予報区域）", river.name, river.code, "指定河川洪水予報（予報区域）"],
    ["指定河川洪水予報（河川）", river.name, river.code.slice(0, 10), "河川"],
    [
      "指定河川洪水予報（府県予報区等）",
      prefecture.name,
      prefecture.code,
      "気象情報／府県予報区・細分区域等",
    ],
  ].map(([type = "", area = "", areaCode = "", codeType = ""]) =>
    elWith(
      "Information",
      { type },
      el("Item", kind, elWith("Areas", { codeType }, el("Area", el("Name", area), el("Code", areaCode)))),
    ),
  );
  const mainText = `${river.name}では、${level === undefined ? "洪水のおそれはなくなりました。" : "今後、水位はさらに上昇する見込みです。市町村からの避難情報に十分注意してください。"}`;
  return {
    type: "VXKO50",
    office: prefecture.code,
    title: "指定河川洪水予報",
    xml: report({
      controlTitle: "指定河川洪水予報",
      headTitle: `${river.name}${name}`,
      at,
      status,
      eventId: river.code,
      serial: String(serial),
      infoKind: "指定河川洪水予報",
      infoKindVersion: "1.1_1",
      publishingOffice: `${prefecture.name}建設局 気象庁`,
      headline: mainText,
      information,
      subject: "meteorology1",
      body: [
        elWith(
          "Warning",
          { type: "指定河川洪水予報" },
          el(
            "Item",
            el("Kind", el("Property", el("Type", "主文"), el("Text", mainText))),
            elWith(
              "Areas",
              { codeType: "河川" },
              el("Area", el("Name", river.name), el("Code", river.code.slice(0, 10))),
            ),
          ),
          el(
            "Item",
            el(
              "Kind",
              el("Name", "浸水想定地区"),
              el("Code", "1"),
              el("Status", "対象地域"),
              el("Property", el("Type", "浸水想定地区"), el("Text", "氾濫による浸水が想定される地区※")),
            ),
            el(
              "Areas",
              elWith(
                "Area",
                { codeType: "水位観測所" },
                el("Name", "荏原調節池"),
                el("Code", `${river.code.slice(0, 10)}0000001`),
                el("Prefecture", prefecture.name),
                el("PrefectureCode", "13000"),
                el("City", municipality.name),
                el("CityCode", municipality.code),
                el("SubCityList", "-"),
              ),
            ),
          ),
        ),
      ],
    }),
  };
}
