// Whose visits the keeper of a household may see: the own, and those of children under 16, as the server judges it.

const adultAge = 16;

export const isGrownUp = (person: { relation?: string; birthYear: number }, today: string): boolean =>
  person.relation !== "self" && Number(today.slice(0, 4)) - person.birthYear >= adultAge;
