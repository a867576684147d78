// Names of what the API speaks of by id, in the officer's language.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { diseasesQuery, ruleSetsQuery } from "../api/cases";
import { formsQuery } from "../api/declarations";
import { dutyRulesQuery } from "../api/duties";
import { placeKindsQuery } from "../api/places";
import { generalSpecimens, otherSpecimen, specimenText } from "../logic/specimens";
import { useLanguage } from "./When";

export function useDiseaseName(): (id: string) => string {
  const language = useLanguage();
  const { data } = useQuery(diseasesQuery);
  return (id) => data?.items.find((disease) => disease.id === id)?.name[language] ?? id;
}

/** Of a sampling session, of whatever day: as the disease's file calls it, else as all were called before. */
export function useSpecimenName(): (disease: string, id: string) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data } = useQuery(diseasesQuery);
  return (disease, id) => {
    const pack = data?.items.find((one) => one.id === disease);
    const general = [...generalSpecimens, otherSpecimen].find((one) => one === id);
    return specimenText(pack, id)?.[language] ?? (general ? t(`laboratory.specimen.${general}`) : id);
  };
}

export function usePlaceKindName(): (kind: string) => string {
  const language = useLanguage();
  const { data } = useQuery(placeKindsQuery);
  return (kind) => data?.items.find((one) => one.kind === kind)?.title[language] ?? kind;
}

export function useRuleSetName(): (id: string) => string {
  const language = useLanguage();
  const { data } = useQuery(ruleSetsQuery);
  return (id) => data?.items.find((one) => one.id === id)?.title[language] ?? id;
}

/** Of a rule that makes declaring a duty. */
export function useDutyName(enabled: boolean): (id: string) => string {
  const language = useLanguage();
  const { data } = useQuery({ ...dutyRulesQuery, enabled });
  return (id) => data?.find((one) => one.id === id)?.title[language] ?? id;
}

export function useFormName(): (id: string) => string {
  const language = useLanguage();
  const { data } = useQuery(formsQuery);
  return (id) => data?.items.find((one) => one.id === id)?.title[language] ?? id;
}
