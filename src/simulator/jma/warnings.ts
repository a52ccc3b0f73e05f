import { type Municipality, type Whereabouts, municipalities } from "./places.ts";
import { type ReportStatus, report } from "./report.ts";
import { type Xml, el, elWith, fullWidth } from "./xml.ts";

export type Level = 2 | 3 | 4 | 5;
type Family = "heavyRain" | "landslide" | "stormSurge";

const families = {
  heavyRain: { type: "VPWW55", short: "大雨", name: "大雨", danger: "大雨浸水危険度" },
  landslide: { type: "VPWW56", short: "土砂", name: "土砂災害", danger: "土砂災害危険度" },
  stormSurge: { type: "VPWW57", short: "高潮", name: "高潮", danger: "高潮危険度" },
} as const;
const codes: Record<Family, Record<Level, string>> = {
  heavyRain: { 2: "10", 3: "03", 4: "43", 5: "33" },
  landslide: { 2: "29", 3: "09", 4: "49", 5: "39" },
  stormSurge: { 2: "19", 3: "08", 4: "48", 5: "38" },
};
const ranks: Record<Level, string> = { 2: "注意報", 3: "警報", 4: "危険警報", 5: "特別警報" };

export interface WarningAsk {
  family: Family;
  where: Whereabouts;
  /** The level there now; undefined: lifted. */
  level: Level | undefined;
  /** The level there before; undefined: there was none. */
  before: Level | undefined;
  at: number;
  status?: ReportStatus;
}

/** A warning of the scheme of 2026, with the level in its name (fact sheet 1.5): the same facts at four depths of area. */
export function warning({ family, where, level, before, at, status = "通常" }: WarningAsk) {
  const { type, short } = families[family];
  const { prefecture, municipality, forecastArea, group } = where;
  const here = (level ?? before) === undefined ? undefined : { level, before: before ?? level };
  const depths = [
    ["府県予報区等", [prefecture], prefecture.code],
    ["一次細分区域等", unique(municipalities.map((each) => each.forecastArea)), forecastArea.code],
    ["市町村等をまとめた地域等", unique(municipalities.map((each) => each.group)), group.code],
    ["市町村等", listed(where), municipality.code],
  ] as const;
  const name = here === undefined ? "" : nameOf(family, level ?? before ?? 2);
  return {
    type,
    office: prefecture.code,
    title: `気象警報・注意報（Ｒ０６）（${short}）`,
    xml: report({
      controlTitle: `気象警報・注意報（Ｒ０６）（${short}）`,
      headTitle: `${prefecture.name}${families[family].name}警報・注意報`,
      at,
      status,
      infoKind: "気象警報・注意報",
      infoKindVersion: "1.5_0",
      headline:
        level === undefined
          ? `${municipality.name}の${name}を解除します。`
          : `${municipality.name}に${name}を発表しています。厳重に警戒してください。`,
      information: depths.map(([depth, , code]) =>
        headlineItem(depth, level === undefined ? undefined : [name, codes[family][level]], code, where),
      ),
      subject: "meteorology1",
      body: depths.map(([depth, areas, code]) =>
        elWith(
          "Warning",
          { type: `気象警報・注意報（${depth}）` },
          areas.map((area) =>
            el(
              "Item",
              area.code === code ? kind(family, level, before, depth === "市町村等") : nothing,
              el("Area", el("Name", area.name), el("Code", area.code)),
              el(
                "ChangeStatus",
                area.code === code && level !== before ? "警報・注意報種別に変化有" : "変化無",
              ),
            ),
          ),
        ),
      ),
    }),
  };
}

const nameOf = (family: Family, level: Level) =>
  `レベル${fullWidth(level)}${families[family].name}${ranks[level]}`;
const nothing = el("Kind", el("Status", "発表警報・注意報はなし"));

function kind(family: Family, level: Level | undefined, before: Level | undefined, withDanger: boolean): Xml {
  const shown = level ?? before;
  if (shown === undefined) return nothing;
  const { danger } = families[family];
  const last =
    before === undefined
      ? []
      : [el("LastKind", el("Name", nameOf(family, before)), el("Code", codes[family][before]))];
  const property = el(
    "Property",
    el("Type", danger),
    el(
      "SignificancyPart",
      el(
        "Base",
        elWith(
          "Significancy",
          { type: danger },
          el("Name", shown === 2 ? "警戒レベル２" : `警戒レベル${fullWidth(shown)}相当`),
          el("Code", `${shown}1`),
        ),
      ),
    ),
  );
  return el(
    "Kind",
    el("Name", nameOf(family, shown)),
    el("Code", codes[family][shown]),
    el("Status", change(level, before)),
    last,
    withDanger && level !== undefined ? [property] : [],
  );
}

/** Upwards it is 発表 with a lower LastKind; downwards the change of rank is named; a lifted one keeps its code. */
function change(level: Level | undefined, before: Level | undefined): string {
  if (level === undefined) return "解除";
  if (before === level) return "継続";
  return before === undefined || before < level ? "発表" : `${ranks[before]}から${ranks[level]}`;
}

/** In the headline a lifted one is 解除 with code 00, although the Body keeps its code. */
function headlineItem(
  depth: string,
  named: readonly [string, string] | undefined,
  code: string,
  where: Whereabouts,
): Xml {
  const [name, kindCode] = named ?? ["解除", "00"];
  const area = [where.prefecture, where.forecastArea, where.group, where.municipality].find(
    (each) => each.code === code,
  );
  const codeType =
    depth === "市町村等" ? "気象・地震・火山情報／市町村等" : "気象情報／府県予報区・細分区域等";
  return elWith(
    "Information",
    { type: `気象警報・注意報（${depth}）` },
    el(
      "Item",
      el("Kind", el("Name", name), el("Code", kindCode)),
      elWith("Areas", { codeType }, el("Area", el("Name", area?.name ?? ""), el("Code", code))),
    ),
  );
}

/** Every municipality stands in every telegram; the one that is played under its own or its borrowed name. */
export function listed({ municipality, forecastArea, group }: Whereabouts): Municipality[] {
  const others = municipalities.map((each) =>
    each.code === municipality.code ? { ...each, name: municipality.name } : each,
  );
  return others.some(({ code }) => code === municipality.code)
    ? others
    : [...others, { ...municipality, forecastArea, group }];
}

function unique<T extends { code: string }>(areas: readonly T[]): T[] {
  return [...new Map(areas.map((area) => [area.code, area])).values()];
}

/** 土砂災害警戒情報, issued with the prefecture: equals level 4, and comes beside VPWW56 (fact sheet 1.6). */
export function landslideAlert({
  where,
  active,
  serial,
  at,
  status = "通常",
}: {
  where: Whereabouts;
  active: boolean;
  serial: number;
  at: number;
  status?: ReportStatus;
}) {
  const { prefecture, municipality } = where;
  const [name, code, condition] = active ? ["警戒", "3", "発表"] : ["解除", "1", "解除"];
  return {
    type: "VXWW50",
    office: prefecture.code,
    title: "土砂災害警戒情報",
    xml: report({
      controlTitle: "土砂災害警戒情報",
      headTitle: `${prefecture.name}レベル４土砂災害危険警報`,
      at,
      status,
      eventId: `${prefecture.name}土砂災害警戒情報`,
      serial: String(serial),
      infoKind: "土砂災害警戒情報",
      infoKindVersion: "1.0_0",
      publishingOffice: `${prefecture.name} 気象庁`,
      headline: active
        ? `${municipality.name}では、命に危険が及ぶ土砂災害がいつ発生してもおかしくない非常に危険な状況です。`
        : `${municipality.name}の警戒を解除します。`,
      information: [
        elWith(
          "Information",
          { type: "土砂災害警戒情報" },
          el(
            "Item",
            el("Kind", el("Name", name), el("Code", code), el("Condition", condition)),
            elWith(
              "Areas",
              { codeType: "気象・地震・火山情報／市町村等" },
              el("Area", el("Name", municipality.name), el("Code", municipality.code)),
            ),
          ),
        ),
      ],
      subject: "meteorology1",
      body: [
        el("TargetArea", el("Name", prefecture.name), el("Code", prefecture.code)),
        elWith(
          "Warning",
          { type: "土砂災害警戒情報" },
          listed(where).map((area) => {
            const own = area.code === municipality.code;
            return el(
              "Item",
              el(
                "Kind",
                el("Name", own ? name : "なし"),
                el("Code", own ? code : "0"),
                el("Status", own ? condition : "なし"),
              ),
              el("Area", el("Name", area.name), el("Code", area.code)),
            );
          }),
        ),
      ],
    }),
  };
}
