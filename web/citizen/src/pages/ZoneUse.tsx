// What a zone is: an entrance of the whole place, or a part that is apart; asked for a new one, and changed later.

import { ask, ifMatch, type Place } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { api, client } from "../app/api";
import { placeQuery } from "../app/queries";
import { useGateWords } from "../guard/words";
import { Button, Choices } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

export type Use = "entrance" | "wayOut" | "area";
type Zone = Place["zones"][number];
const uses: readonly Use[] = ["entrance", "wayOut", "area"];

export const useOf = (zone: Zone): Use => (zone.leaving ? "wayOut" : zone.entrance ? "entrance" : "area");

/** As the API wants it. */
export const asUse = (use: Use) => ({ entrance: use !== "area", leaving: use === "wayOut" });

export function UseChoices({
  value,
  onValue,
  wrong,
}: {
  value: Use | undefined;
  onValue: (use: Use) => void;
  wrong?: string;
}) {
  const { g } = useGateWords();
  return (
    <Choices
      label={g("use.ask")}
      value={value}
      onValue={(chosen) => onValue(chosen as Use)}
      wrong={wrong}
      options={uses.map((each) => ({
        value: each,
        text: (
          <>
            <span className="strong">{g(`use.${each}`)}</span>
            <br />
            <span className="small soft">{g(`use.${each}Text`)}</span>
          </>
        ),
      }))}
    />
  );
}

export function TurnZone({ place, zone, onDone }: { place: Place; zone: Zone; onDone: () => void }) {
  const { g, t } = useGateWords();
  const [use, setUse] = useState(useOf(zone));
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLInputElement>("input:checked")?.focus(), []);
  const turn = useMutation({
    mutationFn: () =>
      ask(
        api.PATCH("/api/v1/places/{id}/zones/{zone}", {
          params: { path: { id: place.id, zone: zone.id }, header: ifMatch(place.version) },
          body: asUse(use),
        }),
      ),
    onSuccess: (changed) => {
      client.setQueryData(placeQuery(place.id).queryKey, changed);
      onDone();
    },
    onError: () => void client.invalidateQueries({ queryKey: placeQuery(place.id).queryKey }), // somebody may have changed it meanwhile
  });
  return (
    <form
      ref={form}
      className="card stack"
      style={{ flexBasis: "100%" }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!turn.isPending) turn.mutate();
      }}
    >
      <UseChoices value={use} onValue={setUse} />
      <p className="small soft">{g("use.turnText")}</p>
      <Trouble error={turn.error} />
      <div className="wrap">
        <Button type="submit" busy={turn.isPending}>
          {g("use.turnSave")}
        </Button>
        <Button tone="plain" onClick={onDone}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
