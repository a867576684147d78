// Telling once where the phone is, for the visit just made: by a tap, never by itself. The server compares and forgets.

import { ask } from "@luytre/shared/api";
import { useMutation } from "@tanstack/react-query";

import { api } from "../app/api";
import { Button } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "./words";

/** Some hundred metres: all that is compared. */
const rounded = (degrees: number) => Math.round(degrees * 1000) / 1000;

const here = () =>
  new Promise<{ latitude: number; longitude: number } | undefined>((done) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ latitude: rounded(coords.latitude), longitude: rounded(coords.longitude) }),
      () => done(undefined),
      { timeout: 15_000, maximumAge: 60_000 },
    ),
  );

export function ShareWhere({ visit }: { visit: string }) {
  const w = useWords();
  const share = useMutation({
    mutationFn: async () => {
      const body = await here();
      if (!body) return "refused" as const;
      return (await ask(api.POST("/api/v1/visits/{id}/whereabouts", { params: { path: { id: visit } }, body }))).distance;
    },
  });
  if (share.data)
    return (
      <p className="small soft" role="status">
        {w(`share.${share.data}`)}
      </p>
    );
  return (
    <div className="stack-small">
      <Button tone="plain" icon="place" busy={share.isPending} onClick={() => share.mutate()}>
        {w("share.do")}
      </Button>
      <p className="small soft">{w("share.text")}</p>
      <Trouble error={share.error} />
    </div>
  );
}
