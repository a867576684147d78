// The first visit: who are you, then the offer of a PIN for the next new device.

import { ask } from "@luytre/shared/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { askToStay } from "../app/device";
import { peopleQuery } from "../app/queries";
import { useSession } from "../app/session";
import { useText } from "../i18n";
import { PersonForm, type PersonInput } from "../people/PersonForm";
import { PinForm } from "../people/PinForm";
import { Gate } from "../ui/Gate";
import { Button } from "../ui/parts";

export function Welcome() {
  const { t } = useText();
  const navigate = useNavigate();
  const { back } = useSearch({ from: "/welcome" });
  const session = useSession();
  const known = useQuery(peopleQuery).data?.some((person) => person.relation === "self");
  const [named, setNamed] = useState(false);
  const leave = () => navigate({ to: back ?? "/", replace: true });
  const create = useMutation({
    mutationFn: (input: PersonInput) => ask(api.POST("/api/v1/me/people", { body: input })),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: peopleQuery.queryKey });
      askToStay();
      if (session?.hasPin) await leave();
      else setNamed(true);
    },
  });
  if (named || known)
    return (
      <Gate title={t("pin.title")} lead={t("pin.why")} step={{ now: 2, of: 2 }}>
        <PinForm onDone={leave} />
        <Button tone="plain" wide onClick={leave}>
          {t("pin.later")}
        </Button>
      </Gate>
    );
  return (
    <Gate title={t("welcome.title")} lead={t("welcome.lead")} step={{ now: 1, of: 2 }}>
      <PersonForm
        self
        submit={t("welcome.done")}
        busy={create.isPending}
        error={create.error}
        onSubmit={(input) => create.mutate(input)}
      />
    </Gate>
  );
}
