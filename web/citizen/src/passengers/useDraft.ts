// The seats that were written down and not sent yet, kept on the device.

import { useCallback, useEffect, useState } from "react";

import { device, draftKey } from "../app/device";
import { useSession } from "../app/session";
import type { Draft } from "./seats";

const fresh: Draft = { departure: "", seats: [] };

/** The draft of a vehicle, undefined until the device has said; it stays there as long as it has seats. */
export function useDraft(place: string): [Draft | undefined, (change: (before: Draft) => Draft) => void] {
  const key = draftKey(useSession()?.account ?? "", "passengers", place);
  const [held, setHeld] = useState<{ key: string; draft: Draft }>();
  useEffect(() => {
    let here = true;
    const take = (draft: Draft | undefined) => here && setHeld({ key, draft: draft ?? fresh });
    device.get<Draft>("drafts", key).then(take, () => take(undefined));
    return () => void (here = false);
  }, [key]);
  useEffect(() => {
    if (held?.key !== key) return;
    const { draft } = held;
    void (draft.seats.length > 0 ? device.put("drafts", key, draft) : device.remove("drafts", key)).catch(() => undefined);
  }, [key, held]);
  const change = useCallback(
    (how: (before: Draft) => Draft) => setHeld((before) => before && { ...before, draft: how(before.draft) }),
    [],
  );
  return [held?.key === key ? held.draft : undefined, change];
}
