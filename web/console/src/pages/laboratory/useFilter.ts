// What the address of the page of tests asks of its lists, and of whom a sample is wanted.
import { getRouteApi, useNavigate } from "@tanstack/react-router";

import { laboratorySearch } from "../../logic/filters";

const route = getRouteApi("/office/laboratory");

export function useFilter() {
  const navigate = useNavigate();
  const filter = route.useSearch();
  const show = (search: object) => void navigate({ to: "/laboratory", search: laboratorySearch({ ...search }), replace: true });
  return { filter, show, set: (change: object) => show({ ...filter, ...change }) };
}
