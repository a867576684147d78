// The typeface comes after everything else: the first opening uses the device's own, fetches ours when there is
// nothing else to do, and every later opening has it from the device. Not at all for those who save data or whose line
// is slow; without a line the next opening tries again.

const kept = "luytre.typeface";

interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

export function dress(): void {
  try {
    if (localStorage.getItem(kept) === "here") void import("./fonts.css");
    else if (isAffordable()) addEventListener("load", () => setTimeout(() => void fetchLater().catch(() => undefined), 4000), { once: true });
  } catch {
    // no storage, no typeface of our own
  }
}

function isAffordable(): boolean {
  const { connection } = navigator as Navigator & { connection?: Connection };
  return !connection?.saveData && !/2g|3g/.test(connection?.effectiveType ?? "");
}

async function fetchLater(): Promise<void> {
  const files = import.meta.glob<string>("./*.woff2", { query: "?url", import: "default", eager: true });
  const answers = await Promise.all(Object.values(files).map((file) => fetch(file)));
  if (answers.every(({ ok }) => ok)) localStorage.setItem(kept, "here");
}
