/**
 * Words on a small surface, without the readings in brackets that やさしい日本語 gives elsewhere: whoever draws them shrinks
 * them to fit, and with the readings they would not be legible.
 */
export function withoutReadings(words: string): string {
  return words.replaceAll(/（[ぁ-ん]+）/g, "");
}
