import type { IconName } from "../../../../src/line/rich-menu/drawing/icons.ts";
import type { Menu } from "../../../../src/line/rich-menu/drawing/menu.ts";
import { type Tone, civicPalette } from "../../../../src/line/rich-menu/drawing/palette.ts";

/** The same six cells in every language that the installed fonts cover. */
export const sampleLabels = {
  ja: ["分野をえらぶ", "わたしの設定", "ことば・Language", "災害情報", "お問い合わせ", "使い方"],
  "ja-x-easy": [
    "しらせを えらぶ",
    "じぶんの せってい",
    "ことば・Language",
    "災害の じょうほう",
    "しつもん・そうだん",
    "つかいかた",
  ],
  en: ["Choose topics", "My settings", "Language", "Disaster information", "Contact us", "How to use"],
  "zh-Hans": ["选择通知类别", "我的设置", "语言・Language", "灾害信息", "咨询", "使用方法"],
  ko: ["분야 고르기", "내 설정", "언어・Language", "재난 정보", "문의하기", "사용 방법"],
  vi: [
    "Chọn chủ đề",
    "Cài đặt của tôi",
    "Ngôn ngữ・Language",
    "Thông tin thiên tai",
    "Liên hệ",
    "Cách sử dụng",
  ],
};

const icons: IconName[] = ["categories", "settings", "language", "disaster", "contact", "help"];
const columns = [
  { x: 0, width: 833 },
  { x: 833, width: 834 },
  { x: 1667, width: 833 },
];

/** Three by two cells over the whole image, the fourth for disasters. */
export function sampleMenu(language: string, labels: readonly string[], height = 1686): Menu {
  const upper = Math.floor(height / 2);
  const rows = [
    { y: 0, height: upper },
    { y: upper, height: height - upper },
  ];
  const bounds = rows.flatMap((row) => columns.map((column) => ({ ...row, ...column })));
  return {
    width: 2500,
    height,
    language,
    palette: civicPalette,
    cells: bounds.map((bounds, index) => {
      const tone: Tone = index === 3 ? "danger" : "plain";
      return { bounds, tone, icon: icons[index] ?? "help", label: labels[index] ?? "?" };
    }),
  };
}
