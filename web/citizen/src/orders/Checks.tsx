// The checks of an order at home: when they are due today and what became of each; in the app, or by a call instead.

import { ask } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";

import { api, client } from "../app/api";
import { Windows } from "../forms/Windows";
import { Button, ButtonLink } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { ordersQuery, type MyOrder } from "./queries";
import { Whereabouts } from "./Whereabouts";
import { useOrderWords } from "./words";

export function Checks({ of, own }: { of: MyOrder; own: boolean }) {
  const w = useOrderWords();
  const call = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/me/orders/{id}/calls", { params: { path: { id: of.id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: ordersQuery.queryKey }),
  });
  const checks = of.checks;
  if (!checks) return null;
  const open = checks.today.some(({ state }) => state === "open");
  return (
    <div className="stack-small">
      <p>
        <b>{w("checks.title")}</b>
        <br />
        {checks.today.length > 0 ? w("checks.lead") : w("checks.noneToday")}
      </p>
      <Windows windows={checks.today} />
      {open && (
        <ButtonLink to="/declare/$form" params={{ form: checks.form }} search={own ? {} : { person: of.person }}>
          {w("checks.do")}
        </ButtonLink>
      )}
      {checks.callAsked || call.isSuccess ? (
        <p className="small soft" role="status">
          {w("checks.callAsked")}
        </p>
      ) : (
        <>
          <Button tone="second" icon="phone" busy={call.isPending} onClick={() => call.mutate()}>
            {w("checks.call")}
          </Button>
          <p className="small soft">{w("checks.callText")}</p>
        </>
      )}
      <Trouble error={call.error} />
      <Whereabouts of={of} />
    </div>
  );
}
