import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";

import { caseQuery } from "../../api/cases";
import type { Case } from "../../api/types";

const route = getRouteApi("/office/cases/$case");

/** The case of the tab that is open; the file around it has loaded it. */
export function useCase(): Case {
  const { case: id } = route.useParams();
  return useSuspenseQuery(caseQuery(id)).data;
}

/** Shows a case as a change has left it, and reads anew what the change may concern, among it the files of other cases. */
export function useShowCase(): (fresh: Case) => void {
  const client = useQueryClient();
  return (fresh) => {
    client.setQueryData(caseQuery(fresh.id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: ["cases"], predicate: (query) => query.queryKey[1] !== "one" || query.queryKey[2] !== fresh.id });
    void client.invalidateQueries({ queryKey: ["tasks"] });
    void client.invalidateQueries({ queryKey: ["releases"] });
  };
}
