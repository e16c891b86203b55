import { KernelMessage, type Kernel } from '@jupyterlab/services';
import { UUID, type JSONObject } from '@lumino/coreutils';
import type { Channel, ChannelEvents } from 'stemma-views';
import { COMM_TARGET } from '../lab/names';

/**
 * Open a comm to the recorder. JupyterLab lets only the first connection to a kernel make comms, and a notebook that
 * shares its kernel with another, or with a console, has a later one; the messages of comms pass through every
 * connection.
 */
export function openChannel(kernel: Kernel.IKernelConnection, hello: JSONObject, events: ChannelEvents): Channel {
  const id = UUID.uuid4();
  const send = (msgType: 'comm_open' | 'comm_msg' | 'comm_close', content: JSONObject): void => {
    if (!kernel.isDisposed && kernel.status !== 'dead') {
      const { username, clientId: session } = kernel;
      const message = { msgType, channel: 'shell', username, session, content: { comm_id: id, ...content } };
      // The types of the three differ in nothing but their content.
      const options = message as KernelMessage.IOptions<KernelMessage.ICommMsgMsg<'shell'>>;
      kernel.sendShellMessage(KernelMessage.createMessage(options));
    }
  };
  const receive = (_: unknown, message: KernelMessage.IMessage): void => {
    if (KernelMessage.isCommMsgMsg(message) && message.content.comm_id === id) {
      events.onMessage(message.content.data, message.buffers ?? []);
    } else if (KernelMessage.isCommCloseMsg(message) && message.content.comm_id === id) {
      kernel.iopubMessage.disconnect(receive);
      const { error } = message.content.data;
      events.onClose(typeof error === 'string' ? error : null);
    }
  };
  kernel.iopubMessage.connect(receive);
  send('comm_open', { target_name: COMM_TARGET, data: hello });
  return {
    send: (message) => send('comm_msg', { data: message as unknown as JSONObject }),
    close: (silent) => {
      kernel.iopubMessage.disconnect(receive);
      if (!silent) {
        send('comm_close', { data: {} });
      }
    },
  };
}
