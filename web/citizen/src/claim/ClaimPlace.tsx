// Becoming the keeper of a place that a unit has listed: its poster's code, then the code sent to its phone.

import { ask } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { toast } from "../app/toast";
import { CodeForm } from "../ui/CodeForm";
import { Button, Input, Page } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "./words";

export function ClaimPlace() {
  const w = useWords();
  const navigate = useNavigate();
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const [claim, setClaim] = useState<string>();
  const start = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/places/claims", { body: { code: code.trim() } })),
    onSuccess: ({ id }) => setClaim(id),
  });
  const confirm = useMutation({
    mutationFn: (digits: string) =>
      ask(api.POST("/api/v1/places/claims/{id}/confirm", { params: { path: { id: claim! } }, body: { code: digits } })),
    onSuccess: async (place) => {
      await client.invalidateQueries({ queryKey: ["places"] });
      toast({ text: w("done") });
      await navigate({ to: "/places/$id", params: { id: place.id }, replace: true });
    },
  });
  if (claim)
    return (
      <Page title={w("codeTitle")} lead={w("codeLead")}>
        <CodeForm
          enter={{ text: w("confirm"), run: confirm.mutate, busy: confirm.isPending, error: confirm.error }}
          again={{ run: start.mutate, busy: start.isPending, error: start.error }}
          back={{ text: w("change"), run: () => setClaim(undefined) }}
        />
      </Page>
    );
  return (
    <Page title={w("title")} back="/places" lead={w("lead")}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (code.trim() && !start.isPending) start.mutate();
        }}
      >
        <Input
          label={w("code")}
          hint={w("codeHint")}
          maxLength={20}
          value={code}
          onValue={setCode}
          autoComplete="off"
          autoCapitalize="characters"
          wrong={tried && !code.trim() ? w("codeMissing") : undefined}
        />
        <Trouble error={start.error} />
        <Button type="submit" wide busy={start.isPending}>
          {w("send")}
        </Button>
      </form>
    </Page>
  );
}
