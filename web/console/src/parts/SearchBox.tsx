// A search box that tells what was typed once typing rests, or the box is left; "/" leads to it.
import { CloseButton, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useShortcuts } from "./Shortcuts";

interface Props {
  value: string;
  onSearch: (text: string) => void;
  label: string;
  placeholder?: string;
  wait?: number;
  width?: number;
}

export function SearchBox({ value, onSearch, label, placeholder, wait = 250, width = 300 }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const tell = useRef(onSearch);
  useEffect(() => {
    tell.current = onSearch;
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (typed === value) return;
    timer.current = setTimeout(() => tell.current(typed), wait);
    return () => clearTimeout(timer.current);
  }, [typed, value, wait]);
  useShortcuts([{ keys: "/", says: t("keys.search"), run: () => box.current?.focus() }]);
  return (
    <TextInput
      ref={box}
      type="search"
      aria-label={label}
      placeholder={placeholder ?? label}
      leftSection={<IconSearch size={17} />}
      rightSection={typed && <CloseButton size="sm" onClick={() => setTyped("")} aria-label={t("common.clearFilters")} />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && box.current?.blur()}
      // Told before whatever is clicked next, and not after it, or the search would lead back from there.
      onBlur={() => {
        clearTimeout(timer.current);
        if (typed !== value) onSearch(typed);
      }}
      w={width}
      maw="100%"
      autoComplete="off"
      spellCheck={false}
    />
  );
}
