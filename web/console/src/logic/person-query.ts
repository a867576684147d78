// One search box for people: what was typed, or scanned into it, says which index is asked. Phones, paper numbers and codes are looked up exactly, names
// by folding, with a typing error forgiven.

export interface PersonQuery {
  phone?: string;
  paper?: string;
  code?: string;
  name?: string;
  birthYear?: number;
  birthDate?: string;
}

const thisYear = () => new Date().getFullYear();
const tidied = (typed: string) => typed.normalize("NFC").replace(/\s+/g, " ").trim();

/** Of the calendar, and not to come; day before month. */
function dateOf(day: string, month: string, year: string): string | undefined {
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) && Number(year) >= 1900 && at.getTime() <= Date.now() ? iso : undefined;
}

/** Undefined while there is too little to ask for: of a name two words, or one and the birth. */
export function parsePersonQuery(typed: string): PersonQuery | undefined {
  const text = tidied(typed);
  if (/^LTP\.[0-9A-Za-z]{20,}$/.test(text)) return { code: text };
  const born = /^(.*?)\s*\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (born?.[2] && born[3] && born[4]) {
    const name = born[1] ?? "";
    const birthDate = dateOf(born[2], born[3], born[4]);
    if (!birthDate || /\d/.test(name) || name.length === 1) return undefined;
    return name ? { name, birthDate } : { birthDate };
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
export const askedBy = (find: PersonQuery) => (find.phone ? "phone" : find.paper ? "paper" : find.code ? "code" : find.name ? "name" : "born");
