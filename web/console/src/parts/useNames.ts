// Names of what the API speaks of by id, in the officer's language.
import { useQuery } from "@tanstack/react-query";

import { diseasesQuery, ruleSetsQuery } from "../api/cases";
import { formsQuery } from "../api/declarations";
import { dutyRulesQuery } from "../api/duties";
import { placeKindsQuery } from "../api/places";
import { useLanguage } from "./When";

export function useDiseaseName(): (id: string) => string {
  const language = useLanguage();
  const { data } = useQuery(diseasesQuery);
  return (id) => data?.items.find((disease) => disease.id === id)?.name[language] ?? id;
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
