// The camera's view with a frame to aim by.

import { useCamera, type CameraUse } from "@luytre/shared/scan";

import { useText } from "../i18n";
import { Icon } from "../ui/Icon";
import styles from "./Camera.module.css";

export type { CameraTrouble } from "@luytre/shared/scan";

export function Camera(use: CameraUse) {
  const { t } = useText();
  const { video, torch } = useCamera(use);
  const { goesOn } = use;

  return (
    <div className={styles.camera} data-small={goesOn || undefined}>
      <video ref={video} muted playsInline className={styles.view} aria-label={t("scan.camera")} />
      <div className={styles.frame} aria-hidden="true">
        <span />
        <span />
        <span />
        <span />
      </div>
      {torch && (
        <button className={styles.torch} type="button" aria-pressed={torch.lit} aria-label={t("scan.torch")} onClick={torch.turn}>
          <Icon name="torch" />
        </button>
      )}
      <p className={styles.hint}>{t(goesOn ? "gate.aim" : "scan.aim")}</p>
    </div>
  );
}
