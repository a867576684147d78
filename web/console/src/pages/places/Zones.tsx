import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { addZone, turnZone, type ZoneUse } from "../../api/places";
import { useOfficer } from "../../api/session";
import type { Place } from "../../api/types";
import { holds } from "../../logic/navigation";
import { Panel } from "../../parts/Panel";
import { fieldText, ProblemNote } from "../../parts/ProblemNote";
import { say } from "../../parts/Toasts";
import styles from "./Zones.module.css";

const uses: readonly ZoneUse[] = ["part", "entrance", "wayOut"];
const usedAs = (zone: Place["zones"][number]): ZoneUse => (zone.leaving ? "wayOut" : zone.entrance ? "entrance" : "part");

/** Rooms, floors, carriages: two people in different zones do not meet. Entrances are doors of the whole place. */
export function Zones({ place, onChanged }: { place: Place; onChanged: (place: Place) => void }) {
  const { t } = useTranslation();
  const keeps = holds(useOfficer(), "stationOfficer");
  const [name, setName] = useState("");
  const addition = useMutation({
    mutationFn: () => addZone(place.id, name.trim()),
    onSuccess: (fresh) => {
      onChanged(fresh);
      say(t("places.zoneAdded", { name: name.trim() }));
      setName("");
    },
  });
  const turning = useMutation({
    mutationFn: (to: { zone: string; use: ZoneUse }) => turnZone(place.id, place.version, to.zone, to.use),
    onSuccess: (fresh) => {
      onChanged(fresh);
      say(t("places.saved"));
    },
  });
  return (
    <Panel title={t("places.zones")}>
      <p className="quiet">{t("places.zonesHelp")}</p>
      {place.zones.length > 0 && (
        <ul className={styles.zones}>
          {place.zones.map((zone) => (
            <li key={zone.id}>
              {zone.name} <code>{zone.shortCode}</code>{" "}
              {keeps ? (
                <NativeSelect
                  size="xs"
                  aria-label={t("places.zoneUseOf", { name: zone.name })}
                  data={uses.map((use) => ({ value: use, label: t(`places.zoneUse.${use}`) }))}
                  value={turning.isPending && turning.variables.zone === zone.id ? turning.variables.use : usedAs(zone)}
                  onChange={(event) => !turning.isPending && turning.mutate({ zone: zone.id, use: event.currentTarget.value as ZoneUse })}
                />
              ) : (
                <span className="quiet">{t(`places.zoneUse.${usedAs(zone)}`)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {keeps && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            addition.mutate();
          }}
        >
          <Group align="start" gap="xs">
            <TextInput
              aria-label={t("places.newZone")}
              placeholder={t("places.newZone")}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={fieldText(t, addition.error, "/name")}
              maxLength={100}
            />
            <Button type="submit" variant="default" disabled={name.trim() === ""} loading={addition.isPending}>
              {t("places.addZone")}
            </Button>
          </Group>
        </form>
      )}
      <ProblemNote error={addition.error ?? turning.error} />
    </Panel>
  );
}
