"""The Bot API as somebody else has written it down: calls, answers and updates are checked by a JSON Schema.

It is made from npm @gramio/types when the test peer is installed. It knows no lengths; see `checks` for those.
"""

import fcntl
import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match

PEER = Path(__file__).parents[2] / "channel" / "peer"
FOLDER = Path(__file__).parents[3] / ".venv" / "bot_api"


def install() -> Path:
    """The folder with the peer and the schema, installed if it is not there; whoever asks meanwhile waits."""
    with (FOLDER.parent / "bot_api.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["sh", PEER / "install.sh"], check=True)
    return FOLDER


@cache
def _definitions() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((install() / "bot-api.schema.json").read_text(encoding="utf-8"))
    return schema["definitions"]


@cache
def _validator(reference: str) -> Draft7Validator:
    return Draft7Validator({"$ref": reference, "definitions": _definitions()})


def fault_of_call(method: str, fields: dict[str, Any]) -> str:
    """What is wrong with the fields of a call; empty = nothing. A file is (name, content)."""
    shaped = {name: _blob(value) if isinstance(value, tuple) else value for name, value in fields.items()}
    return _fault(f"#/definitions/Calls/properties/{method}", shaped)


def fault_of_answer(method: str, result: Any) -> str:
    return _fault(f"#/definitions/Answers/properties/{method}", result)


def fault_of_update(update: dict[str, Any]) -> str:
    return _fault("#/definitions/SentUpdate", update)


def _fault(reference: str, value: Any) -> str:
    error = best_match(_validator(reference).iter_errors(value))
    return f"{error.json_path}: {error.message}"[:500] if error else ""


def _blob(file: tuple[str, bytes]) -> dict[str, Any]:
    return {"size": len(file[1]), "type": "application/octet-stream"}
