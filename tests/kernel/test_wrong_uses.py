"""A cell that uses the library wrongly is told first what to do, and nothing of it runs."""

import pytest

from test_cells import error_of

SETUP = """
import { centerCrop, Dataset, decodeImage, normalize, randomCrop, toFloat32 } from 'stemma';
const numbers = Dataset.range(20);
const files = Dataset.fromArray([{ path: 'a.png', label: 'a' }]);
const images = Dataset.fromArray([{ data: new Uint8Array(27), shape: [3, 3, 3] }]);
const records = images.map((image) => ({ image, label: 1 }));
"""
FLOATS = "expected float32 images: put toFloat32() before it, or decode with dtype: 'float32'"
IMAGES = "expected images, as decodeImage returns them; of records, name the fields: .on('image')"


@pytest.fixture(scope="module")
def uses(kernel):
    reply, _ = kernel.run(SETUP)
    assert reply["status"] == "ok", reply
    return kernel


@pytest.mark.parametrize("code, first", [
    ("images.map(normalize({ mean: 0, std: 1 }))", FLOATS),
    ("records.map(normalize({ mean: 0, std: 1 }).on('image'))", "expected records with float32 images in image"),
    ("records.map(centerCrop(4))", IMAGES),
    ("records.map(centerCrop(4).on('picture'))", "expected records with images in picture"),
    ("files.map(centerCrop(4))", IMAGES),
    ("records.randomMap(centerCrop(4).on('image'))", "it draws no random numbers: pass it to map"),
    ("images.randomMap(centerCrop(4))", "it draws no random numbers: pass it to map"),
    ("images.map(randomCrop(2))", "it draws random numbers: pass it to randomMap"),
    ("records.map(randomCrop(2).on('image'))", "it draws random numbers: pass it to randomMap"),
    ("numbers.shuffle(100)", "write shuffle({ bufferSize: 100 })"),
    ("numbers.batch(2, true)", "write batch(size, { dropRemainder: true })"),
    ("numbers.window(3, 1)", "write window(size, { shift: 1 })"),
    ("Dataset.fromCsv('a.csv', { types: { id: 'int' } })", """Type '"int"' is not assignable to type '"number" | "bigint" | "boolean" | "text" | "float" | "date" | DateColumn'"""),
    ("Dataset.fromCsv('a.csv', { delimeter: ';' })", "Object literal may only specify known properties, but 'delimeter' does not exist"),
    ("numbers.shuffle({ bufer: 3 })", "Object literal may only specify known properties, and 'bufer' does not exist"),
])
def test_the_first_line_says_what_to_do(uses, code, first):
    error = error_of(uses, code)
    assert error["ename"] == "TypeScriptError", error
    _, _, message = error["evalue"].partition(" - ")
    assert message.startswith(first), error["evalue"]


@pytest.mark.parametrize("code, message", [
    ("await (images as any).randomMap(centerCrop(2)).count()", "invalid function of randomMap: centerCrop draws no random numbers; pass it to map"),
    ("await (records as any).map(randomCrop(2).on('image')).count()", "invalid function of map: randomCrop draws random numbers; pass it to randomMap"),
])
def test_so_does_what_the_types_let_through(uses, code, message):
    assert error_of(uses, code)["evalue"] == message


def test_right_uses_run(uses):
    assert uses.value("(await images.map(toFloat32()).map(normalize({ mean: 0, std: 1 })).randomMap(randomCrop(2)).toArray())[0].shape") == "[ 3, 2, 2 ]"
    error = error_of(uses, "await files.map(decodeImage).toArray()")
    assert error["evalue"].startswith("map \"decodeImage\" failed at item 0") and "a.png" in error["evalue"], error["evalue"]
