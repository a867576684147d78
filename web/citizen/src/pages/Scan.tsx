// Scanning a place: aim, confirm, done. The camera is one of three ways; a picture and the typed code are the others.

import { useParams } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";

import { readScanned, readTyped, showTyped } from "../codes/placeCode";
import { useText } from "../i18n";
import { Camera, type CameraTrouble } from "../scan/Camera";
import { CheckIn } from "../scan/CheckIn";
import { Decoder, readPicture } from "@luytre/shared/scan";
import { Button, ButtonLink, Input, Notice, Page } from "../ui/parts";

/** A poster's link, opened by the phone's own camera. */
export function Poster() {
  const { t } = useText();
  const { code } = useParams({ from: "/inside/p/$code" });
  const reading = readScanned(code);
  if (reading.kind === "place") return <CheckIn code={reading.code} />;
  return (
    <Page title={t("scan.title")} back="/">
      <Notice tone="bad">{t(`scan.not.${reading.kind}`)}</Notice>
      <ButtonLink to="/scan" wide icon="scan">
        {t("scan.again")}
      </ButtonLink>
    </Page>
  );
}

export function Scan() {
  const { t } = useText();
  const [decoder] = useState(() => new Decoder());
  const [code, setCode] = useState<string>();
  const [trouble, setTrouble] = useState<CameraTrouble>();
  const [wrong, setWrong] = useState<string>();
  const [way, setWay] = useState<"camera" | "typed">("camera");
  const [busy, setBusy] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  useEffect(() => () => decoder.close(), [decoder]);

  const take = (text: string) => {
    const reading = readScanned(text);
    if (reading.kind === "place") setCode(reading.code);
    else setWrong(t(`scan.not.${reading.kind}`));
  };
  const takePicture = async (picture: File) => {
    setBusy(true);
    setWrong(undefined);
    try {
      const text = await readPicture(decoder, picture);
      if (text) take(text);
      else setWrong(t("scan.pictureEmpty"));
    } catch {
      setWrong(t("scan.pictureFailed"));
    } finally {
      setBusy(false);
    }
  };

  if (code) return <CheckIn code={code} onAgain={() => setCode(undefined)} />;
  return (
    <Page title={t("scan.title")} back="/">
      {way === "camera" ? (
        <>
          {wrong ? (
            <Notice tone="care" live>
              <p>{wrong}</p>
              <div>
                <Button tone="second" onClick={() => setWrong(undefined)}>
                  {t("scan.again")}
                </Button>
              </div>
            </Notice>
          ) : trouble ? (
            <Notice tone="care" title={t(`scan.trouble.${trouble}`)} live>
              <p>{t("scan.trouble.other")}</p>
            </Notice>
          ) : (
            <Camera decoder={decoder} onText={take} onTrouble={setTrouble} />
          )}
          <div className="stack-small">
            <Button tone="second" wide icon="keys" onClick={() => setWay("typed")}>
              {t("scan.type")}
            </Button>
            <Button tone="second" wide icon="image" busy={busy} onClick={() => file.current?.click()}>
              {t("scan.picture")}
            </Button>
            <input
              ref={file}
              type="file"
              accept="image/*"
              className="hidden"
              tabIndex={-1}
              aria-hidden="true"
              onChange={(event) => {
                const picture = event.target.files?.[0];
                event.target.value = "";
                if (picture) void takePicture(picture);
              }}
            />
          </div>
          <p className="small soft">{t("scan.private")}</p>
        </>
      ) : (
        <Typed onCode={setCode} onCamera={() => setWay("camera")} />
      )}
    </Page>
  );
}

function Typed({ onCode, onCamera }: { onCode: (code: string) => void; onCamera: () => void }) {
  const { t } = useText();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const reading = readTyped(text);
        setWrong(reading.kind !== "place");
        if (reading.kind === "place") onCode(reading.code);
      }}
    >
      <Input
        label={t("scan.typed")}
        hint={t("scan.typedHint")}
        className="big"
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        placeholder="7GK2-M0QX"
        value={text}
        onValue={(value) => {
          setText(showTyped(value));
          setWrong(false);
        }}
        wrong={wrong ? t("scan.not.mistyped") : undefined}
        autoFocus
      />
      <Button type="submit" wide>
        {t("scan.typedDo")}
      </Button>
      <Button tone="second" wide icon="scan" onClick={onCamera}>
        {t("scan.useCamera")}
      </Button>
    </form>
  );
}
