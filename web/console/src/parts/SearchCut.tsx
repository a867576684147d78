// A search that found more people than are shown, and what would tell them apart.
import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { LastSearch } from "../api/reasons";
import { parsePersonQuery } from "../logic/person-query";
import { UnitSelect } from "./UnitSelect";

interface Props {
  asked: LastSearch;
  shown: number;
  /** Asks again, of one unit alone; without it the unit cannot be chosen here. */
  onAsk?: (search: LastSearch) => void;
}

export function SearchCut({ asked, shown, onAsk }: Props) {
  const { t } = useTranslation();
  const find = parsePersonQuery(asked.typed, { homes: true });
  const born = find?.birthYear !== undefined || find?.birthDate !== undefined;
  return (
    <Alert role="status" color="turmeric" title={t("people.cut", { count: shown })} my="sm">
      {t(find?.address && !find.name ? "people.cutHome" : !find?.name ? "people.cutAddName" : born ? "people.cutAddWord" : "people.cutAddBirth")}
      {onAsk && <UnitSelect mt="xs" maw={420} label={t("people.cutUnit")} value={asked.unit} onChange={(unit) => onAsk({ ...asked, unit })} />}
    </Alert>
  );
}
