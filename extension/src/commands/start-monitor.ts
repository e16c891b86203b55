import { Notification } from '@jupyterlab/apputils';
import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';

const CODE = `(await (await import('stemma-monitor')).monitor.start()).link`;

/** Start a monitor in the kernel, or find the running one, and offer its page. Returns the link, or null. */
export async function startMonitor(kernel: Kernel.IKernelConnection, trans: TranslationBundle): Promise<string | null> {
  try {
    const link = await evaluate(kernel, CODE);
    Notification.success(
      trans.__('The monitor listens on %1, reachable only from the kernel’s machine', new URL(link).host),
      {
        actions: [{ label: trans.__('Open'), callback: () => void window.open(link, '_blank', 'noopener') }],
        autoClose: false,
      },
    );
    return link;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isMissing = reason.includes("Cannot find module 'stemma-monitor'");
    Notification.error(
      isMissing
        ? trans.__('The monitor is not installed: run “npm install stemma-monitor” in the notebook’s project')
        : trans.__('Could not start the monitor: %1', reason),
    );
    return null;
  }
}

/** The text that an expression evaluates to, once the cells before it are done. */
async function evaluate(kernel: Kernel.IKernelConnection, code: string): Promise<string> {
  let text = '';
  const future = kernel.requestExecute({ code, store_history: false, stop_on_error: false });
  future.onIOPub = (message) => {
    if (message.header.msg_type === 'execute_result') {
      text = String((message.content as KernelMessage.IExecuteResultMsg['content']).data['text/plain']);
    }
  };
  const { content } = await future.done;
  if (content.status !== 'ok') {
    throw new Error(content.status === 'error' ? content.evalue : content.status);
  }
  return text.replace(/^'|'$/g, '');
}
