import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { JSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import { ProvenanceClient, type Channel, type ChannelEvents } from '../client/client';
import type { ProvenanceStore } from '../model/store';
import { COMM_TARGET, FEATURE, KERNEL_NAME, PROTOCOL_VERSION } from './names';

/** How long a kernel may take to answer before the comm is opened anew: what is sent to a kernel that is about to die, or just starts, is lost. */
const ANSWER_TIMEOUT_MS = 4000;

/**
 * Keeps one store in step with the kernel of one session, whatever happens to that kernel.
 *
 * Life cycle: follows the session context until `dispose`. For each life of a kernel that speaks Stemma there is one client. A restart from this tab shows as a
 * status; a restart from elsewhere only as another session id in the headers of the kernel's messages.
 */
export class KernelLink implements IDisposable {
  constructor(context: ISessionContext, store: ProvenanceStore) {
    this._context = context;
    this._store = store;
    context.kernelChanged.connect(this._onKernelChanged, this);
    context.statusChanged.connect(this._onStatus, this);
    context.connectionStatusChanged.connect(this._onConnectionStatus, this);
    context.iopubMessage.connect(this._onIopub, this);
    // The last moment at which the kernel can be told.
    context.disposed.connect(() => this.dispose(), this);
    window.addEventListener('pagehide', this._onPageHide);
    void this._connect();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Null while no kernel that records is connected. */
  get client(): ProvenanceClient | null {
    return this._client;
  }

  /** Whether the page shows this notebook's provenance: else the kernel is asked to send nothing. */
  set isShown(value: boolean) {
    this._isShown = value;
    if (value) {
      this._client?.resume();
    } else {
      this._client?.pause();
    }
  }

  /** Ids of the artifacts whose samples are on show. */
  set watched(artifacts: readonly string[]) {
    this._watched = artifacts;
    this._client?.watch(artifacts);
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
      window.removeEventListener('pagehide', this._onPageHide);
      this._drop(false);
    }
  }

  /** The page goes away: a kernel that is not told would send to it for ever. */
  private readonly _onPageHide = (): void => this._drop(false);

  private async _connect(): Promise<void> {
    const attempt = ++this._attempt;
    const kernel = this._context.session?.kernel ?? null;
    if (!kernel) {
      this._store.setConnection({ state: 'no-kernel' });
      return;
    }
    this._store.setConnection({ state: 'connecting' });
    let supported: boolean;
    try {
      supported = isSupported(await kernel.info, kernel);
    } catch {
      // The kernel died before it answered: its status says the rest.
      return;
    }
    if (this._isDisposed || attempt !== this._attempt) {
      return;
    }
    if (!supported || !kernel.handleComms) {
      this._store.clear();
      this._store.setConnection({ state: 'unsupported', kernel: this._context.kernelDisplayName });
      return;
    }
    this._client = new ProvenanceClient({
      store: this._store,
      open: (events) => openChannel(kernel, events),
      onLost: (error) => {
        this._client = null;
        this._store.markStale();
        this._store.setConnection(error === null ? { state: 'disconnected' } : { state: 'refused', reason: error });
      },
    });
    this._client.watch(this._watched);
    if (!this._isShown) {
      this._client.pause();
    }
    this._expectAnswer(this._client, 0);
  }

  /** Forget the client. `silent`: its kernel is gone. */
  private _drop(silent: boolean): void {
    this._attempt++;
    clearTimeout(this._timer);
    this._client?.dispose(silent);
    this._client = null;
    this._session = null;
  }

  private _onKernelChanged(_: ISessionContext, change: { newValue: unknown; oldValue: unknown }): void {
    // A restart emits this with the same kernel on both sides.
    if (change.newValue !== null && change.newValue === change.oldValue) {
      this._connectAgain();
      return;
    }
    this._drop(true);
    this._store.clear();
    void this._connect();
  }

  private _onStatus(_: ISessionContext, status: Kernel.Status): void {
    switch (status) {
      case 'restarting':
      case 'autorestarting':
        this._drop(true);
        this._store.markStale();
        this._store.setConnection({ state: 'restarting' });
        break;
      case 'dead':
        this._drop(true);
        this._store.markStale();
        this._store.setConnection({ state: 'dead' });
        break;
      case 'starting':
      case 'idle':
      case 'busy':
        this._connectAgain();
        break;
      default:
        break;
    }
  }

  /** The kernel is back. Which sign of it comes first, or at all, depends on who restarted it. */
  private _connectAgain(): void {
    const { state } = this._store.connection;
    if (state === 'restarting' || state === 'dead') {
      void this._connect();
    }
  }

  private _onConnectionStatus(_: ISessionContext, status: Kernel.ConnectionStatus): void {
    const client = this._client;
    if (!client) {
      if (status === 'connected') {
        this._connectAgain();
      }
      return;
    }
    if (status !== 'connected') {
      this._store.setConnection({ state: 'disconnected' });
    } else if (this._store.connection.state === 'disconnected') {
      client.resync();
      this._expectAnswer(client, Date.now());
    }
  }

  /** Open another comm if the kernel sends nothing after this moment. */
  private _expectAnswer(client: ProvenanceClient, afterMs: number): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => {
      if (this._client === client && client.heardAtMs <= afterMs) {
        this._reopen();
      }
    }, ANSWER_TIMEOUT_MS);
  }

  private _onIopub(_: ISessionContext, message: KernelMessage.IMessage): void {
    const { session } = message.header;
    if (this._client && session !== '') {
      if (this._session !== null && session !== this._session) {
        this._reopen();
      }
      this._session = session;
    }
  }

  /** The kernel was restarted from elsewhere: what is shown is history, and a new comm is needed. */
  private _reopen(): void {
    this._drop(true);
    this._store.markStale();
    void this._connect();
  }

  private readonly _context: ISessionContext;
  private readonly _store: ProvenanceStore;
  private _client: ProvenanceClient | null = null;
  private _watched: readonly string[] = [];
  /** Session id in the headers of the kernel's messages. */
  private _session: string | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _attempt = 0;
  private _isShown = true;
  private _isDisposed = false;
}

/** A kernel says so itself; by its name, where it is too old to say. */
function isSupported(info: KernelMessage.IInfoReply, kernel: Kernel.IKernelConnection): boolean {
  const { supported_features: features } = info as { supported_features?: readonly string[] };
  return features?.includes(FEATURE) === true || kernel.name === KERNEL_NAME;
}

function openChannel(kernel: Kernel.IKernelConnection, events: ChannelEvents): Channel {
  const comm = kernel.createComm(COMM_TARGET);
  comm.onMsg = (message) => events.onMessage(message.content.data, message.buffers ?? []);
  comm.onClose = (message) => {
    const { error } = message.content.data as { error?: unknown };
    events.onClose(typeof error === 'string' ? error : null);
  };
  comm.open({ protocol: PROTOCOL_VERSION });
  return {
    send: (message) => {
      if (!comm.isDisposed && !kernel.isDisposed) {
        comm.send(message as unknown as JSONObject);
      }
    },
    close: () => {
      if (!comm.isDisposed && !kernel.isDisposed && kernel.status !== 'dead') {
        comm.close();
      }
    },
  };
}
