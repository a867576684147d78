import { Button, Group, Select } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { posterUrl } from "../../api/places";
import type { Place } from "../../api/types";
import { Panel } from "../../parts/Panel";
import styles from "./Posters.module.css";

/** The poster with the place's signed code, as it will be printed; of the whole place or of one zone. */
export function Posters({ place }: { place: Place }) {
  const { t } = useTranslation();
  const [zone, setZone] = useState("");
  const chosen = zone || undefined;
  return (
    <Panel title={t("places.poster")}>
      {place.zones.length > 0 && (
        <Select
          label={t("places.posterOf")}
          data={[{ value: "", label: t("places.wholePlace") }, ...place.zones.map((one) => ({ value: one.id, label: one.name }))]}
          value={zone}
          onChange={(value) => setZone(value ?? "")}
          mb="sm"
        />
      )}
      <img
        key={zone + place.version}
        className={styles.poster}
        src={posterUrl(place.id, "svg", chosen)}
        alt={t("places.posterAlt", { name: place.name })}
      />
      <Group mt="sm">
        <Button component="a" href={posterUrl(place.id, "pdf", chosen)} download leftSection={<IconDownload size={16} />}>
          {t("places.posterPdf")}
        </Button>
        <Button component="a" variant="default" href={posterUrl(place.id, "svg", chosen)} download>
          {t("places.posterSvg")}
        </Button>
      </Group>
      <p className="quiet">{t("places.posterHelp")}</p>
    </Panel>
  );
}
