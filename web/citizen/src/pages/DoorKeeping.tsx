// At the door: the keeper scans the code that each visitor shows, one after the other, also without a network. The
// screen says whether the visit is recorded and whether a declaration is missing, and nothing about the person.

import { ApiError, type Admitted } from "@luytre/shared/api";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";

import { queue } from "../app/api";
import { placeQuery } from "../app/queries";
import { readScanned } from "../codes/placeCode";
import { useText } from "../i18n";
import { Camera, type CameraTrouble } from "../scan/Camera";
import { Decoder } from "@luytre/shared/scan";
import { Icon, type IconName } from "../ui/Icon";
import { Notice, Page, Select } from "../ui/parts";
import { sayError, Trouble } from "../ui/Trouble";
import { Waiting } from "../visits/Waiting";
import styles from "./DoorKeeping.module.css";

type Verdict = { tone: "good" | "care" | "bad"; icon: IconName; title: string; text?: string };

export function DoorKeeping() {
  const { t } = useText();
  const { id } = useParams({ from: "/inside/places/$id/gate" });
  const place = useQuery(placeQuery(id));
  const [decoder] = useState(() => new Decoder());
  const [zone, setZone] = useState("");
  const [trouble, setTrouble] = useState<CameraTrouble>();
  const [verdict, setVerdict] = useState<Verdict>();
  const [admitted, setAdmitted] = useState(0);
  const turn = useRef(0);
  useEffect(() => () => decoder.close(), [decoder]);

  const admit = async (text: string) => {
    const mine = ++turn.current;
    const show = (next: Verdict) => mine === turn.current && setVerdict(next); // a later visitor's answer stays
    const reading = readScanned(text);
    if (reading.kind !== "person") return show({ tone: "bad", icon: "cross", title: t(`gate.not.${reading.kind}`) });
    setVerdict(undefined);
    const outcome = await queue.submit(
      {
        kind: "admit",
        place: id,
        body: { personCode: reading.code, at: new Date().toISOString(), ...(zone ? { zone } : {}) },
      },
      { ...(place.data ? { place: place.data.name } : {}) },
    );
    if (outcome.state === "refused") {
      navigator.vibrate?.([90, 60, 90]);
      return show({ tone: "bad", icon: "cross", title: sayError(new ApiError(outcome.problem), t).title });
    }
    setAdmitted((count) => count + 1);
    if (outcome.state === "waiting")
      return show({ tone: "good", icon: "cloud", title: t("gate.kept"), text: t("scan.waitingText") });
    if ((outcome.answer as Admitted).declarationMissing)
      return show({ tone: "care", icon: "form", title: t("gate.declare"), text: t("gate.declareText") });
    show({ tone: "good", icon: "check", title: t("gate.welcome") });
  };

  return (
    <Page title={t("gate.title")} back={true} lead={place.data?.name}>
      <Trouble error={place.data ? undefined : place.error} />
      {place.data && place.data.zones.length > 0 && (
        <Select
          label={t("gate.zone")}
          optional
          value={zone}
          onValue={setZone}
          options={place.data.zones.map((each) => ({ value: each.id, text: each.name }))}
        />
      )}
      {trouble ? (
        <Notice tone="care" title={t(`scan.trouble.${trouble}`)} live>
          <p>{t("gate.trouble")}</p>
        </Notice>
      ) : (
        <Camera decoder={decoder} onText={(text) => void admit(text)} onTrouble={setTrouble} goesOn />
      )}
      <div className={styles.verdict} data-tone={verdict?.tone} role="status">
        {verdict ? (
          <>
            <Icon name={verdict.icon} size={44} />
            <div>
              <p className={styles.title}>{verdict.title}</p>
              {verdict.text && <p>{verdict.text}</p>}
            </div>
          </>
        ) : (
          <p>{t("gate.idle")}</p>
        )}
      </div>
      <p className="small soft">
        {t("gate.count", { count: admitted })} {t("gate.promise")}
      </p>
      <Waiting />
    </Page>
  );
}
