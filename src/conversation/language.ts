/**
 * The language of the ward that suits a LINE profile's language tag best (BCP 47), or undefined. Script matters before
 * region: `zh-CN` reads zh-Hans; `zh-TW` gets Chinese in the script there is rather than another language.
 */
export function matchLanguage(tag: string | undefined, offered: readonly string[]): string | undefined {
  if (tag === undefined) return undefined;
  const wanted = likely(tag);
  if (wanted === undefined) return undefined;
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return (
    offered.find((each) => same(each, tag)) ??
    offered.find(
      (each) =>
        !each.includes("-x-") &&
        likely(each)?.language === wanted.language &&
        likely(each)?.script === wanted.script,
    ) ??
    offered.find((each) => !each.includes("-x-") && likely(each)?.language === wanted.language)
  );
}

function likely(tag: string): { language: string; script: string | undefined } | undefined {
  try {
    // "und" says that the language is not known; maximize() would take it for English.
    if (/^und\b/i.test(tag)) return undefined;
    const { language, script } = new Intl.Locale(tag.replaceAll("_", "-")).maximize();
    return { language, script };
  } catch {
    return undefined;
  }
}
