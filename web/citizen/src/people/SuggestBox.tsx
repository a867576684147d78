// A line to write in, with what is found for it below: a combobox after the WAI-ARIA pattern.

import { useId, useState, type KeyboardEvent, type ReactNode } from "react";

import { described } from "../ui/parts";
import styles from "./UnitSearch.module.css";

interface Props {
  id: string;
  hinted: boolean;
  wrong: boolean;
  text: string;
  onText: (text: string) => void;
  hits: readonly { id: string; title: string; more?: string }[];
  onChoose: (index: number) => void;
  open: boolean;
  onOpen: (open: boolean) => void;
  maxLength?: number | undefined;
  placeholder: string;
  /** What the list is called. */
  matches: string;
  /** When nothing is found, or cannot be. */
  said: ReactNode;
}

export function SuggestBox({ id, hinted, wrong, text, onText, hits, onChoose, open, onOpen, maxLength, placeholder, matches, said }: Props) {
  const listId = useId();
  const [moved, setMoved] = useState<number>();
  const shown = open ? hits : [];
  const active = moved ?? (text.trim() === "" ? -1 : 0); // nothing typed: Enter chooses nothing
  const choose = (index: number) => {
    if (!shown[index]) return;
    onChoose(index);
    onOpen(false);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      onOpen(true);
      const last = shown.length - 1;
      if (event.key === "ArrowDown") setMoved(active < last ? active + 1 : 0);
      else setMoved(active > 0 ? active - 1 : Math.max(0, last));
    } else if (event.key === "Enter" && shown[active]) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      onOpen(false);
    }
  };
  return (
    <div className={styles.box}>
      <input
        className="input"
        id={id}
        role="combobox"
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown[active] ? `${listId}-${active}` : undefined}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described(id, hinted, wrong)}
        autoComplete="off"
        placeholder={placeholder}
        maxLength={maxLength}
        value={text}
        onChange={(event) => {
          onText(event.target.value);
          setMoved(undefined);
          onOpen(true);
        }}
        onKeyDown={keys}
        onFocus={() => onOpen(true)}
        onBlur={() => {
          setMoved(undefined);
          onOpen(false);
        }}
      />
      <ul className={styles.list} id={listId} role="listbox" aria-label={matches} hidden={shown.length === 0}>
        {shown.map(({ id: key, title, more }, index) => (
          <li
            key={key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onMouseDown={(event) => {
              event.preventDefault(); // keep the focus, so that blur does not close the list first
              choose(index);
            }}
          >
            <span className="strong">{title}</span>
            {more && <span className="small soft">{more}</span>}
          </li>
        ))}
      </ul>
      <p className="hint" role="status">
        {said}
      </p>
    </div>
  );
}
