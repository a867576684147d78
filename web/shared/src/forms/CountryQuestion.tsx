// Which country: found by a part of its name, kept by its code. What names none is kept as it was written.

import { useEffect, useLayoutEffect, useMemo, useState } from "react";

import { countryCodes } from "../questionnaire";
import type { Answer } from "./filling";
import { useKit, type Field } from "./kit";

type Nations = typeof import("../nations");

/** The list, loaded with the first question that needs it; without it there are words alone. */
function useNations(): Nations | undefined {
  const [nations, setNations] = useState<Nations>();
  useEffect(() => {
    void import("../nations").then(setNations, () => undefined);
  }, []);
  return nations;
}

interface Props extends Omit<Field, "hint"> {
  answer: Answer | undefined;
  maxLength: number | undefined;
  onAnswer: (answers: readonly Answer[]) => void;
}

export function CountryQuestion({ answer, maxLength, onAnswer, ...field }: Props) {
  const { Country, useWords } = useKit();
  const { language } = useWords();
  const nations = useNations();
  const all = useMemo(() => nations?.everywhere(language) ?? [], [nations, language]);
  const [typed, setTyped] = useState<string>(); // while it is being written
  const coding = answer?.valueCoding;
  const name = coding && (all.find(({ code }) => code === coding.code)?.name ?? coding.display ?? coding.code);
  const words = answer?.valueString;
  const text = typed ?? name ?? words ?? "";
  // Also of what was written before the list was there; at once, before another answer is given.
  useLayoutEffect(() => {
    const found = words === undefined ? undefined : nations?.countryNamed(all, words);
    if (found) onAnswer([{ valueCoding: { system: countryCodes, code: found.code, display: found.name } }]);
  }, [nations, all, words, onAnswer]);
  const say = (next: string) => {
    setTyped(next);
    onAnswer(next.trim() === "" ? [] : [{ valueString: next }]);
  };
  return (
    <Country
      {...field}
      maxLength={maxLength}
      countries={nations?.countriesLike(all, text) ?? []}
      text={text}
      known={coding !== undefined || all.length === 0}
      onText={say}
      onLeave={() => setTyped(undefined)}
    />
  );
}
