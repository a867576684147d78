// What stands where a page cannot: while loading, when it failed, when there is none.

import { useRouter } from "@tanstack/react-router";

import { useText } from "../i18n";
import { ButtonLink, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { client } from "./api";

export function Loading() {
  return (
    <div className="page">
      <Skeleton lines={[40, 140, 96, 96, 96]} />
    </div>
  );
}

export function Failed({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  return (
    <main className="page">
      <Trouble
        error={error}
        retry={() => {
          void client.resetQueries({ predicate: (query) => query.state.status === "error" });
          reset();
          void router.invalidate();
        }}
      />
    </main>
  );
}

export function Missing() {
  const { t } = useText();
  return (
    <main>
      <Page title={t("missing.title")} lead={t("missing.text")}>
        <ButtonLink to="/" tone="second">
          {t("missing.home")}
        </ButtonLink>
      </Page>
    </main>
  );
}
