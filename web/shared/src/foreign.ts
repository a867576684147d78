/** What people call the systems that visits and declarations are brought in from. */
const names: Readonly<Record<string, { vi: string; en: string }>> = {
  tokhaiyte: { vi: "tokhaiyte.vn", en: "tokhaiyte.vn" },
  pcCovid: { vi: "PC-Covid", en: "PC-Covid" },
  vneid: { vi: "VNeID", en: "VNeID" },
  ncovi: { vi: "NCOVI", en: "NCOVI" },
  province: { vi: "cổng của tỉnh", en: "the province's portal" },
};

export const foreignSystems = ["tokhaiyte", "pcCovid", "vneid", "ncovi", "province"] as const;

/** In Vietnamese, and in English for everybody else. */
export function foreignApp(system: string, language: string): string {
  return names[system]?.[language === "vi" ? "vi" : "en"] ?? system;
}
