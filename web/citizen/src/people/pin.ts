/** Six digits that anyone would try first: all alike, counted up or down, a short pattern repeated. */
export function isEasyPin(pin: string): boolean {
  const steps = [...pin].slice(1).map((digit, i) => Number(digit) - Number(pin[i]));
  return (
    [0, 1, -1].some((step) => steps.every((found) => found === step)) ||
    /^(\d{2})\1\1$/.test(pin) ||
    /^(\d{3})\1$/.test(pin)
  );
}
