// Finds the patient while typing. Each look-up is logged under the reason that is shown.
import { Button, Loader, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { peopleQuery, personQuery } from "../../api/people";
import { reasonFor } from "../../api/reasons";
import type { PersonBrief } from "../../api/types";
import { parsePersonQuery } from "../../logic/person-query";
import { NearNote } from "../../parts/NearNote";
import { ProblemNote } from "../../parts/ProblemNote";
import { LoggedNote } from "../../parts/ReasonDialog";
import { Scanner } from "../../parts/Scanner";
import { SearchCut } from "../../parts/SearchCut";
import styles from "./PersonPicker.module.css";

/** Somebody chosen; the brief is missing when only the address said who. */
export interface Picked {
  id: string;
  brief?: PersonBrief;
}

interface Props {
  picked: Picked | undefined;
  onPick: (person: Picked | undefined) => void;
  onNew: () => void;
  /** Their code may be held before the camera, too. */
  scan?: boolean;
}

export function PersonPicker({ picked, onPick, onNew, scan = false }: Props) {
  const { t } = useTranslation();
  const reason = t("cases.searchReason");
  const [typed, setTyped] = useState("");
  const [settled] = useDebouncedValue(typed, 350);
  const find = parsePersonQuery(settled);
  const found = useQuery(peopleQuery(find, reason));
  if (picked) return <Chosen picked={picked} onClear={() => onPick(undefined)} />;
  return (
    <div className={styles.picker}>
      <TextInput
        label={t("people.find")}
        description={t("people.findHelp")}
        leftSection={<IconSearch size={17} />}
        rightSection={found.isFetching && <Loader size={16} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
      {scan && <Scanner paper={false} onText={setTyped} />}
      <LoggedNote>{t("cases.searchLogged", { reason })}</LoggedNote>
      <ProblemNote error={found.error} retry={() => void found.refetch()} />
      {found.data && !found.data.complete && <SearchCut asked={{ typed: settled, reason }} shown={found.data.items.length} />}
      {found.data?.near && <NearNote />}
      {found.data && <PeopleChoices people={found.data.items} onChoose={(brief) => onPick({ id: brief.id, brief })} />}
      {found.data?.items.length === 0 && (
        <p>
          {t("people.noneFound")}.{" "}
          <Button variant="light" size="xs" onClick={onNew}>
            {t("people.register")}
          </Button>
        </p>
      )}
    </div>
  );
}

export function PeopleChoices({ people, onChoose }: { people: PersonBrief[]; onChoose: (person: PersonBrief) => void }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.choices}>
      {people.map((person) => (
        <li key={person.id}>
          <button type="button" onClick={() => onChoose(person)}>
            <b>{person.name}</b>
            <span>
              {t(`common.sex.${person.sex}`)}, {person.birthYear || t("people.bornUnknown")} · {person.unitPath}
              {person.phoneMasked && ` · ${person.phoneMasked}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Chosen({ picked, onClear }: { picked: Picked; onClear: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    ...personQuery(picked.id, reasonFor(picked.id) || t("cases.searchReason")),
    enabled: picked.brief === undefined,
  });
  const person = picked.brief ?? data;
  return (
    <div className={styles.chosen}>
      <div>
        <b>{person?.name ?? "…"}</b>
        {person && (
          <span>
            {t(`common.sex.${person.sex}`)}, {person.birthYear || t("people.bornUnknown")} · {person.unitPath}
          </span>
        )}
      </div>
      <Button variant="default" size="xs" onClick={onClear}>
        {t("cases.chooseOther")}
      </Button>
    </div>
  );
}
