// "I came earlier": for who finds the poster, or the time to scan it, only later. The hour is the person's own word.

import { Button, Input } from "../ui/parts";
import { useWords } from "./words";

export function CameEarlier({
  said,
  onSaid,
  wrong,
}: {
  /** "07:45"; undefined: the person came just now. */
  said: string | undefined;
  onSaid: (said: string | undefined) => void;
  wrong: boolean;
}) {
  const w = useWords();
  if (said === undefined)
    return (
      <Button tone="plain" wide icon="clock" onClick={() => onSaid("")}>
        {w("earlier.do")}
      </Button>
    );
  return (
    <div className="stack-small">
      <Input
        label={w("earlier.at")}
        hint={w("earlier.hint")}
        type="time"
        value={said}
        onValue={onSaid}
        wrong={wrong ? w("earlier.wrong") : undefined}
        autoFocus
      />
      <Button tone="plain" onClick={() => onSaid(undefined)}>
        {w("earlier.not")}
      </Button>
    </div>
  );
}
