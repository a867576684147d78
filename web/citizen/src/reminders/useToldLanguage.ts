// The server writes to people in the language that they chose on this device: it is told of the choice once.

import { ask } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";

import { api } from "../app/api";
import { keeper, kept } from "../app/device";
import { useOnline } from "../app/hooks";
import { chosen, useText } from "../i18n";

export function useToldLanguage() {
  const { language } = useText();
  const online = useOnline();
  const { mutate } = useMutation({
    scope: { id: "language" }, // one after the other: the last choice is told last
    mutationFn: async () => {
      const keep = keeper();
      const now = chosen();
      if (now === undefined || now === (await kept("language"))) return;
      await ask(api.PUT("/api/v1/me/language", { body: { language: now } }));
      await keep("language", now);
    },
  });
  // Whoever is without a network is asked again when there is one.
  useEffect(() => {
    if (online) mutate();
  }, [language, online, mutate]);
}
