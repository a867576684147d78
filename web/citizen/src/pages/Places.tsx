// The places that one keeps: a shop, a school, a boat.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import { placesQuery } from "../app/queries";
import { useWords } from "../claim/words";
import { useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { ButtonLink, Empty, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";

export function Places() {
  const { t } = useText();
  const w = useWords();
  const places = useQuery(placesQuery);
  return (
    <Page title={t("places.title")} back="/" lead={t("places.lead")}>
      {places.isPending && <Skeleton lines={[80, 80]} />}
      <Trouble error={places.error} retry={() => void places.refetch()} />
      {places.data?.length === 0 && (
        <Empty icon="shop" title={t("places.noneTitle")}>
          <p>{t("places.noneText")}</p>
        </Empty>
      )}
      {places.data && places.data.length > 0 && (
        <ul className="list">
          {places.data.map((place) => (
            <li key={place.id}>
              <Link className="line" to="/places/$id" params={{ id: place.id }}>
                <Icon name="shop" />
                <span className="grow">
                  <span className="strong">{place.name}</span>
                  <br />
                  <span className="small soft">{place.unitPath}</span>
                  <br />
                  <span className="tag" data-tone={place.status === "approved" ? "good" : undefined}>
                    {t(`place.status.${place.status}`)}
                  </span>
                </span>
                <Icon name="next" size={20} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <ButtonLink to="/places/new" wide icon="plus">
        {t("places.add")}
      </ButtonLink>
      <ButtonLink to="/places/claim" tone="second" wide icon="shop">
        {w("open")}
      </ButtonLink>
      <ButtonLink to="/rosters" tone="second" wide icon="family">
        {t("places.rosters")}
      </ButtonLink>
    </Page>
  );
}
