// A keeper's desk: how many are here, the poster to print, the zones, and what can be changed. Counts only, never
// names.

import { ask, ifMatch, type Place } from "@luytre/shared/api";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { placeKindsQuery, placeQuery, placeSummaryQuery } from "../app/queries";
import { toast } from "../app/toast";
import { pick, useText } from "../i18n";
import { Findings } from "../inspections/Findings";
import { useWords as useRunWords } from "../runs/words";
import { Icon } from "../ui/Icon";
import { Button, ButtonLink, Input, Notice, Page, Sheet, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "../visits/words";
import styles from "./PlaceDesk.module.css";
import { PosterLinks, shownCode, Zones } from "./PlaceZones";

export function PlaceDesk() {
  const { t, language } = useText();
  const w = useWords();
  const r = useRunWords();
  const { id } = useParams({ from: "/inside/places/$id" });
  const place = useQuery(placeQuery(id));
  const kind = useQuery(placeKindsQuery).data?.find((each) => each.kind === place.data?.kind);
  if (!place.data)
    return (
      <Page title={t("places.title")} back="/places">
        {place.isPending && <Skeleton lines={[110, 150, 150]} />}
        <Trouble error={place.error} retry={() => void place.refetch()} />
      </Page>
    );
  const { name, unitPath, address, status } = place.data;
  return (
    <Page
      title={name}
      back="/places"
      lead={[kind && pick(kind.title, language), address, unitPath].filter(Boolean).join(" · ")}
    >
      {status === "registered" && (
        <Notice tone={kind?.official ? "care" : "good"} title={`${w("waits.title")}: ${t("place.waitsTitle")}`}>
          {t("place.waitsText")} {kind && (kind.official ? w("waits.official") : w("waits.lights"))}
        </Notice>
      )}
      {status === "closed" && <Notice tone="care" title={t("place.closedTitle")} />}
      <Today id={id} />
      <Findings place={id} />
      <ButtonLink to="/places/$id/log" params={{ id }} wide tone="second" icon="clock">
        {t("place.log")}
      </ButtonLink>
      {status !== "closed" && (
        <ButtonLink to="/places/$id/stated" params={{ id }} wide tone="second" icon="clock">
          {w("stated.title")}
        </ButtonLink>
      )}
      {status !== "closed" && (
        <ButtonLink to="/places/$id/gate" params={{ id }} wide icon="scan">
          {t("gate.open")}
        </ButtonLink>
      )}
      {status !== "closed" && (
        <ButtonLink to="/places/$id/guards" params={{ id }} wide tone="second" icon="phone">
          {t("guards.title")}
        </ButtonLink>
      )}
      {status !== "closed" && (
        <ButtonLink to="/places/$id/slips" params={{ id }} wide tone="second" icon="print">
          {t("slips.title")}
        </ButtonLink>
      )}
      {place.data.kind === "vehicleTrip" && status !== "closed" && (
        <ButtonLink to="/places/$id/runs" params={{ id }} wide icon="clock">
          {r("title")}
        </ButtonLink>
      )}
      {place.data.kind === "vehicleTrip" && (
        <ButtonLink to="/places/$id/passengers" params={{ id }} wide tone="second" icon="family">
          {t("passengers.title")}
        </ButtonLink>
      )}
      {status !== "closed" && <Poster place={place.data} />}
      <Zones place={place.data} />
      <Change place={place.data} />
    </Page>
  );
}

const crowdQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id, "crowd"],
    refetchInterval: 30_000,
    queryFn: () => ask(api.GET("/api/v1/places/{id}/crowd", { params: { path: { id } } })),
  });

function Today({ id }: { id: string }) {
  const { t } = useText();
  const summary = useQuery(placeSummaryQuery(id));
  const crowd = useQuery(crowdQuery(id));
  const { present, capacity, fill } = crowd.data ?? {};
  return (
    <section className="stack-small">
      <Trouble error={summary.error ?? crowd.error} retry={() => void Promise.all([summary.refetch(), crowd.refetch()])} />
      {fill && fill !== "free" && (
        <Notice tone={fill === "full" ? "bad" : "care"} title={t(`place.${fill}`)} live>
          {t("place.nearText", { present, capacity })}
        </Notice>
      )}
      <dl className={styles.counts}>
        <div>
          <dt>{t("place.now")}</dt>
          <dd className="numbers" data-over={fill === "full" || undefined}>
            {present ?? "–"}
            {capacity !== undefined && <small> / {capacity}</small>}
          </dd>
        </div>
        <div>
          <dt>{t("place.today")}</dt>
          <dd className="numbers">{summary.data?.today ?? "–"}</dd>
        </div>
      </dl>
      <p className="small soft">{t("place.countsOnly")}</p>
    </section>
  );
}

function Poster({ place }: { place: Place }) {
  const { t } = useText();
  return (
    <section className="card stack">
      <h2>{t("place.poster")}</h2>
      <div className={styles.poster}>
        <img
          className={styles.picture}
          src={`/api/v1/places/${encodeURIComponent(place.id)}/poster.svg`}
          alt={t("place.posterAlt", { name: place.name })}
        />
        <div className="stack-small">
          <p>{t("place.posterText")}</p>
          <p className="small soft">{t("place.short")}</p>
          <p className={`numbers ${styles.short}`}>{shownCode(place.shortCode)}</p>
        </div>
      </div>
      <PosterLinks place={place.id} />
    </section>
  );
}

function Change({ place }: { place: Place }) {
  const { t } = useText();
  const [asking, setAsking] = useState<"newCodes" | "close" | "capacity">();
  const [capacity, setCapacity] = useState(place.capacity === undefined ? "" : String(place.capacity));
  const change = useMutation({
    mutationFn: (body: { newCodes?: boolean; closed?: boolean; capacity?: number }) =>
      ask(
        api.PATCH("/api/v1/places/{id}", { params: { path: { id: place.id }, header: ifMatch(place.version) }, body }),
      ),
    onSuccess: (changed) => {
      client.setQueryData(placeQuery(place.id).queryKey, changed);
      setAsking(undefined);
      toast({ text: t("saved") });
    },
  });
  const close = () => {
    change.reset();
    setAsking(undefined);
  };
  if (place.status === "closed") return null;
  return (
    <section className="stack-small">
      <h2>{t("place.change")}</h2>
      <ul className="list">
        {(["capacity", "newCodes", "close"] as const).map((what) => (
          <li key={what}>
            <button className="line" type="button" onClick={() => setAsking(what)}>
              <span className="grow">
                <span className="strong">{t(`place.${what}`)}</span>
                <br />
                <span className="small soft">{t(`place.${what}Hint`)}</span>
              </span>
              <Icon name="next" size={20} />
            </button>
          </li>
        ))}
      </ul>
      {asking && (
        <Sheet title={t(`place.${asking}`)} onClose={close}>
          {asking === "capacity" ? (
            <Input
              label={t("place.capacityLabel")}
              inputMode="numeric"
              value={capacity}
              onValue={(value) => setCapacity(value.replace(/\D/g, "").slice(0, 6))}
            />
          ) : (
            <p>{t(`place.${asking}Text`)}</p>
          )}
          <Trouble error={change.error} />
          <Button
            tone={asking === "capacity" ? "main" : "danger"}
            wide
            busy={change.isPending}
            onClick={() => {
              if (asking === "newCodes") change.mutate({ newCodes: true });
              else if (asking === "close") change.mutate({ closed: true });
              else if (capacity) change.mutate({ capacity: Number(capacity) });
            }}
          >
            {asking === "capacity" ? t("save") : t(`place.${asking}Do`)}
          </Button>
          <Button tone="second" wide onClick={close}>
            {t("cancel")}
          </Button>
        </Sheet>
      )}
    </section>
  );
}
