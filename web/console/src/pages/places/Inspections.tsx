// What officers found who went to see this place. A photo is fetched when it is asked for: each look is logged.
import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconPhoto } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { inspectionsQuery, photoUrl } from "../../api/inspections";
import type { Inspection } from "../../api/types";
import { showDay } from "../../logic/moments";
import { Badge } from "../../parts/Badges";
import { Dialog } from "../../parts/Dialog";
import { ButtonLink } from "../../parts/links";
import { Panel } from "../../parts/Panel";
import { ProblemNote } from "../../parts/ProblemNote";
import { When } from "../../parts/When";
import styles from "./Inspections.module.css";

const tone = { inOrder: "bamboo", noPoster: "turmeric", notAsked: "turmeric", refused: "lacquer", nobodyThere: "plain", gone: "plain" } as const;

export function InspectionOutcome({ of }: { of: Inspection["outcome"] }) {
  const { t } = useTranslation();
  return <Badge tone={tone[of]}>{t(`inspections.outcome.${of}`)}</Badge>;
}

export function Inspections({ place }: { place: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(inspectionsQuery(place));
  const [photo, setPhoto] = useState<string>();
  return (
    <Panel
      title={t("inspections.title")}
      actions={
        <ButtonLink to="/places/$place/inspect" params={{ place }} variant="default" size="xs">
          {t("inspections.new")}
        </ButtonLink>
      }
    >
      <ProblemNote error={error} retry={() => void refetch()} />
      {data?.items.length === 0 && <p className="quiet">{t("inspections.none")}</p>}
      <ul className={styles.list}>
        {data?.items.map((each) => (
          <li key={each.id}>
            <Group gap="xs">
              <When at={each.at} /> <InspectionOutcome of={each.outcome} /> <span className="quiet">{each.inspector}</span>
            </Group>
            {each.note && <p className={styles.words}>{each.note}</p>}
            {each.forKeeper && (
              <p className={styles.words}>
                <b>{t("inspections.toldKeeper")}</b> {each.forKeeper}
              </p>
            )}
            {each.followUp && (
              <p>
                {t(each.followed ? "inspections.followed" : "inspections.again")} <span className="number">{showDay(each.followUp)}</span>
              </p>
            )}
            {each.photos.length > 0 && (
              <Group gap="xs">
                {each.photos.map((one, at) => (
                  <Button key={one.id} size="compact-sm" variant="default" leftSection={<IconPhoto size={15} />} onClick={() => setPhoto(one.id)}>
                    {t("inspections.photo", { number: at + 1 })}
                  </Button>
                ))}
              </Group>
            )}
          </li>
        ))}
      </ul>
      <Dialog opened={photo !== undefined} onClose={() => setPhoto(undefined)} title={t("inspections.photoTitle")}>
        {photo && <img className={styles.photo} src={photoUrl(photo)} alt={t("inspections.photoAlt")} />}
        <p className="quiet">{t("inspections.photoLogged")}</p>
      </Dialog>
    </Panel>
  );
}
