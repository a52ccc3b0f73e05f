import type { OpenAlert } from "../../src/messages/open-alert.ts";

/** An open alert such as a ward gives out, or one that differs as said. */
export function openAlert(now: number, differs: Partial<OpenAlert> = {}): OpenAlert {
  return {
    id: "01ALERT",
    kind: "alert",
    mode: "live",
    level: 4,
    tone: "danger",
    emergency: true,
    issuedAt: now,
    expiresAt: now + 60 * 60_000,
    contents: {
      ja: { title: "警戒レベル４ 避難指示", body: "川端地区のみなさんは、すぐに避難してください。" },
      "ja-x-easy": { title: "警戒レベル４ 避難指示", body: "すぐに にげて ください。" },
      en: { title: "Alert Level 4: Evacuation order", body: "Everyone in Kawabata: leave now." },
      "zh-Hans": { title: "警戒级别4 避难指示", body: "川端地区的居民请立即避难。" },
      ko: { title: "경계 레벨 4 대피 지시", body: "가와바타 지역 주민은 즉시 대피하세요." },
    },
    ...differs,
  };
}
