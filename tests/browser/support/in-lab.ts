import type { LabPage } from './lab-page';

/** What tests do to JupyterLab that its commands do not: a part of its own objects. */
export interface LabApp {
  notebook(): Notebook;
  context(): SessionContext;
  kernel(): Kernel;
  sessions(): { refreshRunning(): Promise<void>; shutdownAll(): Promise<void> };
  /** Session id in the headers of the kernel's latest message. */
  session(): string;
}

interface Notebook {
  sessionContext: SessionContext;
  context: { rename(name: string): Promise<void>; save(): Promise<void> };
  dispose(): void;
}

interface SessionContext {
  session: { kernel: Kernel } | null;
  changeKernel(model: { name: string }): Promise<unknown>;
  startKernel(): Promise<unknown>;
  shutdown(): Promise<void>;
}

interface Kernel {
  id: string;
  status: string;
  interrupt(): Promise<void>;
  _ws: { close(): void; send(data: unknown): void };
  _iopubMessage: { emit(message: unknown): void };
  requestCommInfo(content: { target_name: string }): Promise<{ content: { comms: object } }>;
  _createSocket: () => void;
  _kernelSession: string;
}

/** Calls a function in the page, with the notebook in front. It may refer to nothing but its argument. */
export async function inLab<T>(page: LabPage, action: (app: LabApp) => T | Promise<T>): Promise<T> {
  const result = await page.page.evaluate(`(async () => {
    const notebook = () => window.jupyterapp.shell.currentWidget;
    const context = () => notebook().sessionContext;
    const kernel = () => context().session.kernel;
    const sessions = () => window.jupyterapp.serviceManager.sessions;
    const session = () => kernel()._kernelSession;
    const result = await (${action.toString()})({ notebook, context, kernel, sessions, session });
    return typeof result === 'string' || typeof result === 'number' ? result : undefined;
  })()`);
  return result as T;
}
