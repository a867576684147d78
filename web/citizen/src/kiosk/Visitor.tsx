// One visitor's turn: welcome, who it is, the questions, the outcome. Everything it knows lies in this component and goes with it.

import type { GateInfo } from "@luytre/shared/api";
import { Decoder } from "@luytre/shared/scan";
import { useEffect, useRef, useState } from "react";

import { checked } from "../guard/checked";
import type { OnDuty } from "../guard/shift";
import { SpoiltReader, useReader } from "../guard/SpoiltReader";
import { pick, useText } from "../i18n";
import { PaperPicture } from "../paper/PaperPicture";
import { Camera } from "../scan/Camera";
import { LanguageSwitch } from "../ui/Gate";
import { Icon, type IconName } from "../ui/Icon";
import { Button, Notice, Sheet } from "../ui/parts";
import styles from "./Kiosk.module.css";
import { TypedName } from "./TypedName";
import { useIdle } from "./useIdle";
import { useServer } from "./useServer";
import { VisitorForm, type VisitorDeclared } from "./VisitorForm";
import type { Who } from "./who";
import { useWords } from "./words";

const wiped = 60_000; // after so long without a touch
const warned = 15_000; // of it
const read = 5 * 60_000; // while a picture is read: the reader is large, and is loaded with the first one

type Step = { at: "welcome" | "who" } | { at: "form"; who: Who } | { at: "done"; declared: VisitorDeclared };

interface Props {
  duty: OnDuty;
  gate: GateInfo & { form: string };
  /** The visitor has chosen a language. */
  chosen: boolean;
  onNext: () => void;
  onEnd: () => void;
}

export function Visitor({ duty, gate, chosen, onNext, onEnd }: Props) {
  const w = useWords();
  const [step, setStep] = useState<Step>({ at: "welcome" });
  const [reading, setReading] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${gate.name} · Lũy Tre`;
    scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [gate.name, step]);
  const title = { welcome: w("welcome"), who: w("who"), form: w("form"), done: w("done") }[step.at];
  return (
    <div className={styles.kiosk}>
      <header className={styles.head}>
        <span className="strong">{gate.name}</span>
        <LanguageSwitch />
      </header>
      <main className={styles.main}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {step.at === "welcome" && <Welcome onStart={() => setStep({ at: "who" })} onEnd={onEnd} />}
        {step.at === "who" && <Asked duty={duty} onWho={(who) => setStep({ at: "form", who })} onReading={setReading} />}
        {step.at === "form" && (
          <VisitorForm
            shift={duty.shift.shift}
            gate={gate}
            hand="kiosk"
            who={step.who}
            onDeclared={(declared) => setStep({ at: "done", declared })}
          />
        )}
        {step.at === "done" && <Outcome declared={step.declared} />}
        {step.at !== "welcome" && (
          <Button wide tone={step.at === "done" ? "main" : "plain"} onClick={onNext}>
            {step.at === "done" ? w("finish") : w("back")}
          </Button>
        )}
      </main>
      {(step.at !== "welcome" || chosen) && <Watch after={reading ? read : wiped} onIdle={onNext} />}
    </div>
  );
}

function Watch({ after, onIdle }: { after: number; onIdle: () => void }) {
  const w = useWords();
  const left = useIdle(after, warned, onIdle);
  return left === undefined ? null : (
    <div className={styles.watch}>
      <Notice tone="care" title={w("idle", { count: left })} live>
        <Button wide>{w("stay")}</Button>
      </Notice>
    </div>
  );
}

function Welcome({ onStart, onEnd }: { onStart: () => void; onEnd: () => void }) {
  const w = useWords();
  const { t } = useText();
  const online = useServer();
  const [ending, setEnding] = useState(false);
  return (
    <>
      <p>{w("welcomeLead")}</p>
      <p className="soft">{w("welcomePromise")}</p>
      {!online && (
        <Notice tone="care" icon="offline" title={w("offline")} live>
          <p>{w("offlineDo")}</p>
        </Notice>
      )}
      {online && (
        <Button wide onClick={onStart}>
          {w("start")}
        </Button>
      )}
      <div className={styles.end}>
        <Button tone="plain" onClick={() => setEnding(true)}>
          {w("end")}
        </Button>
      </div>
      {ending && (
        <Sheet title={w("end")} onClose={() => setEnding(false)}>
          <p>{w("endText")}</p>
          <Button wide tone="danger" onClick={onEnd}>
            {w("end")}
          </Button>
          <Button wide tone="plain" onClick={() => setEnding(false)}>
            {t("cancel")}
          </Button>
        </Sheet>
      )}
    </>
  );
}

interface AskedProps {
  duty: OnDuty;
  onWho: (who: Who) => void;
  onReading: (reading: boolean) => void;
}

function Asked({ duty, onWho, onReading }: AskedProps) {
  const w = useWords();
  const { t } = useText();
  const [decoder] = useState(() => new Decoder());
  const [blind, setBlind] = useState(false);
  const [flaw, setFlaw] = useState<string>();
  const [way, setWay] = useState<"scan" | "type" | "paper">("scan");
  const go = (next: typeof way) => {
    setFlaw(undefined);
    setWay(next);
  };
  useEffect(() => () => decoder.close(), [decoder]);
  const scan = async (text: string) => {
    const read = await checked(text, duty.desk.keys);
    if ("wrong" in read) setFlaw(t(`guard.not.${read.wrong}`));
    else onWho({ code: read.code, at: new Date().toISOString() });
  };
  const spoilt = useReader((text) => void scan(text));
  return (
    <>
      <p>{w("whoLead")}</p>
      {flaw && <Notice tone="bad" title={flaw} live />}
      {spoilt && <SpoiltReader />}
      {way === "scan" && blind && <Notice tone="care" title={w("noCamera")} live />}
      {way === "scan" && !blind && <Camera decoder={decoder} onText={(text) => void scan(text)} onTrouble={() => setBlind(true)} goesOn />}
      {way === "type" && <TypedName onWho={onWho} />}
      {way === "paper" && (
        <PaperPicture
          otherwise={w("otherwise")}
          onZone={(code) => onWho({ code, at: new Date().toISOString() })}
          onReading={onReading}
        />
      )}
      {way !== "type" && (
        <Button wide tone="second" icon="form" onClick={() => go("type")}>
          {w("type")}
        </Button>
      )}
      {way !== "paper" && (
        <Button wide tone="second" icon="image" onClick={() => go("paper")}>
          {w("paper")}
        </Button>
      )}
    </>
  );
}

const icons: Record<VisitorDeclared["light"], IconName> = { green: "check", yellow: "info", red: "warn" };

function Outcome({ declared: { light, verified, result } }: { declared: VisitorDeclared }) {
  const w = useWords();
  const { t, language } = useText();
  return (
    <>
      <div className={styles.verdict} data-tone={light} role="status">
        <Icon name={icons[light]} size={56} />
        <div>
          <p className={styles.title}>{t(`guard.light.${light}`)}</p>
          <p>{t(`guard.do.${light}`)}</p>
        </div>
      </div>
      {!verified && <p>{w("unverified")}</p>}
      <p>{pick(result.nextStep.text, language)}</p>
    </>
  );
}
