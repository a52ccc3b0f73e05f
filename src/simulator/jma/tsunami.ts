import { codeDefine, comment, hypocentre } from "./earthquakes.ts";
import type { Place, Whereabouts } from "./places.ts";
import { type ReportStatus, report } from "./report.ts";
import { type Xml, el, elWith } from "./xml.ts";

export type TsunamiGrade = "majorWarning" | "warning" | "advisory" | "none";

const grades = {
  majorWarning: { code: "52", name: "大津波警報", height: ["１０ｍ", "10"], lifted: ["50", "警報解除"] },
  warning: { code: "51", name: "津波警報", height: ["３ｍ", "3"], lifted: ["50", "警報解除"] },
  advisory: { code: "62", name: "津波注意報", height: ["１ｍ", "1"], lifted: ["60", "津波注意報解除"] },
} as const;
const texts = {
  majorWarning:
    "＜大津波警報＞\n大きな津波が襲い甚大な被害が発生します。\n沿岸部や川沿いにいる人はただちに高台や避難ビルなど安全な場所へ避難してください。",
  warning:
    "＜津波警報＞\n津波による被害が発生します。\n沿岸部や川沿いにいる人はただちに高台や避難ビルなど安全な場所へ避難してください。",
  advisory:
    "＜津波注意報＞\n海の中や海岸付近は危険です。\n海の中にいる人はただちに海から上がって、海岸から離れてください。",
  none: "現在、大津波警報・津波警報・津波注意報を発表している沿岸はありません。",
} as const;

export interface TsunamiAsk {
  where: Whereabouts;
  grade: TsunamiGrade;
  before: TsunamiGrade;
  eventId: string;
  shookAt: number;
  at: number;
  status?: ReportStatus;
}

/** 津波警報・注意報・予報: each is a full picture of the coasts; the Headline names a larger one (fact sheet 1.6). */
export function tsunami({ where, grade, before, eventId, shookAt, at, status = "通常" }: TsunamiAsk) {
  const now = grade === "none" ? undefined : grades[grade];
  const last = before === "none" ? undefined : grades[before];
  const [code, name] = now === undefined ? (last?.lifted ?? ["00", "津波なし"]) : [now.code, now.name];
  return {
    type: "VTSE41",
    office: "010000",
    title: "津波警報・注意報・予報a",
    xml: report({
      controlTitle: "津波警報・注意報・予報a",
      headTitle: now === undefined ? "津波予報" : now.name,
      at,
      status,
      eventId,
      infoKind: "津波警報・注意報・予報",
      infoKindVersion: "1.0_1",
      headline:
        now === undefined ? `${last?.name ?? "津波注意報"}を解除しました。` : `${now.name}を発表しました。`,
      information: now === undefined ? [] : [headlineItem(now.name, now.code)],
      subject: "seismology1",
      body: [
        el(
          "Tsunami",
          el(
            "Forecast",
            codeDefine(
              ["Item/Area/Code", "津波予報区"],
              ["Item/Category/Kind/Code", "警報等情報要素／津波警報・注意報・予報"],
            ),
            [where.tsunamiArea, { code: "330", name: "相模湾・三浦半島" }].map((area) =>
              item(area, [code, name], [last?.code ?? "00", last?.name ?? "津波なし"], now?.height),
            ),
          ),
        ),
        hypocentre(shookAt),
        el("Comments", comment("WarningComment", texts[grade], now === undefined ? "0107" : "0121")),
      ],
    }),
  };
}

function item(
  area: Place,
  [code, name]: readonly [string, string],
  [lastCode, lastName]: readonly [string, string],
  height: readonly [string, string] | undefined,
): Xml {
  const expected =
    height === undefined
      ? []
      : [
          el("FirstHeight", el("Condition", "ただちに津波来襲と予測")),
          el(
            "MaxHeight",
            elWith(
              "jmx_eb:TsunamiHeight",
              { type: "津波の高さ", unit: "m", description: height[0] },
              height[1],
            ),
          ),
        ];
  return el(
    "Item",
    el("Area", el("Name", area.name), el("Code", area.code)),
    el(
      "Category",
      el("Kind", el("Name", name), el("Code", code)),
      el("LastKind", el("Name", lastName), el("Code", lastCode)),
    ),
    expected,
  );
}

function headlineItem(name: string, code: string): Xml {
  return elWith(
    "Information",
    { type: "津波予報領域表現" },
    el(
      "Item",
      el("Kind", el("Name", name), el("Code", code)),
      elWith("Areas", { codeType: "津波予報区" }, el("Area", el("Name", "関東地方"), el("Code", "491"))),
    ),
  );
}
