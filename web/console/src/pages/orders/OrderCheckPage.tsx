// A check that an order asks for, recorded for the person after a call or a visit. The person's record stays closed: the commune
// that has the order need not be that of residence.
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { formsQuery } from "../../api/declarations";
import { orderQuery } from "../../api/orders";
import { queryClient } from "../../api/query-client";
import { ButtonLink, TextLink } from "../../parts/links";
import { Empty, Loading } from "../../parts/ListFrame";
import { PageHead } from "../../parts/PageHead";
import { barring, ProblemNote } from "../../parts/ProblemNote";
import { Filling } from "../declarations/DeclareFor";

const route = getRouteApi("/office/orders/$order/check");

export function OrderCheckPage() {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const params = route.useParams();
  const reading = orderQuery(params.order);
  const order = useQuery(reading);
  const forms = useQuery(formsQuery);
  if (barring(order)) return <ProblemNote error={order.error} retry={() => void order.refetch()} />;
  if (barring(forms)) return <ProblemNote error={forms.error} retry={() => void forms.refetch()} />;
  if (!order.data || !forms.data) return <Loading rows={3} />;
  const { person, state, checks } = order.data;
  const form = state === "running" ? forms.data.items.find(({ id }) => id === checks?.form) : undefined;
  return (
    <>
      <PageHead
        title={t("declareFor.title", { name: person.name })}
        lead={t("declareFor.lead")}
        back={
          <TextLink to="/orders/$order" params={params}>
            {order.data.number}
          </TextLink>
        }
      />
      {form ? (
        <Filling
          person={person}
          id={form.id}
          version={form.version}
          onCancel={() => void navigate({ to: "/orders/$order", params })}
          // Read again when the order is next opened: each look is logged.
          onSent={() => void queryClient.invalidateQueries({ queryKey: reading.queryKey, refetchType: "none" })}
          after={
            <ButtonLink to="/orders/$order" params={params} preload={false} variant="default">
              {t("orders.checks.back")}
            </ButtonLink>
          }
        />
      ) : (
        <Empty title={t("orders.checks.none")} />
      )}
    </>
  );
}
