// Folding for search only: "Hướng Hóa" and "huong hoa" meet. Never compare identities with it; diacritics tell names
// apart.
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/g, "d")
    .replace(/Đ/g, "D")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}
