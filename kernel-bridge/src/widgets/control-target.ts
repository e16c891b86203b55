/**
 * https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md#the-jupyterwidgetcontrol-comm-target
 */
export const CONTROL_TARGET = 'jupyter.widget.control';
