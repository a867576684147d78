// What a keeper states of the place: its opening hours and where it stands. Visits outside them are marked, never
// refused.

import { ask, type Body } from "@luytre/shared/api";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { api, client } from "../app/api";
import { placeQuery } from "../app/queries";
import { toast } from "../app/toast";
import { useText } from "../i18n";
import { Button, Input, Page, Skeleton } from "../ui/parts";
import { Trouble, useFields } from "../ui/Trouble";
import { days, half, hoursOf, rowsOf, type Row } from "../visits/opening";
import { useWords } from "../visits/words";

type Statement = Body<"/api/v1/places/{id}/stated", "put">;

const statedQuery = (id: string) =>
  queryOptions({
    queryKey: ["places", id, "stated"],
    queryFn: () => ask(api.GET("/api/v1/places/{id}/stated", { params: { path: { id } } })),
  });

export function PlaceStated() {
  const w = useWords();
  const { id } = useParams({ from: "/inside/places/$id/stated" });
  const place = useQuery(placeQuery(id));
  const stated = useQuery(statedQuery(id));
  return (
    <Page title={w("stated.title")} back={true} lead={place.data?.name}>
      <p>{w("stated.lead")}</p>
      <Trouble error={stated.error} retry={() => void stated.refetch()} />
      {stated.isPending && <Skeleton lines={[72, 72, 72]} />}
      {stated.data && <Form id={id} before={stated.data} />}
    </Page>
  );
}

const decimal = (text: string) => (text.trim() === "" ? undefined : Number(text.trim().replace(",", ".")));

function Form({ id, before }: { id: string; before: Statement }) {
  const { t } = useText();
  const w = useWords();
  const [rows, setRows] = useState(() => rowsOf(before.hours));
  const [latitude, setLatitude] = useState(String(before.point?.latitude ?? ""));
  const [longitude, setLongitude] = useState(String(before.point?.longitude ?? ""));
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: (body: Statement) => ask(api.PUT("/api/v1/places/{id}/stated", { params: { path: { id } }, body })),
    onSuccess: (saved) => {
      client.setQueryData(statedQuery(id).queryKey, saved);
      toast({ text: w("stated.saved") });
    },
  });
  const field = useFields(save.error);
  const point = [decimal(latitude), decimal(longitude)] as const;
  const pointWhole = point.every((one) => one === undefined) || point.every((one) => one !== undefined && Number.isFinite(one));
  const change = (at: number, part: Partial<Row>) =>
    setRows((all) => all.map((row, i) => (i === at ? { ...row, ...part } : row)));
  const submit = () => {
    setTried(true);
    if (save.isPending || !pointWhole || rows.some(half)) return;
    const [north, east] = point;
    save.mutate({
      hours: hoursOf(rows),
      ...(north !== undefined && east !== undefined ? { point: { latitude: north, longitude: east } } : {}),
    });
  };
  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="small soft">{w("stated.closed")}</p>
      {rows.map((row, i) => {
        const day = w(`stated.days.${days[i]!}`);
        return (
          <div key={day} className="stack-small">
            <div className="wrap">
              <Input label={w("stated.from", { day })} type="time" optional value={row.from} onValue={(from) => change(i, { from })} />
              <Input label={w("stated.to", { day })} type="time" optional value={row.to} onValue={(to) => change(i, { to })} />
            </div>
            {tried && half(row) && <p className="wrong">{w("stated.half", { day })}</p>}
            {row.more.length > 0 && <p className="small soft">{w("stated.more", { day, count: row.more.length })}</p>}
          </div>
        );
      })}
      <h2>{w("stated.point")}</h2>
      <p className="small soft">{w("stated.pointHint")}</p>
      <Input
        label={w("stated.latitude")}
        inputMode="decimal"
        optional
        value={latitude}
        onValue={setLatitude}
        wrong={field("/point/latitude")}
      />
      <Input
        label={w("stated.longitude")}
        inputMode="decimal"
        optional
        value={longitude}
        onValue={setLongitude}
        wrong={field("/point/longitude") ?? (tried && !pointWhole ? w("stated.pointWrong") : undefined)}
      />
      <Trouble error={save.error} />
      <Button type="submit" wide busy={save.isPending}>
        {t("save")}
      </Button>
    </form>
  );
}
