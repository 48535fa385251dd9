/** The address when it is a good https one, else null: never `javascript:` or the like. */
export function httpsOnly(address: string | undefined): string | null {
  try {
    const url = new URL(address ?? "");
    return url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
