import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage, Session } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import {
  type DocumentSink,
  type DocumentSource,
  Emitter,
  type Preferences,
  ProvenanceClient,
  type ProvenanceDocument,
} from 'stemma-views';
import { ReplyTimer } from './reply-timer';
import { openChannel } from './comm-channel';
import { FEATURE, KERNEL_NAME, PROTOCOL_VERSION } from '../lab/names';

/**
 * Reports what the kernel of one session records, whatever happens to that kernel.
 *
 * Life cycle: follows the session context from `connect` to `dispose`. For each life of a kernel that speaks Stemma
 * there is one client. A restart from this tab shows as a status; a restart from elsewhere only as another session id
 * in the headers of the kernel's messages. The kernel sends what changes only while a view is on the screen and the
 * person wants to follow it live.
 */
export class KernelSource implements DocumentSource {
  constructor(
    private readonly _context: ISessionContext,
    private readonly _preferences: Preferences,
  ) {}

  connect(sink: DocumentSink): void {
    const context = this._context;
    this._sink = sink;
    context.kernelChanged.connect(this._onKernelChanged, this);
    context.sessionChanged.connect(this._onSessionChanged, this);
    context.statusChanged.connect(this._onStatus, this);
    context.connectionStatusChanged.connect(this._onConnectionStatus, this);
    context.iopubMessage.connect(this._onIopub, this);
    // The last chance to send the kernel anything.
    context.disposed.connect(() => this.dispose(), this);
    window.addEventListener('pagehide', this._onPageHide);
    this._stopFollowing = this._preferences.changed.on(() => this._follow());
    void this._connect();
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** A kernel that records was connected. */
  readonly connected = new Emitter<void>();

  /** Null while no kernel that records is connected. */
  get client(): ProvenanceClient | null {
    return this._client;
  }

  setShown(isShown: boolean): void {
    this._isShown = isShown;
    this._follow();
  }

  watch(artifacts: readonly string[]): void {
    this._watched = artifacts;
    this._client?.watch(artifacts);
  }

  /** What the kernel knows; null once its session has ended. */
  async document(): Promise<ProvenanceDocument | null> {
    return this._client && !this._sink.isStale ? (await this._client.request('document', {})).document : null;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      Signal.clearData(this);
      this.connected.clear();
      this._stopFollowing?.();
      window.removeEventListener('pagehide', this._onPageHide);
      this._drop(false);
    }
  }

  /** Let the kernel send what changes, or ask it to pause. */
  private _follow(): void {
    const isFollowing = this._isShown && this._preferences.current.live;
    if (isFollowing === this._isFollowing) {
      return;
    }
    this._isFollowing = isFollowing;
    const client = this._client;
    if (client && isFollowing) {
      client.resume();
      this._expectReply(client, Date.now());
    } else if (client) {
      this._reply.stop();
      client.pause();
      // A paused kernel does not say when it is free again.
      this._sink.setKernel({ cell: null, busySinceMs: null, blockedSinceMs: null });
    }
  }

  /** The page goes away: without this, the kernel would send to it forever. */
  private readonly _onPageHide = (): void => this._drop(false);

  private async _connect(): Promise<void> {
    const attempt = ++this._attempt;
    const kernel = this._context.session?.kernel ?? null;
    if (!kernel) {
      // JupyterLab gives up a dead kernel a moment later: how it ended remains worth knowing.
      if (this._sink.connection.state !== 'dead') {
        this._sink.setConnection({ state: 'no-kernel' });
      }
      return;
    }
    this._sink.setConnection({ state: 'connecting' });
    let supported: boolean;
    try {
      supported = isSupported(await kernel.info, kernel);
    } catch {
      // The kernel died before it replied: its status tells the rest.
      return;
    }
    if (this._isDisposed || attempt !== this._attempt) {
      return;
    }
    if (!supported) {
      this._sink.clear();
      this._sink.setConnection({ state: 'unsupported', kernel: this._context.kernelDisplayName });
      return;
    }
    const paused = !this._isFollowing;
    this._client = new ProvenanceClient({
      sink: this._sink,
      paused,
      open: (events) => openChannel(kernel, { protocol: PROTOCOL_VERSION, paused }, events),
      onLost: (error) => this._onLost(error),
    });
    this._client.watch(this._watched);
    if (!paused) {
      this._expectReply(this._client, 0);
    }
    this.connected.emit();
  }

  /** The kernel closed the comm: permanently where it gives a reason. */
  private _onLost(error: string | null): void {
    this._drop(true);
    this._sink.markStale();
    if (error !== null) {
      this._sink.setConnection({ state: 'refused', reason: error });
    } else {
      this._sink.setConnection({ state: 'disconnected' });
      this._reply.retryLater(() => void this._connect());
    }
  }

  /** Forget the client. `silent`: its kernel is gone. */
  private _drop(silent: boolean): void {
    this._attempt++;
    this._reply.stop();
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
    this._isTerminating = false;
    if (change.newValue !== null && change.oldValue !== null) {
      this._sink.clear();
    } else {
      // It was shut down, or is there again: what is shown is history.
      this._sink.markStale();
    }
    void this._connect();
  }

  private _onSessionChanged(context: ISessionContext, change: { newValue: Session.ISessionConnection | null }): void {
    // A kernel that was shut down from elsewhere takes its session with it.
    if (change.newValue === null) {
      this._onKernelChanged(context, { newValue: null, oldValue: null });
    }
  }

  private _onStatus(_: ISessionContext, status: Kernel.Status): void {
    switch (status) {
      case 'restarting':
      case 'autorestarting':
        this._drop(true);
        this._sink.markStale();
        this._sink.setConnection({ state: 'restarting' });
        break;
      case 'terminating':
        this._isTerminating = true;
        break;
      case 'dead':
        this._drop(true);
        this._sink.markStale();
        this._sink.setConnection({ state: this._isTerminating ? 'no-kernel' : 'dead' });
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
    const { state } = this._sink.connection;
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
      this._sink.setConnection({ state: 'disconnected' });
    } else if (this._sink.connection.state === 'disconnected') {
      if (this._isFollowing) {
        client.resync();
        this._expectReply(client, Date.now());
      } else {
        this._sink.setConnection({ state: 'connecting' });
      }
    }
  }

  /** Open another comm if the kernel sends nothing after this moment. */
  private _expectReply(client: ProvenanceClient, afterMs: number): void {
    this._reply.expect(
      () => client.heardAtMs > afterMs,
      () => this._reopen(false),
    );
  }

  private _onIopub(_: ISessionContext, message: KernelMessage.IMessage): void {
    const { session } = message.header;
    if (this._client && session !== '') {
      if (this._session !== null && session !== this._session) {
        this._reopen(true);
      }
      this._session = session;
    }
  }

  /** The kernel was restarted from elsewhere, or does not reply: what is shown is history, and a new comm is needed. */
  private _reopen(silent: boolean): void {
    this._drop(silent);
    this._sink.markStale();
    void this._connect();
  }

  private _sink!: DocumentSink;
  private _stopFollowing: (() => void) | null = null;
  private _client: ProvenanceClient | null = null;
  private _watched: readonly string[] = [];
  /** Session id in the headers of the kernel's messages. */
  private _session: string | null = null;
  private readonly _reply = new ReplyTimer();
  private _attempt = 0;
  private _isShown = false;
  private _isFollowing = false;
  /** A person has asked for the end of the kernel. */
  private _isTerminating = false;
  private _isDisposed = false;
}

/** By the features that the kernel announces; by its name, where it is too old to announce them. */
function isSupported(info: KernelMessage.IInfoReply, kernel: Kernel.IKernelConnection): boolean {
  const { supported_features: features } = info as { supported_features?: readonly string[] };
  return features?.includes(FEATURE) === true || kernel.name === KERNEL_NAME;
}
