/** One line, and nothing that changes how it or what stands beside it is shown. */
export function plain(text: string, most: number): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ")
    .trim()
    .slice(0, most);
}
