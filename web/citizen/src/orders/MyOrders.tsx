// The own orders: what, why, until when, and how to complain; those that ended stay readable.

import { ask } from "@luytre/shared/api";
import { day, dayAndClock, noon } from "@luytre/shared/time";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { api, client } from "../app/api";
import { usePeople } from "../app/queries";
import { pick, useText } from "../i18n";
import { Icon } from "../ui/Icon";
import { Empty, Notice, Page, Skeleton } from "../ui/parts";
import { Trouble } from "../ui/Trouble";
import { Checks } from "./Checks";
import { Needs } from "./Needs";
import { ordersQuery, type MyOrder } from "./queries";
import { useOrderWords } from "./words";

export function MyOrders() {
  const w = useOrderWords();
  const orders = useQuery(ordersQuery);
  return (
    <Page title={w("title")} back="/" lead={w("lead")}>
      {orders.isPending && <Skeleton lines={[220]} />}
      <Trouble error={orders.error} retry={() => void orders.refetch()} />
      {orders.data?.length === 0 && (
        <Empty icon="home" title={w("none")}>
          <p>{w("noneText")}</p>
        </Empty>
      )}
      {orders.data?.map((order) => <One key={order.id} order={order} />)}
    </Page>
  );
}

function One({ order }: { order: MyOrder }) {
  const w = useOrderWords();
  const { language } = useText();
  const { self } = usePeople();
  const { id, unread } = order;
  // Opening the page is reading it.
  useEffect(() => {
    if (!unread) return;
    void ask(api.POST("/api/v1/me/orders/{id}/read", { params: { path: { id } } })).then(
      () => client.invalidateQueries({ queryKey: ordersQuery.queryKey }),
      () => undefined, // unread still: the next opening tries again
    );
  }, [unread, id]);
  const date = (text: string) => day(noon(text), language);
  const ends = order.ends;
  const running = order.state === "running";
  return (
    <section className="card stack">
      <h2>{w(`kind.${order.kind}`)}</h2>
      <p>
        <b>{order.person === self?.id ? w("you") : order.personName}</b> · {pick(order.disease, language)}
        <br />
        <span className="small soft numbers">{order.number}</span>
      </p>
      <Notice tone={running ? "care" : "good"} title={w(`state.${order.state}`)}>
        {running ? (
          <p>{w("fromTo", { from: date(order.firstDay), to: date(order.lastDay) })}</p>
        ) : (
          order.ended && <p>{w("ended", { time: dayAndClock(order.ended, language) })}</p>
        )}
      </Notice>
      <Checks of={order} own={order.person === self?.id} />
      {running && <Needs of={order} />}
      <p>
        <b>{w("where")}</b>
        <br />
        {[w(`place.${order.place.kind}`), order.place.name, order.place.address].filter(Boolean).join(", ")}
      </p>
      <p>
        <b>{w("why")}</b>
        <br />
        {ends.moved && ends.movedOn
          ? w(`moved.${ends.moved}`, { day: date(ends.movedOn) })
          : ends.rule && ends.lastExposure && w("byRule", { days: String(ends.days), last: date(ends.lastExposure), rule: ends.rule })}
        {ends.decided && <> {w("byOfficer", { source: ends.decided })}</>}
        {ends.cut && !ends.moved && <> {w("cut", { days: String(ends.daysMost) })}</>}
        <br />
        <span className="small soft">{pick(ends.lawText, language)}</span>
      </p>
      <p>
        <b>{w("complain")}</b>
        <br />
        {pick(order.complaint.text, language)} {w("complainUntil", { day: date(order.complaint.until) })}
      </p>
      <p className="small soft">
        {w("signed", { name: order.signedBy, authority: order.authority, time: dayAndClock(order.signedAt, language) })}
      </p>
      <Paper id={id} paper="order" text={w("print")} />
      {order.state === "released" && <Paper id={id} paper="certificate" text={w("printEnd")} />}
    </section>
  );
}

function Paper({ id, paper, text }: { id: string; paper: "order" | "certificate"; text: string }) {
  const href = `/api/v1/me/orders/${encodeURIComponent(id)}/${paper}.pdf`;
  return (
    <a className="button" data-tone="second" href={href} target="_blank" rel="noopener">
      <Icon name="print" />
      {text}
    </a>
  );
}
