/** Only a page of ours: "//elsewhere" would be another site. */
export function ofOurs(path: unknown): string {
  return typeof path === "string" && /^\/console(?![^/?])/.test(path) ? path : "/console";
}
