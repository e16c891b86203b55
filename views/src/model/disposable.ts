/** Something that holds on to others until it is disposed. JupyterLab's `IDisposable` fits it. */
export interface IDisposable {
  readonly isDisposed: boolean;
  /** Let go of everything. Idempotent. */
  dispose(): void;
}
