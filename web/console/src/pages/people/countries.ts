// Countries by name in the officer's language; ISO 3166-1 alpha-2 codes, names from the browser. Việt Nam and its neighbours first.
const near = ["VN", "LA", "KH", "CN", "TH"];

const others =
  "AE AF AM AO AR AT AU AZ BA BD BE BG BH BN BR BT BY CA CD CH CI CL CM CO CR CU CY CZ DE DK DO DZ EC EE EG ES ET FI FJ FR GB GE GH GR GT HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KP KR KW KZ LB LK LT LU LV LY MA MD MG MM MN MO MT MU MV MX MY MZ NG NI NL NO NP NZ OM PA PE PG PH PK PL PS PT PY QA RO RS RU RW SA SD SE SG SI SK SN SO SV SY TJ TL TM TN TR TW TZ UA UG US UY UZ VE YE ZA ZM ZW".split(" ");

const names = (language: string) => new Intl.DisplayNames([language], { type: "region" });

export const countryName = (code: string, language: string): string => names(language).of(code) ?? code;

export function countries(language: string): { value: string; label: string }[] {
  const known = names(language);
  const option = (code: string) => ({ value: code, label: known.of(code) ?? code });
  const sorted = others.map(option).sort((a, b) => a.label.localeCompare(b.label, language));
  return [...near.map(option), ...sorted];
}
