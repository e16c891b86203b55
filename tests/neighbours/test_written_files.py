"""Files that the library writes, in the hands of the programs that read such files."""

import hashlib
import io
import json
import subprocess
from pathlib import Path

import duckdb
import numpy
import pandas
import pyarrow
import pyarrow.csv
import pyarrow.feather
import pyarrow.parquet
import pytest
import webdataset
from conftest import ROOT, node
from crc32c import crc32c
from PIL import Image
from tfrecord.reader import tfrecord_loader

ROWS = 3000
NUMBERS = list(range(ROWS))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the same rows in every format."""
    folder = tmp_path_factory.mktemp("written")
    subprocess.run([node(), str(ROOT / "tests" / "neighbours" / "written.mjs"), str(folder)], cwd=ROOT, check=True)
    return folder


def text_of(n):
    return f'quoted "{n}",\nin two lines é 😀' if n % 7 == 0 else f"row {n}"


def check_rows(table):
    """The columns that all formats have, as a data frame of pandas."""
    assert table["n"].tolist() == NUMBERS
    assert table["half"].tolist() == [n / 2 for n in NUMBERS]
    assert [int(big) for big in table["big"]] == [2**60 + n for n in NUMBERS]
    assert table["text"].tolist() == [text_of(n) for n in NUMBERS]
    assert table["flag"].tolist() == [n % 2 == 0 for n in NUMBERS]
    assert table["gap"].isna().tolist() == [n % 3 == 0 for n in NUMBERS]
    assert table["gap"].dropna().tolist() == [n for n in NUMBERS if n % 3 != 0]


def check_nested(table):
    check_rows(table)
    assert table["at"].dt.tz_localize(None).tolist()[:2] == [
        pandas.Timestamp("2024-01-01"), pandas.Timestamp("2024-01-01 00:00:01"),
    ]
    assert [list(each) for each in table["list"]] == [[n, 0.5] for n in NUMBERS]
    assert [(each["x"], list(each["tags"])) for each in table["box"]] == [(n, ["a", str(n)]) for n in NUMBERS]


def test_hashes_are_those_of_the_files(folder):
    for written in json.loads((folder / "written.json").read_text()):
        path = Path(written["path"])
        if path.is_dir():
            continue
        content = path.read_bytes()
        assert written["bytes"] == len(content)
        assert written["sha256"] == hashlib.sha256(content).hexdigest()
        assert written["md5"] == hashlib.md5(content).hexdigest()


def test_folder_has_the_hash_of_dvc(folder):
    written = json.loads((folder / "written.json").read_text())[-1]
    paths = sorted(path for path in (folder / "images").rglob("*") if path.is_file())
    entries = [
        {"md5": hashlib.md5(path.read_bytes()).hexdigest(), "relpath": path.relative_to(folder / "images").as_posix()}
        for path in paths
    ]
    assert written["md5"] == hashlib.md5(json.dumps(entries, sort_keys=True).encode()).hexdigest() + ".dir"


@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz"])
def test_csv_in_pandas(folder, name):
    check_rows(pandas.read_csv(folder / name))


@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz"])
def test_csv_in_pyarrow(folder, name):
    options = pyarrow.csv.ParseOptions(newlines_in_values=True)
    check_rows(pyarrow.csv.read_csv(folder / name, parse_options=options).to_pandas())


@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz"])
def test_csv_in_duckdb(folder, name):
    check_rows(duckdb.sql(f"select * from read_csv('{folder / name}')").df())


def test_json_lines_in_pandas(folder):
    table = pandas.read_json(folder / "rows.jsonl", lines=True)
    check_nested(table.assign(at=pandas.to_datetime(table["at"])))


def test_json_lines_in_duckdb(folder):
    check_rows(duckdb.sql(f"select n, half, big, text, flag, gap from read_json('{folder / 'rows.jsonl'}')").df())


def test_json_lines_in_python(folder):
    rows = [json.loads(line) for line in (folder / "rows.jsonl").read_text().splitlines()]
    assert rows[1]["box"] == {"x": 1, "tags": ["a", "1"]}
    assert rows[1]["big"] == 2**60 + 1


def test_parquet_in_pandas(folder):
    check_nested(pandas.read_parquet(folder / "rows.parquet"))


def test_parquet_in_duckdb(folder):
    check_rows(duckdb.sql(f"select n, half, big, text, flag, gap from '{folder / 'rows.parquet'}'").df())


def test_parquet_has_types_in_pyarrow(folder):
    schema = pyarrow.parquet.read_schema(folder / "rows.parquet")
    assert [str(schema.field(name).type) for name in ("n", "half", "big", "text", "flag", "bytes")] == [
        "int32", "double", "int64", "string", "bool", "binary",
    ]
    assert pyarrow.types.is_timestamp(schema.field("at").type)


def test_arrow_in_pyarrow(folder):
    check_nested(pyarrow.feather.read_table(folder / "rows.arrow").to_pandas())
    with pyarrow.ipc.open_file(folder / "rows.arrow") as file:
        assert sum(file.get_batch(i).num_rows for i in range(file.num_record_batches)) == ROWS


def test_arrow_in_pandas(folder):
    check_nested(pandas.read_feather(folder / "rows.arrow"))


def test_tf_record(folder):
    kinds = {"n": "int", "half": "float", "big": "int", "text": "byte", "flag": "int", "list": "int"}
    rows = list(tfrecord_loader(str(folder / "rows.tfrecord"), None, kinds))
    assert [row["n"][0] for row in rows] == NUMBERS
    assert [row["half"][0] for row in rows] == [n / 2 for n in NUMBERS]
    assert [row["big"][0] for row in rows] == [2**60 + n for n in NUMBERS]
    assert [bytes(row["text"]).decode() for row in rows] == [text_of(n) for n in NUMBERS]
    assert [list(row["list"]) for row in rows] == [[n, n + 1] for n in NUMBERS]


def test_tf_record_has_checksums(folder):
    def masked(data):
        crc = crc32c(data)
        return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF

    content, at, records = (folder / "rows.tfrecord").read_bytes(), 0, 0
    while at < len(content):
        length = int.from_bytes(content[at : at + 8], "little")
        data = content[at + 12 : at + 12 + length]
        assert int.from_bytes(content[at + 8 : at + 12], "little") == masked(content[at : at + 8])
        assert int.from_bytes(content[at + 12 + length : at + 16 + length], "little") == masked(data)
        at, records = at + length + 16, records + 1
    assert records == ROWS


def image_of(n):
    planes = numpy.array([(i * 9 + n) % 256 for i in range(27)], dtype=numpy.uint8).reshape(3, 3, 3)
    return planes.transpose(1, 2, 0)


def test_web_dataset(folder):
    samples = list(webdataset.WebDataset(str(folder / "images.tar"), shardshuffle=False).decode("rgb8"))
    assert [sample["__key__"] for sample in samples] == [f"{n:09}" for n in range(5)]
    for n, sample in enumerate(samples):
        assert sample["cls"] == n
        assert sample["json"] == {"n": n, "text": "é"}
        assert (sample["png"] == image_of(n)).all()
        assert (sample["npy"].transpose(1, 2, 0) == image_of(n)).all()


def test_folder_of_images(folder):
    for n in range(5):
        content = io.BytesIO((folder / "images" / f"{n}.png").read_bytes())
        assert (numpy.asarray(Image.open(content)) == image_of(n)).all()
