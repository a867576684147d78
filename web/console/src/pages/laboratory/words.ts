// What may be chosen; said in words by i18n.
export const methods = ["pcr", "antigen", "antibody", "culture", "sequencing", "microscopy"] as const;
export const outcomes = ["negative", "positive", "inconclusive", "invalid"] as const;
export const poolMost = 20; // modules/laboratory/laboratory.h

/** The server gives no more lines in one file of these lists (modules/laboratory: kOutMost). */
export const mostOut = 1000;
