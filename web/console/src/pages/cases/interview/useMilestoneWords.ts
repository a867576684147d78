// How answers of a milestone are named: in the brief words of the disease's file.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { diseasesQuery } from "../../../api/cases";
import type { Answers } from "../../../api/types";
import { askedOfAll, briefOfMilestone } from "../../../logic/milestone-questions";
import { useLanguage } from "../../../parts/When";

export function useMilestoneWords(disease: string) {
  const { t } = useTranslation();
  const language = useLanguage();
  const pack = useQuery(diseasesQuery).data?.items.find((one) => one.id === disease);
  const brief = (id: string, day: string) => {
    const general = askedOfAll.find((one) => one === id);
    return briefOfMilestone(pack, day, id)?.[language] ?? (general ? t(`interviews.askedBefore.${general}`) : id);
  };
  const answer = (of: Answers[string] | undefined) => of && t(`interviews.answer.${of}`);
  /** "Mask: no; Shared water: yes" */
  const said = (answers: Answers, day: string) =>
    Object.entries(answers)
      .map(([id, of]) => `${brief(id, day)}: ${answer(of)}`)
      .join("; ");
  return { brief, answer, said };
}
