// Looking for somebody by phone, paper or name, always with a reason. What is found goes into the person's access log, so nothing is
// asked while typing.
import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { LastSearch } from "../api/reasons";
import { askedBy, parseCaseNumber, parseOrderNumber, parsePersonQuery } from "../logic/person-query";
import styles from "./PersonSearch.module.css";
import { useShortcuts } from "./Shortcuts";

const shortestReason = 5;

interface Props {
  begun: LastSearch;
  busy: boolean;
  onAsk: (search: LastSearch) => void;
  /** Where people are looked for by their address, too. */
  homes?: boolean;
  /** Where the numbers of cases and orders lead somewhere: they name nobody and need no reason. */
  onNumber?: (of: "case" | "order", number: string) => void;
}

export function PersonSearch({ begun, busy, onAsk, homes = false, onNumber }: Props) {
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(begun.typed);
  const [reason, setReason] = useState(begun.reason);
  const find = parsePersonQuery(typed, { homes });
  const ofCase = onNumber && parseCaseNumber(typed);
  const ofOrder = onNumber && parseOrderNumber(typed);
  const ready = (ofCase ?? ofOrder) !== undefined || (find !== undefined && reason.trim().length >= shortestReason);
  const by = ofCase ? "case" : ofOrder ? "order" : find && askedBy(find);
  useShortcuts([{ keys: "/", says: t("keys.search"), run: () => box.current?.focus() }]);
  return (
    <form
      className={styles.search}
      onSubmit={(event) => {
        event.preventDefault();
        if (ofCase) onNumber?.("case", ofCase);
        else if (ofOrder) onNumber?.("order", ofOrder);
        else if (ready) onAsk({ typed, reason: reason.trim() });
      }}
    >
      <TextInput
        ref={box}
        label={t("people.find")}
        description={by ? t(`people.by.${by}`) : homes ? `${t("people.findHelp")} ${t("people.findHomeHelp")}` : t("people.findHelp")}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
      <TextInput
        label={t("common.reason")}
        description={t("people.reasonHelp")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
      />
      <Button type="submit" leftSection={<IconSearch size={17} />} disabled={!ready} loading={busy}>
        {t("common.search")}
      </Button>
    </form>
  );
}
