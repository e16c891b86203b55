"""The monitor's API, as programs of others read it."""

import json
from pathlib import Path

import requests
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from prometheus_client.openmetrics.parser import text_string_to_metric_families

SCHEMAS = Path(__file__).resolve().parents[2] / "schema"


def get(monitored, path, **headers):
    url, authorization = monitored
    answer = requests.get(url + path, headers={**authorization, **headers}, timeout=60)
    answer.raise_for_status()
    return answer


def test_prometheus_reads_the_metrics(monitored):
    accept = "application/openmetrics-text; version=1.0.0; charset=utf-8"
    answer = get(monitored, "/metrics", Accept=accept)
    assert answer.headers["content-type"] == accept
    families = {family.name: family for family in text_string_to_metric_families(answer.text)}
    out = {s.labels["label"]: s.value for s in families["stemma_process_items_out"].samples if s.name.endswith("_total")}
    assert out == {"Rows": 200, 'Draw "images" \\ ä': 200, "Even": 100, "Batch": 10, "Train": 0}
    assert {family.type for family in families.values()} <= {"info", "gauge", "counter", "summary", "histogram"}
    # Each process has one value of each kind: a second one would be refused by a server.
    for family in families.values():
        names = [(s.name, tuple(sorted(s.labels.items()))) for s in family.samples]
        assert len(names) == len(set(names)), family.name


def test_the_description_is_valid_openapi(monitored):
    published = json.loads((SCHEMAS / "openapi.json").read_text())
    assert list(OpenAPIV31SpecValidator(published).iter_errors()) == []
    assert get(monitored, "/openapi.json").json() == published


def test_the_document_is_valid_for_another_validator(monitored):
    schema = json.loads((SCHEMAS / "provenance.schema.json").read_text())
    document = get(monitored, "/document").json()
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
    assert Draft202012Validator(schema).is_valid({**document, "processes": 1}) is False


def test_the_schemas_are_valid_themselves():
    for file in SCHEMAS.glob("*.schema.json"):
        Draft202012Validator.check_schema(json.loads(file.read_text()))
