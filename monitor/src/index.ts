export { type Connection, type ConnectOptions, monitor, type RunningMonitor } from './monitor';
export type { MonitorOptions, TlsOptions } from './options';
export type * from './api/types';
