// What the desk's own camera sees: a code held before it, or a picture of a paper's machine-readable lines. Both are read on this machine.
import { usePaper } from "@luytre/shared/paper/take";
import { Decoder, useCamera, type CameraTrouble, type Wanted } from "@luytre/shared/scan";
import { Button, Group } from "@mantine/core";
import { IconCamera, IconId } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import styles from "./Scanner.module.css";

interface Props {
  onText: (text: string) => void;
  /** Machine-readable lines are wanted, too. */
  paper?: boolean;
  /** One code after the other, until it is stopped. */
  goesOn?: boolean;
  /** "labels": those of tubes as well as codes. */
  wanted?: Wanted;
  /** What was read is being worked on: nothing else is read meanwhile. */
  resting?: boolean;
}

export function Scanner({ onText, paper = true, goesOn = false, wanted = "codes", resting = false }: Props) {
  const { t } = useTranslation();
  const [on, setOn] = useState(false);
  const [trouble, setTrouble] = useState<CameraTrouble>();
  const show = (text: string) => {
    if (!goesOn) setOn(false);
    onText(text);
  };
  return (
    <div className={styles.scanner}>
      <Group>
        <Button
          variant="default"
          leftSection={<IconCamera size={17} />}
          onClick={() => {
            setTrouble(undefined);
            setOn(!on);
          }}
        >
          {t(on ? "common.scan.stop" : "common.scan.camera")}
        </Button>
        {paper && <PaperPicture onZone={show} />}
      </Group>
      {on && (
        <Camera
          goesOn={goesOn}
          wanted={wanted}
          resting={resting}
          onText={show}
          onTrouble={(found) => {
            setTrouble(found);
            setOn(false);
          }}
        />
      )}
      {trouble && <p role="alert">{t(`common.scan.trouble.${trouble}`)}</p>}
    </div>
  );
}

interface CameraProps {
  goesOn: boolean;
  wanted: Wanted;
  resting: boolean;
  onText: (text: string) => void;
  onTrouble: (trouble: CameraTrouble) => void;
}

function Camera({ goesOn, wanted, resting, onText, onTrouble }: CameraProps) {
  const { t } = useTranslation();
  const [decoder] = useState(() => new Decoder(wanted));
  useEffect(() => () => decoder.close(), [decoder]);
  const { video } = useCamera({ decoder, onText, onTrouble, goesOn, resting });
  return <video ref={video} muted playsInline className={styles.view} aria-label={t("common.scan.view")} />;
}

function PaperPicture({ onZone }: { onZone: (zone: string) => void }) {
  const { t } = useTranslation();
  const file = useRef<HTMLInputElement>(null);
  const { state, take } = usePaper(onZone);
  return (
    <>
      <Button variant="default" leftSection={<IconId size={17} />} loading={state === "reading"} onClick={() => file.current?.click()}>
        {t("common.scan.picture")}
      </Button>
      <input
        ref={file}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("common.scan.picture")}
        onChange={take}
      />
      {(state === "unread" || state === "failed") && <span role="alert">{t(`common.scan.${state}`)}</span>}
    </>
  );
}
