// Whether messages remind of declarations that are due again: for this account, until it says otherwise.

import { ask } from "@luytre/shared/api";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";

import { api, client } from "../app/api";
import { Icon } from "../ui/Icon";
import { Trouble } from "../ui/Trouble";
import { useWords } from "./words";

const remindersQuery = queryOptions({
  queryKey: ["reminders"],
  queryFn: () => ask(api.GET("/api/v1/me/reminders", {})),
});

export function Reminders() {
  const w = useWords();
  const { data, error } = useQuery(remindersQuery);
  const change = useMutation({
    mutationFn: (on: boolean) => ask(api.PUT("/api/v1/me/reminders", { body: { on } })),
    onSuccess: (now) => client.setQueryData(remindersQuery.queryKey, now),
  });
  if (!data) return <Trouble error={error} />;
  return (
    <>
      <label className="line">
        <Icon name="bell" />
        <span className="grow">
          <span className="strong">{w("title")}</span>
          <br />
          <span className="small soft">{data.on ? w("on") : w("off")}</span>
        </span>
        <input
          type="checkbox"
          role="switch"
          checked={change.isPending ? change.variables : data.on}
          onChange={(event) => change.mutate(event.target.checked)}
        />
      </label>
      <Trouble error={change.error} />
    </>
  );
}
