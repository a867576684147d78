/** As it is compared with what somebody types: without accents, in small letters. */
export const folded = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
