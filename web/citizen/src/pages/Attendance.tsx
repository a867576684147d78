// A place's day by hour and zone: how many came, how many were there. Counts only, never names. The file is bounded and
// numbered, and taking it is logged.

import { ask } from "@luytre/shared/api";
import { localDate } from "@luytre/shared/time";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";

import { api } from "../app/api";
import { placeQuery } from "../app/queries";
import { usePaperWords } from "../paper/words";
import { Icon } from "../ui/Icon";
import { Input, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import styles from "./Diary.module.css";

const daysKept = 27; // and today
const msOfDay = 86_400_000;

const dayQuery = (id: string, day: string) =>
  queryOptions({
    queryKey: ["places", id, "attendance", day],
    queryFn: () => ask(api.GET("/api/v1/places/{id}/attendance", { params: { path: { id }, query: { day } } })),
  });

const twoDigits = (hour: number) => String(hour).padStart(2, "0");

export function Attendance() {
  const { p } = usePaperWords();
  const { id } = useParams({ from: "/inside/places/$id/log" });
  const place = useQuery(placeQuery(id));
  const today = localDate(Date.now());
  const first = localDate(Date.now() - daysKept * msOfDay);
  const [date, setDate] = useState(today);
  const log = useQuery(dayQuery(id, date));
  const day = log.data;
  const hours = day?.hours.filter((each) => each.arrived > 0 || each.present > 0) ?? [];
  const zones = day?.zones.filter((zone) => zone.zone) ?? [];
  return (
    <Page title={p("log.title")} back={true} lead={place.data?.name}>
      <p>{p("log.lead")}</p>
      <Input
        label={p("log.day")}
        type="date"
        min={first}
        max={today}
        value={date}
        onValue={(value) => value && setDate(value)}
      />
      <Trouble error={log.error} retry={() => void log.refetch()} />
      {log.isPending && <Skeleton lines={[48, 160]} />}
      {day && (
        <>
          <p className="strong numbers">
            {p("log.sum", { arrived: day.arrived, most: day.most })}
            {day.capacity !== undefined && <> · {p("log.capacity", { capacity: day.capacity })}</>}
          </p>
          {hours.length === 0 && <p className="soft">{p("log.none")}</p>}
          {hours.length > 0 && (
            <div className={styles.entries} tabIndex={0} role="region" aria-label={p("log.title")}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">{p("log.hour")}</th>
                    <th scope="col">{p("log.arrived")}</th>
                    <th scope="col">{p("log.present")}</th>
                    {zones.map((zone) => (
                      <th scope="col" key={zone.zone}>
                        {zone.name}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody className="numbers">
                  {hours.map(({ hour, arrived, present }) => (
                    <tr key={hour}>
                      <th scope="row">{twoDigits(hour)}:00</th>
                      <td>{arrived}</td>
                      <td>{present}</td>
                      {zones.map((zone) => (
                        <td key={zone.zone}>{zone.hourly[hour]}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <p className="small soft">{p("log.estimated")}</p>
        </>
      )}
      <a
        className="button"
        data-tone="second"
        href={`/api/v1/places/${encodeURIComponent(id)}/attendance.csv?from=${first}&to=${today}`}
        download
      >
        <Icon name="print" />
        {p("log.file")}
      </a>
      <p className="small soft">{p("log.fileText")}</p>
    </Page>
  );
}
