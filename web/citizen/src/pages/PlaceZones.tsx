// The parts of a place that are places of their own (a hall, a carriage), and its entrances, which are not.

import { ask, type Place } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api, client } from "../app/api";
import { placeQuery } from "../app/queries";
import { useGateWords } from "../guard/words";
import { useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { Button, Input } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";
import { asUse, TurnZone, UseChoices, useOf, type Use } from "./ZoneUse";

export function PosterLinks({ place, zone, name }: { place: string; zone?: string; name?: string }) {
  const { t } = useText();
  const query = zone ? `?zone=${encodeURIComponent(zone)}` : "";
  const path = `/api/v1/places/${encodeURIComponent(place)}/poster`;
  return (
    <div className="wrap">
      <a
        className="button"
        data-tone={zone ? "second" : "main"}
        href={`${path}.pdf${query}`}
        target="_blank"
        rel="noopener"
      >
        <Icon name="print" />
        {t("place.pdf")}
        {name && <span className="hidden"> {name}</span>}
      </a>
      <a className="button" data-tone="plain" href={`${path}.svg${query}`} download={`luytre-${zone ?? place}.svg`}>
        {t("place.svg")}
        {name && <span className="hidden"> {name}</span>}
      </a>
    </div>
  );
}

export const shownCode = (code: string): string => (code.includes("-") ? code : `${code.slice(0, 4)}-${code.slice(4)}`);

export function Zones({ place }: { place: Place }) {
  const { g, t } = useGateWords();
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState("");
  const [use, setUse] = useState<Use>();
  const [tried, setTried] = useState(false);
  const [turning, setTurning] = useState<string>();
  const [turned, setTurned] = useState<string>(); // its button has the focus again
  const add = useMutation({
    mutationFn: (as: Use) =>
      ask(
        api.POST("/api/v1/places/{id}/zones", {
          params: { path: { id: place.id } },
          body: { name: name.trim(), ...asUse(as) },
        }),
      ),
    onSuccess: (changed) => {
      client.setQueryData(placeQuery(place.id).queryKey, changed);
      setName("");
      setUse(undefined);
      setTried(false);
      setAdding(false);
    },
  });
  const field = useFields(add.error);
  return (
    <section className="stack-small">
      <h2>{t("place.zones")}</h2>
      <p className="small soft">{t("place.zonesText")}</p>
      {place.zones.length > 0 && (
        <ul className="list">
          {place.zones.map((zone) => (
            <li key={zone.id} className="line" style={{ flexWrap: "wrap" }}>
              <span className="grow">
                <span className="strong">{zone.name}</span>
                <br />
                <span className="small soft">
                  {g(`use.${useOf(zone)}`)} · <span className="numbers">{shownCode(zone.shortCode)}</span>
                </span>
              </span>
              {place.status !== "closed" && <PosterLinks place={place.id} zone={zone.id} name={zone.name} />}
              {turning === zone.id ? (
                <TurnZone
                  place={place}
                  zone={zone}
                  onDone={() => {
                    setTurned(zone.id);
                    setTurning(undefined);
                  }}
                />
              ) : (
                <Button tone="plain" autoFocus={turned === zone.id} onClick={() => setTurning(zone.id)}>
                  {g("use.turn")}
                  <span className="hidden"> {zone.name}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <form
          className="card stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (use && name.trim() && !add.isPending) add.mutate(use);
          }}
        >
          <UseChoices value={use} onValue={setUse} wrong={tried && !use ? g("use.choose") : undefined} />
          <Input
            label={t("place.zoneName")}
            hint={t("place.zoneHint")}
            maxLength={60}
            value={name}
            onValue={setName}
            wrong={tried && !name.trim() ? g("use.name") : field("/name")}
          />
          {!field("/name") && <Trouble error={add.error} />}
          <div className="wrap">
            <Button type="submit" busy={add.isPending}>
              {t("place.zoneAdd")}
            </Button>
            <Button tone="plain" onClick={() => setAdding(false)}>
              {t("cancel")}
            </Button>
          </div>
        </form>
      ) : (
        <div>
          <Button tone="second" icon="plus" onClick={() => setAdding(true)}>
            {t("place.zoneAdd")}
          </Button>
        </div>
      )}
    </section>
  );
}
