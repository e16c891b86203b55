"""Chain 6 in Python: photographs.py LIBRARY FOLDER. For each line on standard input it runs the pipeline once and prints
{"ms": ..., "cpuMs": ..., "answer": ...}, the answer being the number of batches and the shape of the first."""

import glob
import json
import os
import sys
import time

SIZE = 224
BATCH = 32


def tf_data(files, antialias):
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import tensorflow as tf

    def load(path):
        image = tf.io.decode_jpeg(tf.io.read_file(path), channels=3)
        image = tf.image.resize(image, [SIZE, SIZE], antialias=antialias)
        return tf.transpose(image, [2, 0, 1]) / 255.0

    dataset = (
        tf.data.Dataset.from_tensor_slices(files)
        .map(load, num_parallel_calls=tf.data.AUTOTUNE)
        .batch(BATCH)
        .prefetch(tf.data.AUTOTUNE)
    )
    return lambda: (batch.shape for batch in dataset)


def grain_pillow(files):
    import grain
    import numpy as np
    from PIL import Image

    def load(path):
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB").resize((SIZE, SIZE), Image.BILINEAR))
        return np.ascontiguousarray(pixels.transpose(2, 0, 1), dtype=np.float32) / np.float32(255)

    dataset = grain.MapDataset.source(files).map(load).batch(BATCH)
    options = grain.ReadOptions(num_threads=4, prefetch_buffer_size=128)
    return lambda: (batch.shape for batch in dataset.to_iter_dataset(options))


LIBRARIES = {
    "tf.data": lambda files: tf_data(files, antialias=False),
    "tf.data-antialiased": lambda files: tf_data(files, antialias=True),
    "grain": grain_pillow,
}


def say(message):
    print(json.dumps(message), flush=True)


def main():
    library, folder = sys.argv[1:]
    run = LIBRARIES[library](sorted(glob.glob(os.path.join(folder, "*.jpg"))))
    say({"ready": True})
    for _ in sys.stdin:
        start, cpu = time.perf_counter(), time.process_time()
        shapes = [list(shape) for shape in run()]
        ms, cpu_ms = (time.perf_counter() - start) * 1e3, (time.process_time() - cpu) * 1e3
        say({"ms": ms, "cpuMs": cpu_ms, "answer": [len(shapes), *shapes[0]]})


try:
    main()
except Exception as error:
    say({"error": f"{type(error).__name__}: {error}"})
