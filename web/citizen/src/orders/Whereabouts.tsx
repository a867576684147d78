// Showing that one is at the place of isolation: freely, after reading and agreeing, by a tap each time and never by itself. A call is the
// alternative. The server compares and keeps no position but the marked one.

import { ask } from "@luytre/shared/api";
import { dayAndClock } from "@luytre/shared/time";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api, client } from "../app/api";
import { consentsQuery, consentTextsQuery } from "../app/queries";
import { pick, useText } from "../i18n";
import { Button } from "../ui/parts";
import { Paragraphs, Trouble } from "../ui/Trouble";
import { ordersQuery, type MyOrder } from "./queries";
import { useOrderWords } from "./words";

const here = () =>
  new Promise<GeolocationCoordinates | undefined>((done) =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done(coords),
      () => done(undefined),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    ),
  );

export function Whereabouts({ of }: { of: MyOrder }) {
  const w = useOrderWords();
  const { language } = useText();
  const [reading, setReading] = useState(false);
  const text = useQuery(consentTextsQuery).data?.find((each) => each.purpose === "isolationPlace");
  const agreed = useQuery(consentsQuery).data?.some((each) => each.purpose === "isolationPlace" && !each.withdrawnAt && each.version === text?.version);
  const agree = useMutation({
    mutationFn: (version: number) => ask(api.POST("/api/v1/me/consents", { body: { text: text?.text ?? "", version } })),
    onSuccess: () => client.invalidateQueries({ queryKey: consentsQuery.queryKey }),
  });
  const compare = useMutation({
    mutationFn: async (mark: boolean) => {
      const coords = await here();
      if (!coords) return "refused" as const;
      const { latitude, longitude, accuracy } = coords;
      const body = { latitude, longitude, accuracyMetres: Math.min(Math.round(accuracy), 100_000), mark };
      return (await ask(api.POST("/api/v1/me/orders/{id}/positions", { params: { path: { id: of.id } }, body }))).found;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ordersQuery.queryKey }),
  });
  if (!text || !of.checks) return null;
  const { place } = of.checks;
  if (!agreed)
    return reading ? (
      <div className="card stack">
        <Paragraphs text={pick(text.body, language)} />
        <Trouble error={agree.error} />
        <div className="wrap">
          <Button tone="second" busy={agree.isPending} onClick={() => agree.mutate(text.version)}>
            {w("place.agree")}
          </Button>
          <Button tone="plain" onClick={() => setReading(false)}>
            {w("place.no")}
          </Button>
        </div>
      </div>
    ) : (
      <Button tone="plain" icon="place" onClick={() => setReading(true)}>
        {w("place.read")}
      </Button>
    );
  return (
    <div className="stack-small">
      <div className="wrap">
        {place && (
          <Button tone="second" icon="place" busy={compare.isPending} onClick={() => compare.mutate(false)}>
            {w("place.compare")}
          </Button>
        )}
        <Button tone="plain" busy={compare.isPending} onClick={() => compare.mutate(true)}>
          {w(place ? "place.again" : "place.mark")}
        </Button>
      </div>
      {compare.data && (
        <p role="status" className="small">
          {w(`place.${compare.data}`)}
        </p>
      )}
      {place?.compared && <p className="small soft">{w("place.last", { metres: String(place.metres), accuracy: String(place.accuracy), time: dayAndClock(place.compared, language) })}</p>}
      <Trouble error={compare.error} />
    </div>
  );
}
