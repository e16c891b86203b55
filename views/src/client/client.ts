import type { DocumentSink } from '../model/source';
import {
  type KernelMessage,
  type PageMessage,
  type Replies,
  type ReplyMessage,
  type RequestMessage,
  type RequestName,
  REQUESTS,
  type Requests,
} from 'stemma-document';
import { withThumbnails } from './buffers';
import { SequenceGuard } from './sequence';

/** One open comm. */
export interface Channel {
  send(message: PageMessage): void;
  /** Free the comm; the kernel is notified, unless it is gone. */
  close(silent: boolean): void;
}

/** What a channel reports. */
export interface ChannelEvents {
  onMessage(data: unknown, buffers: readonly (ArrayBuffer | ArrayBufferView)[]): void;
  /** The kernel closed it; `error` is its reason where it gave one. */
  onClose(error: string | null): void;
}

/** Opens a comm to the kernel, with `{protocol: 1}`, and `paused` where that is how it begins. */
export type OpenChannel = (events: ChannelEvents) => Channel;

const REPLY_TIMEOUT_MS = 30_000;

/**
 * Speaks the live protocol over one comm and reports what the kernel sends.
 *
 * Life cycle: the constructor opens the comm; the kernel replies with a snapshot, unless the client begins paused.
 * `dispose` closes it. A client is never reused: after a restart its owner disposes it and makes another.
 */
export class ProvenanceClient {
  constructor(options: ProvenanceClient.IOptions) {
    this._sink = options.sink;
    this._onLost = options.onLost;
    this._isPaused = options.paused ?? false;
    this._channel = options.open({
      onMessage: (data, buffers) => this._receive(data, buffers),
      onClose: (error) => {
        this._channel = null;
        this._rejectAll();
        this._onLost(error);
      },
    });
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** When the last message came, by the page's clock; 0 before the first. */
  get heardAtMs(): number {
    return this._heardAtMs;
  }

  /** Ask for the samples of these artifacts from now on. */
  watch(artifacts: readonly string[]): void {
    const list = [...artifacts].sort();
    if (list.join() !== this._watched.join()) {
      this._watched = list;
      this._send({ type: 'watch', artifacts: list });
    }
  }

  pause(): void {
    if (!this._isPaused) {
      this._isPaused = true;
      this._send({ type: 'pause' });
    }
  }

  resume(): void {
    if (this._isPaused) {
      this._isPaused = false;
      this._send({ type: 'resume' });
    }
  }

  resync(): void {
    this._send({ type: 'resync' });
  }

  /** What the kernel replies to a request. Rejects where it cannot serve it, does not reply in time, or goes away. */
  request<Name extends RequestName>(type: Name, parameters: Requests[Name]): Promise<Replies[Name]> {
    const request = `page-${++this._requests}`;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this._pending.delete(request);
        reject(new Error(`the kernel did not reply within ${REPLY_TIMEOUT_MS / 1000} s`));
      }, REPLY_TIMEOUT_MS);
      this._pending.set(request, { resolve: resolve as Pending['resolve'], reject, timer });
      this._send({ type, request, ...parameters } as RequestMessage);
    });
  }

  /** Idempotent. `silent`: the kernel is gone, tell it nothing. */
  dispose(silent = false): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._channel?.close(silent);
    this._channel = null;
    this._rejectAll();
  }

  private _receive(data: unknown, buffers: readonly (ArrayBuffer | ArrayBufferView)[]): void {
    if (this._isDisposed || !isKernelMessage(data)) {
      return;
    }
    this._heardAtMs = Date.now();
    this._sink.noteClock(data.createdMs);
    if (data.type === 'status') {
      // It carries the number of the message before, and stands for itself.
      this._sink.setKernel({ cell: data.cell, busySinceMs: data.busySinceMs, blockedSinceMs: data.blockedSinceMs });
      return;
    }
    if (this._sequence.check(data) === 'gap') {
      if (!this._isPaused) {
        this.resync();
      }
      // Replies to a request are complete; only patches and samples build on earlier messages.
      if (!isReply(data) && data.type !== 'error') {
        return;
      }
    }
    if (isReply(data)) {
      this._settle(data.request, (pending) => pending.resolve(data));
      return;
    }
    switch (data.type) {
      case 'snapshot':
        this._sink.setConnection({ state: 'live' });
        this._sink.replace(data.document);
        break;
      case 'patch':
        this._sink.apply(data);
        break;
      case 'samples':
        this._sink.setSamples(data.artifact, withThumbnails(data, buffers));
        break;
      case 'error':
        if (data.request !== null) {
          this._settle(data.request, (pending) => pending.reject(new Error(data.message)));
        }
        break;
    }
  }

  private _settle(request: string, how: (pending: Pending) => void): void {
    const pending = this._pending.get(request);
    if (pending) {
      clearTimeout(pending.timer);
      this._pending.delete(request);
      how(pending);
    }
  }

  private _rejectAll(): void {
    for (const request of [...this._pending.keys()]) {
      this._settle(request, (pending) => pending.reject(new Error('the connection to the kernel was closed')));
    }
  }

  private _send(message: PageMessage): void {
    this._channel?.send(message);
  }

  private readonly _sink: DocumentSink;
  private readonly _onLost: (error: string | null) => void;
  private readonly _sequence = new SequenceGuard();
  private readonly _pending = new Map<string, Pending>();
  private _channel: Channel | null = null;
  private _watched: string[] = [];
  private _isPaused: boolean;
  private _isDisposed = false;
  private _requests = 0;
  private _heardAtMs = 0;
}

/** Options of {@link ProvenanceClient}. */
export namespace ProvenanceClient {
  export interface IOptions {
    sink: DocumentSink;
    /** Whether the kernel was asked to send nothing yet. */
    paused?: boolean;
    open: OpenChannel;
    /** The kernel closed the comm. */
    onLost(error: string | null): void;
  }
}

interface Pending {
  resolve(reply: Replies[RequestName]): void;
  reject(reason: Error): void;
  timer: ReturnType<typeof setTimeout>;
}

const TYPES: ReadonlySet<string> = new Set<KernelMessage['type']>([
  'snapshot',
  'patch',
  'samples',
  'error',
  'status',
  ...(Object.keys(REQUESTS) as RequestName[]),
]);

/** Unknown types are ignored, as the protocol asks. The fields of a known type are the kernel's promise. */
function isKernelMessage(data: unknown): data is KernelMessage {
  if (typeof data !== 'object' || data === null) {
    return false;
  }
  const { type, seq } = data as { type?: unknown; seq?: unknown };
  return typeof type === 'string' && TYPES.has(type) && typeof seq === 'number';
}

function isReply(message: KernelMessage): message is ReplyMessage {
  return Object.hasOwn(REQUESTS, message.type);
}
