// Finding a commune by typing a part of its name, with or without diacritics: a combobox after the WAI-ARIA pattern.

import { useQuery } from "@tanstack/react-query";
import { useId, useState, type KeyboardEvent } from "react";

import { useSettled } from "../app/hooks";
import { unitSearchQuery } from "../app/queries";
import { useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { Wrong } from "../ui/parts";
import styles from "./UnitSearch.module.css";

export interface ChosenUnit {
  id: string;
  path: string;
}

interface Props {
  id: string;
  label: string;
  hint?: string;
  value: ChosenUnit | undefined;
  onValue: (unit: ChosenUnit | undefined) => void;
  wrong?: string | undefined;
}

export function UnitSearch({ id, label, hint, value, onValue, wrong }: Props) {
  const { t } = useText();
  const listId = useId();
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const wanted = useSettled(text.trim());
  const search = useQuery({
    ...unitSearchQuery(wanted),
    enabled: open && wanted.length >= 2,
    placeholderData: (previous) => previous,
  });
  // People live in communes; a province or a former district answers no question here.
  const hits =
    open && wanted.length >= 2
      ? (search.data ?? []).filter(({ unit }) => unit.level === "commune" && !unit.validTo)
      : [];

  const choose = (index: number) => {
    const hit = hits[index];
    if (!hit) return;
    onValue({ id: hit.unit.id, path: hit.path });
    setText("");
    setOpen(false);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      if (hits.length > 0) setActive((active + (event.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length);
    } else if (event.key === "Enter" && open && hits[active]) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      setOpen(false);
    }
  };

  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && !value && (
        <p className="hint" id={id + "-hint"}>
          {hint}
        </p>
      )}
      {value ? (
        <div className={styles.chosen}>
          <Icon name="place" />
          <span className="grow strong">{value.path}</span>
          <button
            className="button"
            data-tone="plain"
            type="button"
            onClick={() => {
              onValue(undefined);
              requestAnimationFrame(() => document.getElementById(id)?.focus());
            }}
          >
            {t("change")}
          </button>
        </div>
      ) : (
        <div className={styles.box}>
          <input
            className="input"
            id={id}
            role="combobox"
            aria-expanded={hits.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={hits[active] ? `${listId}-${active}` : undefined}
            aria-invalid={wrong ? true : undefined}
            aria-describedby={[hint && id + "-hint", wrong && id + "-wrong"].filter(Boolean).join(" ") || undefined}
            autoComplete="off"
            placeholder={t("unit.placeholder")}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setActive(0);
              setOpen(true);
            }}
            onKeyDown={keys}
            onFocus={() => setOpen(true)}
            onBlur={() => setOpen(false)}
          />
          <ul
            className={styles.list}
            id={listId}
            role="listbox"
            aria-label={t("unit.matches")}
            hidden={hits.length === 0}
          >
            {hits.map(({ unit, path }, index) => (
              <li
                key={unit.id}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === active}
                onMouseDown={(event) => {
                  event.preventDefault(); // keep the focus, so that blur does not close the list first
                  choose(index);
                }}
              >
                <span className="strong">{unit.fullName}</span>
                <span className="small soft">{path.split(", ").slice(1).join(", ")}</span>
              </li>
            ))}
          </ul>
          <p className="hint" role="status">
            {open && wanted.length >= 2 && search.isSuccess && hits.length === 0 && t("unit.none")}
            {open && search.isError && t("unit.failed")}
          </p>
        </div>
      )}
      <Wrong id={id + "-wrong"} text={wrong} />
    </div>
  );
}
