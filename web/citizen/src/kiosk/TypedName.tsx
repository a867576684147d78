// Somebody who has nothing to show.

import { useState } from "react";

import { Button, Input } from "../ui/parts";
import type { Who } from "./who";
import { useWords } from "./words";

export function TypedName({ onWho }: { onWho: (who: Who) => void }) {
  const w = useWords();
  const [name, setName] = useState("");
  const [year, setYear] = useState("");
  const [tried, setTried] = useState(false);
  const birthYear = /^\d{4}$/.test(year.trim()) ? Number(year) : 0;
  const possible = birthYear >= 1900 && birthYear <= new Date().getFullYear();
  return (
    <form
      className="stack"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (name.trim() && possible) onWho({ name: name.trim(), birthYear, at: new Date().toISOString() });
      }}
    >
      <Input
        label={w("name")}
        autoComplete="off"
        maxLength={120}
        value={name}
        onValue={setName}
        wrong={tried && !name.trim() ? w("nameWrong") : undefined}
      />
      <Input
        label={w("birthYear")}
        autoComplete="off"
        inputMode="numeric"
        maxLength={4}
        value={year}
        onValue={setYear}
        wrong={tried && !possible ? w("birthYearWrong") : undefined}
      />
      <Button type="submit" wide>
        {w("next")}
      </Button>
    </form>
  );
}
