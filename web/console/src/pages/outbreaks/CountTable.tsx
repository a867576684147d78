// A small table of counts. It is not walked with keys: those belong to the list of cases.
import { Table } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  caption: string;
  head: readonly string[];
  rows: readonly { key: string; name: ReactNode; counts: readonly number[] }[];
}

export function CountTable({ caption, head, rows }: Props) {
  return (
    <Table captionSide="top" mt="sm">
      <Table.Caption>{caption}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          {head.map((one, i) => (
            <Table.Th key={one} ta={i === 0 ? "left" : "right"}>
              {one}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.key}>
            <Table.Th scope="row" fw={400}>
              {row.name}
            </Table.Th>
            {row.counts.map((count, i) => (
              <Table.Td key={i} ta="right">
                {count}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
