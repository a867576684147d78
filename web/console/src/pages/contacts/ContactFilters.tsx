// What the list of contacts is filtered by.
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../api/cases";
import type { ContactFilter, ContactSort } from "../../api/contact-lists";
import { candidateStatuses, contactClasses, contactFollowUps, contactSorts, levels } from "../../logic/filters";
import { sortedBy, type SortOrder } from "../../logic/sorting";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { SortChoice } from "../../parts/SortChoice";
import { UnitSelect } from "../../parts/UnitSelect";
import { useLanguage } from "../../parts/When";

interface Props {
  filter: ContactFilter;
  set: (change: ContactFilter | Record<string, undefined>) => void;
  onSort: (sort: ContactSort, order: SortOrder) => void;
  onClear?: (() => void) | undefined;
}

export function ContactFilters({ filter, set, onSort, onClear }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const diseases = useQuery(diseasesQuery).data?.items ?? [];
  return (
    <FilterBar onClear={onClear}>
      <Choice
        label={t("tracing.statusHead")}
        value={filter.status}
        options={candidateStatuses.map((value) => ({ value, label: t(`tracing.status.${value}`) }))}
        onChange={(status) => set({ status })}
      />
      <Choice
        label={t("contactLists.class")}
        value={filter.class}
        options={contactClasses.map((value) => ({ value, label: value === "none" ? t("tracing.class.none") : value }))}
        onChange={(of) => set({ class: of })}
      />
      <Select
        aria-label={t("tracing.level")}
        placeholder={t("contactLists.anyLevel")}
        data={levels.map((value) => ({ value, label: t("common.suspectedLevel", { level: value }) }))}
        value={filter.level ?? null}
        onChange={(value) => set({ level: levels.find((one) => one === value) })}
        clearable
        w={130}
        maw="100%"
      />
      <Select
        aria-label={t("followUps.stripHead")}
        placeholder={t("contactLists.anyFollowUp")}
        data={contactFollowUps.map((value) => ({ value, label: value === "none" ? t("contactLists.notFollowed") : t(`followUps.state.${value}`) }))}
        value={filter.followUp ?? null}
        onChange={(value) => set({ followUp: contactFollowUps.find((one) => one === value) })}
        clearable
        w={210}
        maw="100%"
      />
      <Select
        aria-label={t("cases.disease")}
        placeholder={t("cases.anyDisease")}
        data={diseases.map((one) => ({ value: one.id, label: one.name[language] }))}
        value={filter.disease ?? null}
        onChange={(disease) => set({ disease: disease ?? undefined })}
        searchable
        clearable
        w={190}
        maw="100%"
      />
      <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={240} maw="100%" />
      <SortChoice
        sorts={[
          { sort: "exposure", label: t("tracing.since") },
          { sort: "risk", label: t("tracing.risk") },
          { sort: "decision", label: t("contactLists.decided") },
        ]}
        sorted={sortedBy(filter, contactSorts)}
        onSort={onSort}
      />
    </FilterBar>
  );
}
