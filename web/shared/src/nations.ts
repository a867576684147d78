// Nationalities as passports write them (three letters: ICAO Doc 9303 part 3, section 5) and as records keep them (ISO 3166-1 alpha-2), and their
// names from the browser.

const pairs =
  "AFGAF ALBAL DZADZ ANDAD AGOAO ATGAG ARGAR ARMAM AUSAU AUTAT AZEAZ BHSBS BHRBH BGDBD BRBBB BLRBY BELBE BLZBZ BENBJ BTNBT BOLBO BIHBA BWABW BRABR " +
  "BRNBN BGRBG BFABF BDIBI CPVCV KHMKH CMRCM CANCA CAFCF TCDTD CHLCL CHNCN COLCO COMKM COGCG CODCD CRICR CIVCI HRVHR CUBCU CYPCY CZECZ DNKDK DJIDJ " +
  "DMADM DOMDO ECUEC EGYEG SLVSV GNQGQ ERIER ESTEE SWZSZ ETHET FJIFJ FINFI FRAFR GABGA GMBGM GEOGE DEUDE GHAGH GRCGR GRDGD GTMGT GINGN GNBGW GUYGY " +
  "HTIHT HNDHN HKGHK HUNHU ISLIS INDIN IDNID IRNIR IRQIQ IRLIE ISRIL ITAIT JAMJM JPNJP JORJO KAZKZ KENKE KIRKI PRKKP KORKR KWTKW KGZKG LAOLA LVALV " +
  "LBNLB LSOLS LBRLR LBYLY LIELI LTULT LUXLU MACMO MDGMG MWIMW MYSMY MDVMV MLIML MLTMT MHLMH MRTMR MUSMU MEXMX FSMFM MDAMD MCOMC MNGMN MNEME MARMA " +
  "MOZMZ MMRMM NAMNA NRUNR NPLNP NLDNL NZLNZ NICNI NERNE NGANG MKDMK NORNO OMNOM PAKPK PLWPW PSEPS PANPA PNGPG PRYPY PERPE PHLPH POLPL PRTPT QATQA " +
  "ROURO RUSRU RWARW KNAKN LCALC VCTVC WSMWS SMRSM STPST SAUSA SENSN SRBRS SYCSC SLESL SGPSG SVKSK SVNSI SLBSB SOMSO ZAFZA SSDSS ESPES LKALK SDNSD " +
  "SURSR SWESE CHECH SYRSY TWNTW TJKTJ TZATZ THATH TLSTL TGOTG TONTO TTOTT TUNTN TURTR TKMTM TUVTV UGAUG UKRUA AREAE GBRGB USAUS URYUY UZBUZ VUTVU " +
  "VATVA VENVE VNMVN YEMYE ZMBZM ZWEZW";

const known = new Map(pairs.split(" ").map((pair) => [pair.slice(0, 3), pair.slice(3)]));
// What passports write otherwise: Germany one letter, the kinds of British nationality, Kosovo.
for (const [passport, two] of [["D", "DE"], ["GBD", "GB"], ["GBN", "GB"], ["GBO", "GB"], ["GBP", "GB"], ["GBS", "GB"], ["RKS", "XK"]] as const) known.set(passport, two);

/** Every country once, alpha-2. */
export const nations: readonly string[] = [...new Set(known.values())];

/** Undefined for what names no country: a stateless person, an organisation. */
export const nationOf = (passport: string): string | undefined => known.get(passport.toUpperCase().replaceAll("<", ""));

const near = ["VN", "LA", "KH", "CN", "TH"];
const others = nations.filter((code) => !near.includes(code));

const names = (language: string) => new Intl.DisplayNames([language], { type: "region" });

export const countryName = (code: string, language: string): string => names(language).of(code) ?? code;

/** To choose from: Việt Nam and its neighbours first, then by name. */
export function countries(language: string): { value: string; label: string }[] {
  const known = names(language);
  const option = (code: string) => ({ value: code, label: known.of(code) ?? code });
  const sorted = others.map(option).sort((a, b) => a.label.localeCompare(b.label, language));
  return [...near.map(option), ...sorted];
}
