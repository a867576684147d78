// Places and times at which somebody confirmed was, published without identity. For everybody, signed in or not.

import { ask } from "@luytre/shared/api";
import { clock, day, dayAndClock, localDate, noon } from "@luytre/shared/time";
import { queryOptions, useQuery } from "@tanstack/react-query";

import { api } from "../app/api";
import { useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { Empty, Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { useWords } from "./words";

const noticesQuery = queryOptions({
  queryKey: ["notices"],
  queryFn: async () => (await ask(api.GET("/api/v1/notices", {}))).items,
});

export function Notices() {
  const w = useWords();
  const { language } = useText();
  const { data, error, refetch } = useQuery(noticesQuery);
  const span = (from: string, to: string) =>
    localDate(from) === localDate(to)
      ? `${clock(from, language)}–${clock(to, language)}, ${day(from, language)}`
      : `${dayAndClock(from, language)} – ${dayAndClock(to, language)}`;
  return (
    <Page title={w("title")} back="/" lead={w("lead")}>
      <Trouble error={error} retry={() => void refetch()} />
      {!data && !error && <Skeleton lines={[88, 88]} />}
      {data?.length === 0 && (
        <Empty icon="check" title={w("none")}>
          <p>{w("noneText")}</p>
        </Empty>
      )}
      {data && data.length > 0 && (
        <>
          <Notice tone="care">
            <p>{w("advice")}</p>
          </Notice>
          <ul className="list">
            {data.map((one) => (
              <li key={`${one.placeName} ${one.from} ${one.to}`} className="line">
                <Icon name="place" />
                <span className="grow">
                  <span className="strong">{one.placeName}</span>
                  <br />
                  <span className="numbers">{span(one.from, one.to)}</span>
                  <br />
                  <span className="small soft">
                    {one.unitPath} · {w("released", { when: day(noon(one.releasedOn), language) })}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  );
}
