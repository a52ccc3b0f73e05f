/** Only a page of ours: "//elsewhere" would be another site, and "/console/../r/…" leads to one. */
export function ofOurs(path: unknown): string {
  if (typeof path !== "string" || !/^\/console(?![^/?])/.test(path)) return "/console";
  // Where a browser goes with it: it takes "%2e%2e" for "..", and "\\" for "/".
  const { pathname } = new URL(path, "http://here");
  return /^\/console(?![^/])/.test(pathname) ? path : "/console";
}
