// Lists by cursor: one hook for all of them, and one reading of those that a page needs whole.
import { keepPreviousData, useInfiniteQuery, type QueryKey } from "@tanstack/react-query";

import type { Page } from "./client";

export interface Listing<T> {
  rows: T[];
  loading: boolean;
  /** True while rows of an older filter are still shown. */
  stale: boolean;
  error: unknown;
  retry: () => void;
  more?: () => void;
  loadingMore: boolean;
}

/** Asked for once: not anew when it is looked at again or the network is back. */
export const readOnce = { staleTime: Infinity, refetchOnReconnect: false } as const;

export function usePages<T>(key: QueryKey, load: (cursor: string | undefined) => Promise<Page<T>>, enabled = true, how: Partial<typeof readOnce> = {}): Listing<T> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled,
    ...how,
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.items) ?? [],
    loading: query.isLoading,
    stale: query.isPlaceholderData,
    error: query.error,
    retry: () => void query.refetch(),
    ...(query.hasNextPage ? { more: () => void query.fetchNextPage() } : {}),
    loadingMore: query.isFetchingNextPage,
  };
}

/** Of a list that the page itself filters and sorts. */
export async function everyPage<T>(load: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await load(cursor);
    rows.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return rows;
}
