// Somebody left without a network: nothing that was read is shown or kept, and they learn that their session lives on.
import { Alert, Button, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { forgetReasons } from "../api/reasons";
import { leave } from "../api/session";
import { Gate } from "../pages/auth/Gate";

export function LeftOffline() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const again = useMutation({ mutationFn: leave });
  const { mutate } = again;
  useEffect(() => {
    forgetReasons();
    void client.cancelQueries().then(() => client.getQueryCache().clear());
    const back = () => mutate();
    addEventListener("online", back);
    return () => removeEventListener("online", back);
  }, [client, mutate]);
  return (
    <Gate title={t("auth.left.title")}>
      <Stack>
        <Alert color="turmeric" role="alert">
          {t("auth.left.text")}
        </Alert>
        <p>{t("auth.left.meanwhile")}</p>
        {again.isSuccess && <p role="status">{t("auth.left.still")}</p>}
        <Button size="md" loading={again.isPending} onClick={() => mutate()}>
          {t("auth.left.again")}
        </Button>
      </Stack>
    </Gate>
  );
}
