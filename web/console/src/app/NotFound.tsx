import { useTranslation } from "react-i18next";

import { Empty } from "../parts/ListFrame";
import { TextLink } from "../parts/links";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <main style={{ padding: 24 }}>
      <Empty title={t("notFound.title")}>
        <p>{t("notFound.lead")}</p>
        <TextLink to="/">{t("notFound.home")}</TextLink>
      </Empty>
    </main>
  );
}
