import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { caseQuery } from "../../api/cases";
import type { Case } from "../../api/types";

const route = getRouteApi("/office/cases/$case");

/** The case of the tab that is open; the file around it has loaded it. */
export function useCase(): Case {
  const { case: id } = route.useParams();
  return useSuspenseQuery(caseQuery(id)).data;
}
