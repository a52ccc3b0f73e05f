/** The details of an entry. Somebody may have spoilt what stands there; it is shown all the same. */
export function readDetails(details: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(details);
    if (typeof read === "object" && read !== null) return read as Record<string, unknown>;
  } catch {
    // Shown as it is.
  }
  return { details };
}
