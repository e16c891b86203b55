import type { Replies, RequestMessage, RequestName } from 'stemma-document';
import type { HostedSession } from 'stemma/host';

/**
 * How the thread of the cells serves each request of a page; the session is null while nothing has loaded the library.
 */
const HANDLERS: { readonly [Name in RequestName]: Handler<Name> } = {
  document: (session) => ({ document: session?.document() ?? null }),
};

type Handler<Name extends RequestName> = (
  session: HostedSession | null,
  request: Extract<RequestMessage, { type: Name }>,
) => Replies[Name];

/** The reply to a request. Throws what its handler throws. */
export function replyTo<Name extends RequestName>(
  session: HostedSession | null,
  request: Extract<RequestMessage, { type: Name }>,
): Replies[Name] {
  return (HANDLERS[request.type] as Handler<Name>)(session, request);
}
