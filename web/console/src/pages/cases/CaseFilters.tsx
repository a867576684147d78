// What the list of cases is filtered by.
import { Button, Checkbox, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconFilterPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { diseasesQuery, type CaseFilter, type CaseSort } from "../../api/cases";
import { newestOutbreaksQuery } from "../../api/outbreaks";
import { caseOutcomes, caseSortsOf, classifications } from "../../logic/filters";
import { sortedBy, type SortOrder } from "../../logic/sorting";
import { DayField } from "../../parts/DayField";
import { Choice, FilterBar } from "../../parts/FilterBar";
import { SearchBox } from "../../parts/SearchBox";
import { SortChoice } from "../../parts/SortChoice";
import { UnitSelect } from "../../parts/UnitSelect";
import { useLanguage } from "../../parts/When";

interface Props {
  filter: CaseFilter;
  set: (change: CaseFilter | Record<string, undefined>) => void;
  onSort: (sort: CaseSort, order: SortOrder) => void;
  onClear?: (() => void) | undefined;
}

export function CaseFilters({ filter, set, onSort, onClear }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [opened, setOpened] = useState(false);
  const rarer = [filter.outcome, filter.outbreak, filter.sourceUnknown, filter.twin, filter.onsetFrom, filter.onsetTo, filter.reportedFrom, filter.reportedTo];
  const more = opened || rarer.some((one) => one !== undefined);
  const diseases = useQuery(diseasesQuery).data?.items ?? [];
  const outbreaks = useQuery({ ...newestOutbreaksQuery, enabled: more }).data ?? [];
  const dayOf = (field: "onsetFrom" | "onsetTo" | "reportedFrom" | "reportedTo") => (
    <DayField label={t(`cases.${field}`)} value={filter[field]} onChange={(date) => set({ [field]: date })} />
  );
  return (
    <FilterBar onClear={onClear}>
      <Choice
        label={t("cases.classificationHead")}
        value={filter.classification}
        options={classifications.map((value) => ({ value, label: t(`cases.classification.${value}`) }))}
        onChange={(classification) => set({ classification })}
      />
      <Choice
        label={t("cases.notice.head")}
        value={filter.overdue ? "overdue" : filter.awaiting ? "awaiting" : undefined}
        options={[
          { value: "awaiting", label: t("cases.notice.awaiting") },
          { value: "overdue", label: t("cases.notice.overdue") },
        ]}
        onChange={(chosen) => set({ awaiting: chosen === "awaiting" ? true : undefined, overdue: chosen === "overdue" ? true : undefined })}
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
      <SearchBox value={filter.q ?? ""} onSearch={(q) => set({ q })} label={t("cases.searchNumber")} placeholder="COV-…" width={190} />
      <UnitSelect aria-label={t("common.unit")} value={filter.unit} onChange={(unit) => set({ unit })} w={240} maw="100%" />
      {!more && (
        <Button variant="subtle" color="gray" leftSection={<IconFilterPlus size={16} />} onClick={() => setOpened(true)}>
          {t("common.moreFilters")}
        </Button>
      )}
      {more && (
        <>
          <Select
            aria-label={t("cases.course.outcome")}
            placeholder={t("cases.anyOutcome")}
            data={caseOutcomes.map((value) => ({ value, label: t(`cases.course.outcomes.${value}`) }))}
            value={filter.outcome ?? null}
            onChange={(value) => set({ outcome: caseOutcomes.find((one) => one === value) })}
            clearable
            w={230}
            maw="100%"
          />
          <Select
            aria-label={t("cases.outbreak")}
            placeholder={t("cases.anyOutbreak")}
            data={outbreaks.map((one) => ({ value: one.id, label: one.name }))}
            value={filter.outbreak ?? null}
            onChange={(outbreak) => set({ outbreak: outbreak ?? undefined })}
            searchable
            clearable
            w={230}
            maw="100%"
          />
          <Checkbox label={t("cases.sourceUnknown")} checked={filter.sourceUnknown ?? false} onChange={(event) => set({ sourceUnknown: event.currentTarget.checked || undefined })} />
          <Checkbox label={t("cases.twins.filter")} checked={filter.twin ?? false} onChange={(event) => set({ twin: event.currentTarget.checked || undefined })} />
          {dayOf("onsetFrom")}
          {dayOf("onsetTo")}
          {dayOf("reportedFrom")}
          {dayOf("reportedTo")}
        </>
      )}
      <SortChoice
        sorts={[
          { sort: "report", label: t("cases.reportedAt") },
          { sort: "onset", label: t("cases.onset") },
          { sort: "deadline", label: t("cases.notice.by") },
          { sort: "number", label: t("cases.number") },
        ]}
        sorted={sortedBy(filter, caseSortsOf(filter))}
        onSort={onSort}
      />
    </FilterBar>
  );
}
