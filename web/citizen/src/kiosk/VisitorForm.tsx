// The questions asked at a gate. Nothing is filled in beforehand, earlier answers are not shown, and what is sent is gone. On a visitors' device
// nothing is kept; what a guard asked without a network waits with the shift's other entries until it is sent.

import { ApiError, ask, Unreachable, type GateInfo } from "@luytre/shared/api";
import { textOf, type Questionnaire } from "@luytre/shared/filling";
import { useFilling, type Finished } from "@luytre/shared/forms";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef } from "react";

import { api } from "../app/api";
import { useLooking } from "../app/hooks";
import { formQuery } from "../app/queries";
import { Body } from "../forms/Body";
import { kit } from "../forms/kit";
import { Partly } from "../forms/Partly";
import { isDrawing } from "../forms/Picture";
import { gateFormQuery } from "../guard/form";
import { gateQueue } from "../guard/shift";
import { useText } from "../i18n";
import { Button, Notice, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import type { VisitorDeclaration, Who } from "./who";
import { useWords } from "./words";

interface Props {
  shift: string;
  gate: GateInfo & { form: string };
  hand: VisitorDeclaration["hand"];
  who: Who;
  onDeclared: (declared: VisitorDeclared) => void;
  /** It waits for the network, and nobody has judged it yet. */
  onKept?: () => void;
}

const send = (place: string, body: VisitorDeclaration, key: string) =>
  ask(
    api.POST("/api/v1/gates/{id}/declarations", {
      params: { path: { id: place }, header: { "Idempotency-Key": key } },
      body,
    }),
  );
export type VisitorDeclared = Awaited<ReturnType<typeof send>>;

class NotKept extends Error {}

/** Undefined: it waits. */
async function record(place: string, body: VisitorDeclaration, looking: () => boolean): Promise<VisitorDeclared | undefined> {
  const outcome = await (await gateQueue).submit({ kind: "gateDeclaration", place, body }, {}, looking).catch(() => {
    throw new NotKept();
  });
  if (outcome.state === "refused") throw new ApiError(outcome.problem);
  return outcome.state === "sent" ? (outcome.answer as VisitorDeclared) : undefined;
}

/** Of whom nobody knows there is no record that a picture could belong to. */
const isKnown = ({ code }: Who): boolean => code?.startsWith("LTP.") ?? false;

/** A visitor at the device can do nothing about its network; a guard can. */
const isStranded = (hand: Props["hand"], error: unknown): boolean => hand === "kiosk" && error instanceof Unreachable;

export function VisitorForm(props: Props) {
  const w = useWords();
  const form = useQuery(props.hand === "guard" ? gateFormQuery(props.gate.form) : formQuery(props.gate.form));
  if (form.isPending) return <Skeleton />;
  if (!form.data && isStranded(props.hand, form.error))
    return (
      <Notice tone="care" icon="offline" title={w("offline")} live>
        <p>{w("offlineDo")}</p>
      </Notice>
    );
  if (!form.data)
    return (
      <Notice tone="care" title={w("failed")} live>
        <Trouble error={form.error} retry={() => void form.refetch()} />
      </Notice>
    );
  return <Asking {...props} form={form.data} />;
}

function Asking({ shift, gate, hand, who, form, onDeclared, onKept }: Props & { form: Questionnaire }) {
  const w = useWords();
  const { t, language } = useText();
  const { open, tried, finish, body } = useFilling(form, kit.useWords());
  const frame = useRef<HTMLFormElement>(null);
  const looking = useLooking();
  const declare = useMutation({
    mutationFn: ({ at: _, key, ...said }: Finished) => {
      const body = { shift, hand, ...who, form: gate.form, version: form.version ?? "", ...said };
      return hand === "guard" ? record(gate.place, body, looking) : send(gate.place, body, key);
    },
    gcTime: 0, // what was said is not kept in memory either
  });
  const leadToOpen = () =>
    frame.current?.querySelector<HTMLElement>("[data-wrong] input, [data-wrong] textarea")?.focus();
  return (
    <form
      ref={frame}
      className="stack"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDrawing(event.currentTarget)) return;
        const finished = finish(who.at);
        if (!finished) requestAnimationFrame(leadToOpen);
        // Told only while this visitor's form is on the screen: not into the next one's turn.
        else if (!declare.isPending) declare.mutate(finished, { onSuccess: (declared) => (declared ? onDeclared(declared) : onKept?.()) });
      }}
    >
      <Partly form={form} />
      <p className="strong">{textOf(form.title, form._title, language)}</p>
      <Body pictures={isKnown(who) ? "camera" : "no"} {...body} />
      {tried && open.length > 0 && <Notice tone="care" title={t("form.left", { count: open.length })} live />}
      {isStranded(hand, declare.error) ? (
        <Notice tone="care" icon="offline" title={w("unsent")} live>
          <p>{w("unsentDo")}</p>
        </Notice>
      ) : declare.error instanceof NotKept ? (
        <Notice tone="bad" title={t("guard.notKept")} live>
          <p>{t("guard.notKeptText")}</p>
        </Notice>
      ) : (
        <Trouble error={declare.error} />
      )}
      <Button type="submit" wide busy={declare.isPending}>
        {w("send")}
      </Button>
    </form>
  );
}
