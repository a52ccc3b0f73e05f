import type { Hazard } from "../../alerts/hazards/hazard.ts";
import { all, textOf } from "../xml/element.ts";
import { type Findings, elsewhere, found, unknown } from "../findings.ts";
import { type Reader, areaOf, mentions } from "./reader.ts";
import { levelInName } from "./level-in-name.ts";

/** JMA's new name stands in the title alone (神奈川県レベル４土砂災害危険警報); the Kind still says 警戒. */
const newName = /レベル[4４]土砂災害危険警報/;

/**
 * VXWW50, issued with the prefecture: Level 4 or not, for each municipality. The same event normally comes as VPWW56 too,
 * which alone knows the other levels; so `lifted` here carries the rank that is over (`urgentWarning`), and says nothing
 * about a lower or a higher one. See `secondVoice` of `Hazard`.
 */
export function readLandslide({ telegram, body, codes }: Reader): Findings {
  const items = all(body, "Warning", "Item");
  if (items.length === 0) {
    return mentions(body, [codes.municipality, codes.prefecture])
      ? unknown("VXWW50 without Item")
      : elsewhere;
  }
  const ours = items.filter((item) => textOf(item, "Area", "Code") === codes.municipality);
  const [item] = ours;
  if (item === undefined) return elsewhere;
  const code = textOf(item, "Kind", "Code");
  const status = textOf(item, "Kind", "Status");
  const area = areaOf(all(item, "Area")[0]);
  const notUnderstood = unknown(`VXWW50 Code 「${code}」 Status 「${status}」`);
  if (ours.length > 1) return unknown(`VXWW50 names ${area.name} more than once`);

  const about = {
    kind: "landslide",
    subject: "landslide",
    severity: "urgentWarning",
    area,
    secondVoice: true,
  } as const;
  const over = (name: string): Findings => found([{ ...about, phase: "lifted", name }]);
  if (status === "解除") return ["1", "3"].includes(code) ? over("解除") : notUnderstood;
  if (code === "0") return status === "なし" || status === "" ? over("なし") : notUnderstood;
  if (code !== "3" || (status !== "発表" && status !== "継続")) return notUnderstood;

  const name = newName.exec(telegram.title)?.[0] ?? "土砂災害警戒情報";
  const level = levelInName(name);
  const text = textOf(body, "Comment", "Text");
  const hazard: Hazard = {
    ...about,
    phase: "active",
    name,
    ...(level === undefined ? {} : { level }),
    ...(text === "" ? {} : { text }),
  };
  return found([hazard]);
}
