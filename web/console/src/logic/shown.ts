// What was read or typed at a desk. Pure.

/** A paper's number as people type it: it could be anybody's, so the year of birth is asked for, too. */
export const isBareNumber = (shown: string): boolean => {
  if (/^\s*LT[A-Z]\./i.test(shown)) return false; // a code of ours, cut short
  const number = shown.replace(/[\s.-]/g, "");
  return /^[A-Za-z0-9]{6,15}$/.test(number) && (number.match(/\d/g) ?? []).length >= 4;
};
