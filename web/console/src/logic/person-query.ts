// One search box for people: what was typed says which index is asked. Phones and paper numbers are looked up exactly, names by folding.

export interface PersonQuery {
  phone?: string;
  paper?: string;
  name?: string;
  birthYear?: number;
}

const thisYear = () => new Date().getFullYear();

/** Undefined while there is too little to ask for: of a name two words, or one and the year of birth. */
export function parsePersonQuery(typed: string): PersonQuery | undefined {
  const text = typed.normalize("NFC").replace(/\s+/g, " ").trim();
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
