import { IconHome, IconPhone } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Candidate } from "../api/types";
import styles from "./ContactBlock.module.css";

/** "+84912345678" → "0912 345 678", as people here read a number. */
function readable(phone: string): string {
  const local = phone.replace(/^\+84/, "0");
  return /^0\d{9}$/.test(local) ? `${local.slice(0, 4)} ${local.slice(4, 7)} ${local.slice(7)}` : phone;
}

/** How to reach somebody: tap to call, and the address. */
export function ContactBlock({ contact }: { contact: Candidate["contact"] }) {
  const { t } = useTranslation();
  const phones = contact?.phones ?? [];
  return (
    <div className={styles.contact}>
      {phones.map((phone) => (
        <a key={phone} href={`tel:${phone}`} className={styles.phone}>
          <IconPhone size={19} aria-hidden />
          <span>
            <small>{t("tasks.callNow")}</small>
            {readable(phone)}
          </span>
        </a>
      ))}
      {phones.length === 0 && <p className={styles.none}>{t("tasks.noPhone")}</p>}
      <p className={styles.address}>
        <IconHome size={17} aria-hidden /> {contact?.address ?? t("tasks.noAddress")}
      </p>
    </div>
  );
}
