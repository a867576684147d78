// The rosters that one heads, and opening one for a place that one keeps.

import { ask, type Sector } from "@luytre/shared/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { placesQuery } from "../app/queries";
import { Icon } from "../ui/Icon";
import { Button, Empty, Page, Select, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { rostersQuery } from "./queries";
import { useWords } from "./words";

const sectors: readonly Sector[] = ["health", "industry", "education", "residence", "other"];

export function Rosters() {
  const w = useWords();
  const rosters = useQuery(rostersQuery);
  return (
    <Page title={w("heads")} back="/places" lead={w("headsLead")}>
      {rosters.isPending && <Skeleton lines={[80]} />}
      <Trouble error={rosters.error} retry={() => void rosters.refetch()} />
      {rosters.data?.length === 0 && (
        <Empty icon="family" title={w("headsNone")}>
          <p>{w("headsNoneText")}</p>
        </Empty>
      )}
      {rosters.data && rosters.data.length > 0 && (
        <ul className="list">
          {rosters.data.map(({ id, name, sector, members }) => (
            <li key={id}>
              <Link className="line" to="/rosters/$id" params={{ id }}>
                <Icon name="family" />
                <span className="grow">
                  <span className="strong">{name}</span>
                  <br />
                  <span className="small soft">
                    {w(`sector.${sector}`)} · {w("members", { count: members })}
                  </span>
                </span>
                <Icon name="next" size={20} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      <Open />
    </Page>
  );
}

function Open() {
  const w = useWords();
  const go = useNavigate();
  const places = useQuery(placesQuery);
  const [place, setPlace] = useState("");
  const [sector, setSector] = useState("");
  const chosen = sectors.find((one) => one === sector);
  const open = useMutation({
    mutationFn: (body: { place: string; sector: Sector }) => ask(api.POST("/api/v1/rosters", { body })),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: rostersQuery.queryKey });
      await go({ to: "/rosters/$id", params: { id } });
    },
  });
  const kept = (places.data ?? []).filter(({ status }) => status !== "closed");
  if (kept.length === 0) return null;
  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (place && chosen && !open.isPending) open.mutate({ place, sector: chosen });
      }}
    >
      <h2>{w("open")}</h2>
      <Select
        label={w("place")}
        value={place}
        onValue={setPlace}
        options={kept.map(({ id, name }) => ({ value: id, text: name }))}
      />
      <Select
        label={w("kind")}
        value={sector}
        onValue={setSector}
        options={sectors.map((one) => ({ value: one, text: w(`sector.${one}`) }))}
      />
      <Trouble error={open.error} />
      <Button type="submit" busy={open.isPending} resting={!place || !chosen}>
        {w("create")}
      </Button>
    </form>
  );
}
