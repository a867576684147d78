// Places that keepers have registered and nobody of the commune has looked at, with how long they have waited.
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { placeApprovalsQuery } from "../../api/places";
import { Badge } from "../../parts/Badges";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { usePlaceKindName } from "../../parts/useNames";
import { Ago } from "../../parts/When";
import { ShortList } from "./Panels";
import styles from "./Panels.module.css";

const shown = 8;

export function WaitingPlaces() {
  const { t } = useTranslation();
  const kind = usePlaceKindName();
  const waiting = useQuery(placeApprovalsQuery);
  const { items, count = 0 } = waiting.data ?? {};
  if (count === 0) return waiting.error ? <ProblemNote error={waiting.error} retry={() => void waiting.refetch()} /> : null;
  return (
    <Panel title={t("places.waiting.title", { count })}>
      <ShortList query={{ ...waiting, data: items?.slice(0, shown) }} empty={null}>
        {(place) => (
          <li key={place.id}>
            <Link to="/places/$place" params={{ place: place.id }} className={styles.row}>
              <span className={styles.name}>
                <b>{place.name}</b>
                <small>
                  {kind(place.kind)} · {place.unitPath}
                </small>
              </span>
              {place.official && <Badge tone="lacquer">{t("places.waiting.official")}</Badge>}
              <Ago at={place.since} />
            </Link>
          </li>
        )}
      </ShortList>
      {count > shown && <p className="quiet">{t("places.waiting.more", { count: count - shown })}</p>}
    </Panel>
  );
}
