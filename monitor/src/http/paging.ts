export interface PageQuery {
  offset: number;
  limit: number;
}

/** One page of a list. `url`: what was asked for. */
export function pageOf<T>(items: readonly T[], { offset, limit }: PageQuery, url: string) {
  const end = offset + limit;
  return {
    items: items.slice(offset, end),
    total: items.length,
    offset,
    limit,
    next: end < items.length ? withOffset(url, end) : null,
  };
}

function withOffset(url: string, offset: number): string {
  const parsed = new URL(url, 'http://localhost');
  parsed.searchParams.set('offset', String(offset));
  return parsed.pathname + parsed.search;
}
