/**
 * What a ward is called in JMA's code tables (fact sheet, section 2): the part `jma` of the ward profile. An area is
 * ours by these codes alone, never by its name and never by the prefecture's code: a "Tokyo" warning is often about
 * islands only. What a ward has none of is empty, and fits nothing.
 */
export interface JmaCodes {
  /** 気象・地震・火山情報／市町村等, 7 digits: `1310900`. */
  municipality: string;
  /** 地震情報／細分区域: `350` 東京都２３区. */
  earthquakeArea: string;
  /** 津波予報区 that the ward's shore faces: `312` 東京湾内湾. Empty: the ward has no shore. */
  tsunamiAreas: readonly string[];
  /** 一次細分区域 (6 digits) that telegrams without municipalities name: `130010` 東京地方. */
  forecastAreas: readonly string[];
  /** 府県予報区: `130000`. Only for telling what is about another prefecture. */
  prefecture: string;
  /** As titles begin that name no code: 東京都. */
  prefectureName: string;
  /** Forecast sections (12 digits) or rivers (10 digits) whose floods concern the ward: `130005000100` 目黒川. */
  rivers: readonly string[];
}
