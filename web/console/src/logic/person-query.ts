// One search box for people: what was typed, or scanned into it, says which index is asked. Phones, paper numbers and codes are looked up exactly, names
// and addresses by folding, with a typing error forgiven.

export interface PersonQuery {
  phone?: string;
  paper?: string;
  code?: string;
  name?: string;
  birthYear?: number;
  birthMonth?: number;
  birthDate?: string;
  address?: string;
}

const thisYear = () => new Date().getFullYear();
const tidied = (typed: string) => typed.normalize("NFC").replace(/\s+/g, " ").trim();

/** Of the calendar, and not to come; day before month. */
function dateOf(day: string, month: string, year: string): string | undefined {
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) && Number(year) >= 1900 && at.getTime() <= Date.now() ? iso : undefined;
}

const ours = /^(LTP\.[0-9A-Za-z]{20,}|LTC\.[0-9A-Za-z]{100,}|LTC[- ][0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4})$/i; // a person's code, a printed card's, its number

// What papers say when they are scanned, whole (engines/linkage): the QR codes of the identity card, the health-insurance card and the apps of 2021, and the
// machine-readable lines, which an input puts into one.
const papers = [
  /^\d{12}\|[^|]*\|[^|]+\|\d{8}\|[^|]*\|[^|]*\|\d{8}(\||$)/,
  /^([A-Z]{2}\d{13}|\d{10})\|[0-9A-F]+\|[^|]+(\|[^|]*){5,}$/i,
  /^[0-9A-Z*]{8,15}\|[^|]+\|\d{4}-[\d*]{2}-[\d*]{2}\|[01]\|\d+\|/i,
];
const zone = /^[A-Z][A-Z0-9<]+$/i;

/** A code, or the whole of a paper, that was scanned into the box. The server reads it: it finds by its numbers, exactly. */
function scanned(text: string): boolean {
  const lines = text.replace(/ /g, "");
  return ours.test(text) || papers.some((paper) => paper.test(text)) || (zone.test(lines) && lines.includes("<") && [88, 90].includes(lines.length));
}

// How addresses begin. Words that are names as well without their diacritics (Ngô, Tô, Dương) count with them alone, or before a number.
const homes = [
  /^(thôn|xóm|ấp|khóm|tổ|bản|ngõ|ngách|hẻm|đường|khu phố|số nhà)\s+\S/iu,
  /^(thon|xom|khom|khu pho|kp|tdp|to dan pho|so nha)\s+\S/i,
  /^(số|so|tổ|to|đội|doi|ấp|ap|bản|ban|ngõ|ngo|hẻm|hem|kiệt|kiet)\s+\d/iu,
  /^\d{1,4}[a-z]?(\/\d{1,4}[a-z]?)*[,\s]\s*\p{L}{2}/iu, // 12/3 Lê Lợi
];
const isWords = (text: string, least: number) => (text.match(/[\p{L}\d]+/gu) ?? []).length >= least;

/** An address, alone or behind a name and a comma. */
function home(text: string): PersonQuery | undefined {
  const born = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4},/.test(text);
  if (!born && homes.some((begins) => begins.test(text))) return isWords(text, 2) ? { address: text } : undefined;
  const parts = /^([^,]+),\s*(.+)$/.exec(text);
  if (!parts?.[1] || !parts[2]) return undefined;
  const who = parsePersonQuery(parts[1]);
  if (who && (who.name ?? who.birthDate)) return isWords(parts[2], 1) ? { ...who, address: parts[2] } : undefined;
  const word = parts[1].trim();
  return /^\p{L}{2,}$/u.test(word) && isWords(parts[2], 2) ? { name: word, address: parts[2] } : undefined;
}

/** Undefined while there is too little to ask for: of a name two words, or one and the birth. `homes`: addresses are looked for, too. */
export function parsePersonQuery(typed: string, { homes = false } = {}): PersonQuery | undefined {
  const text = tidied(typed);
  if (scanned(text)) return { code: text };
  if (/[|<]/.test(text)) return undefined; // cut short, or of another system
  const at = homes ? home(text) : undefined;
  if (at) return at;
  const born = /^(.*?)\s*\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (born?.[2] && born[3] && born[4]) {
    const name = born[1] ?? "";
    const birthDate = dateOf(born[2], born[3], born[4]);
    if (!birthDate || /\d/.test(name) || name.length === 1) return undefined;
    return name ? { name, birthDate } : { birthDate };
  }
  const month = /^(\D*\S)\s+(\d{1,2})[/.-](\d{4})$/.exec(text) ?? /^(\D*\S)\s+()(\d{4}-\d{1,2})$/.exec(text);
  if (month?.[1] && month[3]) {
    const [birthYear = 0, of = 0] = month[3].split("-").map(Number);
    const birthMonth = month[2] ? Number(month[2]) : of;
    const known = month[1].length >= 2 && dateOf("1", String(birthMonth), String(birthYear)) !== undefined;
    return known ? { name: month[1], birthYear, birthMonth } : undefined;
  }
  const compact = text.replace(/[\s.()-]/g, "");
  if (/^(\+84|0)\d{9}$/.test(compact)) return { phone: compact };
  // CMND 9 digits, CCCD 12, passport one or two letters and 6–8 digits, health insurance two letters and 13 digits (10 on newer cards).
  if (/^(\d{9}|\d{12}|[A-Za-z]{1,2}\d{6,8}|[A-Za-z]{2}\d{13}|[1-9]\d{9})$/.test(compact)) return { paper: compact.toUpperCase() };
  if (/\d/.test(text.replace(/\d{4}$/, ""))) return undefined;
  const year = /^(.*\S)\s+(\d{4})$/.exec(text);
  if (year?.[1] && year[2]) {
    const birthYear = Number(year[2]);
    if (birthYear >= 1900 && birthYear <= thisYear() && year[1].length >= 2) return { name: year[1], birthYear };
    return undefined;
  }
  return text.includes(" ") && !/\d/.test(text) ? { name: text } : undefined;
}

/** The number of a case, which says nothing of who it is. */
export function parseCaseNumber(typed: string): string | undefined {
  const text = tidied(typed).toUpperCase();
  return /^[A-Z]{2,3}-\d{6}-[0-9A-Z]{6}$/.test(text) ? text : undefined;
}

/** The number of an order, as it stands on its paper; of whom it is, it does not say either. */
export function parseOrderNumber(typed: string): string | undefined {
  const found = /^LTQ[- ]?([0-9A-Z]{4})[- ]?([0-9A-Z]{4})$/.exec(tidied(typed).toUpperCase());
  return found ? `LTQ-${found[1]}-${found[2]}` : undefined;
}

/** What is asked, in one word. */
export const askedBy = (find: PersonQuery) =>
  find.phone ? "phone" : find.paper ? "paper" : find.code ? (ours.test(find.code) ? "code" : "scanned") : find.address ? (find.name || find.birthDate ? "nameHome" : "home") : find.name ? "name" : "born";
