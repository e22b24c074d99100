# SPDX-FileCopyrightText: Corridor contributors
# SPDX-License-Identifier: Apache-2.0
"""The schemas of data/schemas, closed: a member that a schema does not name is an error here, so that
none appears without its description. Users' validators let new members pass."""
import json
import pathlib

import pytest

jsonschema = pytest.importorskip("jsonschema")
referencing = pytest.importorskip("referencing")

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "data" / "schemas"


def closed(schema):
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    names_all = schema.get("type") == "object" and "properties" in schema
    if names_all and "additionalProperties" not in schema and "if" not in schema:
        made["additionalProperties"] = False
    return made


def resource(path):
    return referencing.Resource.from_contents(closed(json.loads(path.read_text(encoding="utf-8"))))


def validator(name):
    registry = referencing.Registry().with_resources(
        (path.name, resource(path)) for path in FOLDER.glob("*.json"))
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    if name == "log":  # each event's own members are named under `then`
        return jsonschema.Draft202012Validator(schema, registry=registry)
    return jsonschema.Draft202012Validator(closed(schema), registry=registry)


def check(document, name):
    problems = [f"{error.json_path}: {error.message[:300]}"
                for error in validator(name).iter_errors(document)]
    assert not problems, (name, problems[:5])
