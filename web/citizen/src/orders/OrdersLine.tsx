// The way from the first page to the own orders: loud while one was signed and not read, or a check at home is due; a line while
// there is one.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";

import styles from "../pages/Home.module.css";
import { Icon } from "../ui/Icon";
import { ordersQuery } from "./queries";
import { useOrderWords } from "./words";

export function OrdersAlarm() {
  const w = useOrderWords();
  const orders = useQuery(ordersQuery).data ?? [];
  const due = orders.some((one) => one.checks?.today.some(({ state }) => state === "open") ?? false);
  if (!due && !orders.some((one) => one.unread)) return null;
  return (
    <Link to="/orders" className={styles.alarm}>
      <Icon name="form" size={28} />
      <span className="grow strong">{w(orders.some((one) => one.unread) ? "unread" : "checks.due")}</span>
      <Icon name="next" />
    </Link>
  );
}

export function OrdersLine() {
  const w = useOrderWords();
  const orders = useQuery(ordersQuery).data ?? [];
  if (orders.length === 0) return null;
  return (
    <Link to="/orders" className="line">
      <Icon name="home" />
      <span className="grow">
        <span className="strong">{w("title")}</span>
        <br />
        <span className="small soft">{w("hint")}</span>
      </span>
      <Icon name="next" size={20} />
    </Link>
  );
}
