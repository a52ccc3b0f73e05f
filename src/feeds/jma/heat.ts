import { tokyoDate } from "../../shared/tokyo.ts";
import { all, textOf } from "../xml/element.ts";
import { type Findings, elsewhere, found, unknown } from "../findings.ts";
import { type Reader } from "./reader.ts";
import { instantOf } from "../times.ts";

/** VPFT50 has no area codes and an empty Headline: only its title and its office say where (fact sheet 1.6). */
export function readHeat({ telegram, office, head, body, codes }: Reader): Findings {
  const { title } = telegram;
  const { prefecture, prefectureName } = codes;
  if (prefectureName === "" || !title.startsWith(prefectureName)) return elsewhere;
  const name = title.slice(prefectureName.length);
  // 「東京都小笠原…」 would be a part of it, and which part nobody can tell by code.
  if (!name.startsWith("熱中症")) return unknown(`VPFT50 「${title}」`);
  if (prefecture === "130000" && office !== "気象庁本庁") {
    return unknown(`VPFT50 「${title}」 by 「${office}」`);
  }
  const day = tokyoDate(instantOf(textOf(head, "TargetDateTime")) ?? telegram.reportedAt);
  const text = all(body, "Comment", "Text")
    .map((part) => textOf(part))
    .join("\n");
  return found([
    {
      kind: "heat",
      subject: `heat:${day}`,
      phase: "active",
      severity: "notice",
      name,
      area: { code: prefecture, name: prefectureName },
      ...(text === "" ? {} : { text }),
    },
  ]);
}
