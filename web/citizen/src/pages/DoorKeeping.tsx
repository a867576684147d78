// At the door: the keeper scans the code or paper that each visitor shows, one after the other, by camera or USB reader,
// also without a network. The screen says whether the visit is recorded and whether a declaration is missing, and
// nothing about the person.

import { ApiError, type Admitted, type GateAdmitted, type KeeperAdmission } from "@luytre/shared/api";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";

import { queue } from "../app/api";
import { useAwake } from "../app/hooks";
import { placeQuery } from "../app/queries";
import { readScanned } from "../codes/placeCode";
import { DoorReader } from "../guard/DoorReader";
import deskStyles from "../guard/GuardDesk.module.css";
import { GuardSheet, type Asked } from "../guard/GuardSheet";
import { readAtGate } from "../guard/reading";
import { Groups, OtherWays } from "../guard/WithoutCode";
import { useGateWords } from "../guard/words";
import { Icon, type IconName } from "../ui/Icon";
import { Page, Select } from "../ui/parts";
import { sayError, Trouble } from "../ui/Trouble";
import { Waiting } from "../visits/Waiting";
import styles from "./DoorKeeping.module.css";

type Verdict = { tone: "good" | "care" | "bad"; icon: IconName; title: string; text?: string };

export function DoorKeeping() {
  const { g, t } = useGateWords();
  const { id } = useParams({ from: "/inside/places/$id/gate" });
  const place = useQuery(placeQuery(id));
  const [zone, setZone] = useState("");
  const [verdict, setVerdict] = useState<Verdict>();
  const [admitted, setAdmitted] = useState(0);
  const [asked, setAsked] = useState<Asked>();
  const turn = useRef(0);
  useAwake();

  const label = place.data ? { place: place.data.name } : {};

  /** Somebody without our code: recorded, unverified. */
  const enter = async (what: Pick<KeeperAdmission, "code" | "phone" | "companions">) => {
    const mine = ++turn.current;
    const looking = () => mine === turn.current;
    const show = (next: Verdict) => looking() && setVerdict(next); // a later visitor's answer stays; a refusal is listed below
    setVerdict(undefined);
    const body = { at: new Date().toISOString(), ...what, ...(zone ? { zone } : {}) };
    const outcome = await queue.submit({ kind: "entry", place: id, body }, label, looking);
    if (outcome.state === "refused") {
      navigator.vibrate?.([90, 60, 90]);
      return show({ tone: "bad", icon: "cross", title: sayError(new ApiError(outcome.problem), t).title });
    }
    setAdmitted((count) => count + what.companions + (what.code || what.phone ? 1 : 0));
    if (outcome.state === "waiting")
      return show({ tone: "good", icon: "cloud", title: t("gate.kept"), text: t("scan.waitingText") });
    const { light } = outcome.answer as GateAdmitted;
    if (light === "red") return show({ tone: "bad", icon: "warn", title: t("guard.light.red"), text: t("guard.do.red") });
    show({ tone: "good", icon: "check", title: t("gate.welcome"), text: g("door.unverified") });
  };

  /** What could not even be kept on the device is not recorded, and nobody walks past that. */
  const run = (recording: Promise<unknown>) =>
    void recording.catch((error: unknown) => {
      const { title, detail } = sayError(error, t);
      setVerdict({ tone: "bad", icon: "cross", title, ...(detail ? { text: detail } : {}) });
    });
  const scan = async (text: string) => {
    const reading = readAtGate(text);
    if (reading.kind === "person") return admit(reading.code);
    if ("code" in reading) return enter({ code: reading.code, companions: 0 });
    refuse(t(`gate.not.${readScanned(text).kind}`));
  };
  const refuse = (title: string) => {
    turn.current += 1;
    setVerdict({ tone: "bad", icon: "cross", title });
  };

  const admit = async (personCode: string) => {
    const mine = ++turn.current;
    const looking = () => mine === turn.current;
    const show = (next: Verdict) => looking() && setVerdict(next);
    setVerdict(undefined);
    const outcome = await queue.submit(
      {
        kind: "admit",
        place: id,
        body: { personCode, at: new Date().toISOString(), ...(zone ? { zone } : {}) },
      },
      label,
      looking,
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
      <DoorReader onText={(text) => run(scan(text))} onSpoilt={() => refuse(g("spoilt.verdict"))} />
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
      <Groups way="in" onGroup={(people) => run(enter({ companions: people }))} />
      <div className={deskStyles.actions}>
        <OtherWays onAsk={setAsked} />
      </div>
      {asked && (
        <GuardSheet
          asked={asked}
          way="in"
          essential={false}
          onPhone={(phone) => run(enter({ phone, companions: 0 }))}
          onZone={(code) => run(enter({ code, companions: 0 }))}
          onCard={(number) => run(enter({ code: number, companions: 0 }))}
          onTurnBack={() => undefined}
          onEnd={() => undefined}
          onClose={() => setAsked(undefined)}
        />
      )}
      <p className="small soft">
        {t("gate.count", { count: admitted })} {t("gate.promise")}
      </p>
      <Waiting />
    </Page>
  );
}
