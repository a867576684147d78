// Becoming the keeper of a place that a unit has listed: its poster's code, then the code sent to its phone.

import { ask } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../app/api";
import { PlaceProof } from "../pages/PlaceProof";
import { Button, Input, Page } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "./words";

export function ClaimPlace() {
  const w = useWords();
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const [claim, setClaim] = useState<string>();
  const start = useMutation({
    mutationFn: () => ask(api.POST("/api/v1/places/claims", { body: { code: code.trim() } })),
    onSuccess: ({ id }) => setClaim(id),
  });
  if (claim)
    return (
      <PlaceProof
        say={{
          title: w("codeTitle"),
          lead: w("codeLead"),
          confirm: w("confirm"),
          change: w("change"),
          done: w("done"),
        }}
        prove={(digits) =>
          ask(api.POST("/api/v1/places/claims/{id}/confirm", { params: { path: { id: claim } }, body: { code: digits } }))
        }
        again={{ run: start.mutate, busy: start.isPending, error: start.error }}
        onBack={() => setClaim(undefined)}
      />
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
