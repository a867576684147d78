import { Group, NativeSelect, NumberInput, Radio, Select, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Dispatch, SetStateAction } from "react";
import { useTranslation } from "react-i18next";

import { sitesQuery } from "../../api/sites";
import type { NewOrder, Unit } from "../../api/types";
import { unitQuery } from "../../api/units";
import { sortedSites } from "../../logic/sites";
import { fieldText } from "../../parts/ProblemNote";
import { UnitSelect } from "../../parts/UnitSelect";

type Place = NewOrder["place"];
export interface PlaceDraft {
  kind?: Place["kind"];
  /** One that is registered, which says name and address itself; "": none of those. */
  site?: string | undefined;
  name?: string;
  address?: string;
  unit?: string | undefined;
  payer?: Place["payer"] | undefined;
  dailyPrice?: number | undefined;
}

const payers = ["person", "employer", "state"] as const satisfies readonly NonNullable<Place["payer"]>[];
const kinds = ["home", "site", "hotel"] as const satisfies readonly Place["kind"][];

/** What has been said so far, once it is whole. At home the address of the record holds where none is typed. */
export function placeOf({ kind, site, name, address, unit, payer, dailyPrice }: PlaceDraft): Place | undefined {
  if (!kind || (kind !== "home" && !site && (!name?.trim() || !address?.trim()))) return undefined;
  const words = { ...(kind !== "home" && name ? { name: name.trim() } : {}), ...(address?.trim() ? { address: address.trim() } : {}) };
  return { kind, ...(kind !== "home" && site ? { site } : words), ...(unit ? { unit } : {}), ...(kind === "hotel" && payer ? { payer } : {}), ...(kind === "hotel" && dailyPrice !== undefined ? { dailyPrice } : {}) };
}

/** Another site, or none: the commune that came with the one before goes with it. */
export const withSite = (draft: PlaceDraft, site: string | undefined): PlaceDraft => ({ ...draft, site, ...(draft.site || site ? { unit: undefined } : {}) });

/** The commune of the site, unless another was chosen meanwhile. A site of a province lies in none that is known here. */
export const withCommune = (draft: PlaceDraft, site: string, unit: Pick<Unit, "id" | "level">): PlaceDraft =>
  draft.site === site && draft.unit === undefined && unit.level === "commune" ? { ...draft, unit: unit.id } : draft;

interface Props {
  draft: PlaceDraft;
  onChange: Dispatch<SetStateAction<PlaceDraft>>;
  problem: unknown;
}

export function PlaceFields({ draft, onChange, problem }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const sites = useQuery({ ...sitesQuery, enabled: draft.kind !== undefined && draft.kind !== "home" });
  const registered = draft.kind === "home" ? [] : sortedSites((sites.data ?? []).filter((one) => one.kind === draft.kind), { sort: "name", order: "ascending" });
  // In words: at home, and what is not on the list, or where there is none.
  const worded = draft.kind === "home" || draft.site === "" || (registered.length === 0 && !sites.isLoading);
  const choose = (id: string | null) => {
    onChange(withSite(draft, id ?? undefined));
    const site = registered.find((one) => one.id === id);
    if (!site) return;
    // Where it cannot be asked the field stays empty, as it may.
    void client.fetchQuery(unitQuery(site.unit)).then(
      ({ unit }) => onChange((now) => withCommune(now, site.id, unit)),
      () => undefined,
    );
  };
  return (
    <>
      <Radio.Group label={t("orders.placeHead")} value={draft.kind ?? ""} onChange={(kind) => onChange({ ...withSite(draft, undefined), kind: kind as Place["kind"] })}>
        <Group gap="md" mt={6}>
          {kinds.map((one) => (
            <Radio key={one} value={one} label={t(`orders.place.${one}`)} />
          ))}
        </Group>
      </Radio.Group>
      {registered.length > 0 && (
        <Select
          label={t("orders.placeSite")}
          description={t("orders.placeSiteHelp")}
          data={[...registered.map((one) => ({ value: one.id, label: `${one.name}, ${one.address}` })), { value: "", label: t("orders.placeOther") }]}
          value={draft.site ?? null}
          onChange={choose}
          searchable
          allowDeselect={false}
          required
          error={fieldText(t, problem, "/place/site")}
        />
      )}
      {draft.kind && draft.kind !== "home" && worded && (
        <TextInput label={t("orders.placeName")} value={draft.name ?? ""} onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })} maxLength={200} required error={fieldText(t, problem, "/place/name")} />
      )}
      {draft.kind && worded && (
        <TextInput
          label={t("orders.address")}
          description={draft.kind === "home" ? t("orders.addressHome") : undefined}
          value={draft.address ?? ""}
          onChange={(event) => onChange({ ...draft, address: event.currentTarget.value })}
          maxLength={200}
          required={draft.kind !== "home"}
          error={fieldText(t, problem, "/place/address")}
        />
      )}
      {draft.kind === "hotel" && (
        <Group align="flex-end">
          <NativeSelect
            label={t("orders.payerHead")}
            value={draft.payer ?? ""}
            onChange={(event) => onChange({ ...draft, payer: payers.find((one) => one === event.currentTarget.value) })}
            data={[{ value: "", label: t("orders.payerOpen") }, ...payers.map((value) => ({ value, label: t(`orders.payer.${value}`) }))]}
          />
          <NumberInput label={t("orders.dailyPrice")} min={0} max={100_000_000} allowDecimal={false} thousandSeparator="." decimalSeparator="," value={draft.dailyPrice ?? ""} onChange={(price) => onChange({ ...draft, dailyPrice: typeof price === "number" ? price : undefined })} error={fieldText(t, problem, "/place/dailyPrice")} />
        </Group>
      )}
      {draft.kind && (
        <UnitSelect
          label={t("orders.placeUnit")}
          description={t("orders.placeUnitHelp")}
          value={draft.unit}
          onChange={(unit) => onChange({ ...draft, unit })}
          error={fieldText(t, problem, "/place/unit")}
        />
      )}
    </>
  );
}
