// The code that was sent to a place's phone; whoever enters it keeps the place.

import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ComponentProps } from "react";

import { client } from "../app/api";
import { toast } from "../app/toast";
import { CodeForm } from "../ui/CodeForm";
import { Page } from "../ui/parts";

interface Props {
  say: { title: string; lead: string; confirm: string; change: string; done: string };
  prove: (digits: string) => Promise<{ id: string }>;
  again: ComponentProps<typeof CodeForm>["again"];
  onBack: () => void;
}

export function PlaceProof({ say, prove, again, onBack }: Props) {
  const navigate = useNavigate();
  const confirm = useMutation({
    mutationFn: prove,
    onSuccess: async (place) => {
      await client.invalidateQueries({ queryKey: ["places"] });
      toast({ text: say.done });
      await navigate({ to: "/places/$id", params: { id: place.id }, replace: true });
    },
  });
  return (
    <Page title={say.title} lead={say.lead}>
      <CodeForm
        enter={{ text: say.confirm, run: confirm.mutate, busy: confirm.isPending, error: confirm.error }}
        again={again}
        back={{ text: say.change, run: onBack }}
      />
    </Page>
  );
}
