// A country: chosen from those found, or anything typed, for the list may not be there or not have it.

import type { Kit } from "@luytre/shared/forms";
import { useState, type ComponentProps } from "react";

import { SuggestBox } from "../people/SuggestBox";
import { Frame } from "../ui/parts";
import { useWords } from "./words";

export function CountryBox({ countries, text, known, onText, onLeave, maxLength, ...field }: ComponentProps<Kit["Country"]>) {
  const f = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Frame {...field}>
      <SuggestBox
        id={field.id}
        hinted={field.hint !== undefined}
        wrong={field.wrong !== undefined}
        text={text}
        onText={onText}
        open={open}
        onOpen={(next) => {
          setOpen(next);
          if (!next) onLeave();
        }}
        hits={countries.map(({ code, name }) => ({ id: code, title: name }))}
        onChoose={(index) => onText(countries[index]!.name)}
        maxLength={maxLength}
        placeholder={f("country.placeholder")}
        matches={f("country.matches")}
        said={text.trim() !== "" && !known && (!open || countries.length === 0) && f("country.unknown")}
      />
    </Frame>
  );
}
