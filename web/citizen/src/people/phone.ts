// Phone numbers as people type them. The server decides what is a number; this only saves a round trip for what cannot
// be one.

/** Digits with an optional leading +, or undefined when it cannot be a phone number of any country. */
export function tidyPhone(typed: string): string | undefined {
  const tidy = typed.replace(/[\s().\-–]/g, "");
  return /^(0\d{9}|\+?84\d{9}|\+[1-9]\d{7,14})$/.test(tidy) ? tidy : undefined;
}

/** "0912 345 678", Vietnamese numbers in their national form. */
export function showPhone(phone: string): string {
  const national = phone.replace(/^\+?84(?=\d{9}$)/, "0");
  return /^0\d{9}$/.test(national) ? `${national.slice(0, 4)} ${national.slice(4, 7)} ${national.slice(7)}` : phone;
}
