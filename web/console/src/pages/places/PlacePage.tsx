import { Group } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { changePlace, placeCountsQuery, placeQuery } from "../../api/places";
import { useOfficer } from "../../api/session";
import type { Place, PlaceChange } from "../../api/types";
import { mayOpen } from "../../logic/navigation";
import { Fact, Facts } from "../../parts/Facts";
import { ButtonLink, TextLink } from "../../parts/links";
import { Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { Panel } from "../../parts/Panel";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import { useEdit } from "../../parts/useEdit";
import { usePlaceKindName } from "../../parts/useNames";
import { DoubtfulVisits } from "./DoubtfulVisits";
import { Guards } from "./Guards";
import { Inspections } from "./Inspections";
import { Merges } from "./Merges";
import { PlaceActions } from "./PlaceActions";
import { PlaceForm } from "./PlaceForm";
import styles from "./PlacePage.module.css";
import { PlaceStatus } from "./PlaceStatus";
import { Posters } from "./Posters";
import { Refusals } from "./Refusals";
import { Zones } from "./Zones";

const route = getRouteApi("/office/places/$place");

export function PlacePage() {
  const { place: id } = route.useParams();
  const { data, error, refetch } = useQuery(placeQuery(id));
  if (barring({ data, error })) return <ProblemNote error={error} retry={() => void refetch()} />;
  return data ? <Loaded key={id} place={data} /> : <Loading />;
}

function Loaded({ place }: { place: Place }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const kind = usePlaceKindName();
  const officer = useOfficer();
  // The place as it was when editing began: the live stream may bring a newer one meanwhile, which must not be overwritten unseen.
  const [editing, setEditing] = useState<Place>();
  const show = (fresh: Place) => {
    client.setQueryData(placeQuery(place.id).queryKey, fresh);
    void client.invalidateQueries({ queryKey: ["places", "list"] });
    setEditing(undefined);
  };
  const edit = useEdit<Place, PlaceChange>({
    save: (change, version) => changePlace(place.id, version, change),
    compare: (change, current) => [
      { name: t("places.name"), mine: change.name ?? place.name, theirs: current.name },
      { name: t("places.address"), mine: change.address ?? place.address, theirs: current.address },
      { name: t("places.capacity"), mine: change.capacity ?? place.capacity, theirs: current.capacity },
      {
        name: t("places.statusHead"),
        mine: t(`places.status.${change.closed ? "closed" : place.status}`),
        theirs: t(`places.status.${current.status}`),
      },
    ],
    onSaved: (fresh, change) => {
      show(fresh);
      say(t(change.closed ? "places.closed" : change.newCodes ? "places.codesRenewed" : "places.saved"));
    },
    onKept: show,
  });

  return (
    <>
      <PageHead
        title={place.name}
        back={<TextLink to="/places">{t("shell.section.places")}</TextLink>}
        lead={
          <Group gap="sm">
            <PlaceStatus of={place.status} />
            <span>
              {kind(place.kind)} · {place.unitPath}
            </span>
          </Group>
        }
      >
        {mayOpen(officer, "declarations") && (
          <ButtonLink to="/declarations" search={{ place: place.id }} variant="default">
            {t("places.declarations")}
          </ButtonLink>
        )}
        <PlaceActions place={place} edit={edit} onEdit={() => setEditing(place)} onChanged={show} />
      </PageHead>
      <div className={styles.columns}>
        <div className={styles.column}>
          <Panel title={t("places.about")}>
            <Facts>
              <Fact name={t("places.address")}>{place.address || t("common.unknown")}</Fact>
              <Fact name={t("places.usualStay")}>{t("common.minutes", { count: place.usualStayMinutes })}</Fact>
              <Fact name={t("places.capacity")}>{place.capacity ? t("common.people", { count: place.capacity }) : t("common.unknown")}</Fact>
              <Fact name={t("places.shortCode")}>
                <span className={styles.code}>{place.shortCode}</span>
              </Fact>
              <Fact name={t("places.functions")}>{place.functions.length > 0 ? place.functions.join(", ") : t("common.none")}</Fact>
            </Facts>
          </Panel>
          <Zones place={place} onChanged={show} />
          <Inspections place={place.id} />
          <Guards place={place.id} />
        </div>
        <div className={styles.column}>
          <Counts id={place.id} />
          <DoubtfulVisits place={place.id} />
          <Refusals place={place.id} />
          <Merges place={place.id} />
          <Posters place={place} />
        </div>
      </div>
      <PlaceForm place={editing} edit={edit} onClose={() => setEditing(undefined)} />
      {edit.dialog}
    </>
  );
}

/** How many are here; never who. */
function Counts({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(placeCountsQuery(id));
  return (
    <Panel title={t("places.counts")}>
      <ProblemNote error={error} retry={() => void refetch()} />
      {data && (
        <div className={styles.counts}>
          <p>
            <b>{data.now}</b>
            {t("places.nowHere")}
          </p>
          <p>
            <b>{data.today}</b>
            {t("places.today")}
          </p>
        </div>
      )}
      <p className="quiet">{t("places.countsNote")}</p>
    </Panel>
  );
}
