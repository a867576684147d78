// A picture of a declaration that was sent, fetched when it is asked for.

import { useState } from "react";

import { Button } from "../ui/parts";
import styles from "./Body.module.css";
import { useWords } from "./words";

export function SentPicture({ declaration, picture }: { declaration: string; picture: string }) {
  const f = useWords();
  const [shown, setShown] = useState(false);
  return (
    <>
      {shown && (
        <img
          className={styles.picture}
          src={`/api/v1/declarations/${encodeURIComponent(declaration)}/pictures/${encodeURIComponent(picture)}`}
          alt={f("picture.sent")}
        />
      )}
      <Button tone="plain" onClick={() => setShown(!shown)}>
        {shown ? f("picture.close") : f("picture.open")}
      </Button>
    </>
  );
}
