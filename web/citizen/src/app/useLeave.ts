// The button that signs out, on whichever page it is.

import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { useText } from "../i18n";
import { signOut } from "./session";
import { toast } from "./toast";

export function useLeave() {
  const { t } = useText();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: signOut,
    onSuccess: async (told) => {
      await navigate({ to: "/sign-in" });
      if (!told) toast({ text: t("settings.signOutLater") }, 20);
    },
  });
}
