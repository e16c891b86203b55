"""JupyterLab's side panel of Stemma, as a prebuilt extension."""


def _jupyter_labextension_paths():
    return [{"src": "labextension", "dest": "jupyterlab-stemma"}]
