/** A language of ours for a tag of theirs: `ja-JP` → ja, `zh-CN` → zh-Hans; as it is where it says more (ja-x-easy). */
export function languageOfTag(tag: string): string | undefined {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(tag)) return undefined;
  try {
    const locale = new Intl.Locale(tag);
    if (tag.toLowerCase().includes("-x-"))
      return locale.baseName + tag.slice(tag.toLowerCase().indexOf("-x-"));
    return locale.language === "zh" ? `zh-${locale.maximize().script ?? "Hans"}` : locale.language;
  } catch {
    return undefined;
  }
}
