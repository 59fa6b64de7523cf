"""Writes settings.toml: what a person chose, without losing what a helper wrote there."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from mit.errors import SettingsError
from mit.home import Home, make_folder
from mit.settings import MAX_FILE, parse_settings

Value = str | bool | int | float | None
"""What a key is set to; None takes it out, so that its default holds again."""

HEADER = "# The settings of mit. Set up again: mit setup\n"


def save_settings(home: Home, changes: Mapping[str, Value]) -> None:
    """Set keys as the file holds them (`low` in words); comments and other keys stay. Readable by its owner alone.

    The file is replaced whole or not at all. Raises SettingsError for a value that cannot be, a file that cannot be
    read or written, and StoreError where the folder cannot be used.
    """
    make_folder(home.root)
    text = changed(_read(home.settings), changes)
    parse_settings(text)
    write_whole(home.settings, text)


def changed(text: str, changes: Mapping[str, Value]) -> str:
    """The text of a settings file with some keys changed. Raises SettingsError where it is no TOML."""
    wanted = {key: value for key, value in (_decoded(text) | dict(changes)).items() if value is not None}
    edited = text.removeprefix("\ufeff") or HEADER
    for key, value in changes.items():
        edited = _edited(edited, key, value)
    # A value that runs over several lines is not found line by line: then the file is written anew.
    return edited if _holds(edited, wanted) else HEADER + "".join(_line(*pair) for pair in wanted.items())


def write_whole(path: Path, text: str) -> None:
    """Replace a file by this text, whole or not at all, for its owner's eyes alone. Raises SettingsError."""
    aside = None
    try:
        handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mkstemp: its owner's alone
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError as fault:
        raise SettingsError(
            f"{path.name} cannot be written ({fault.strerror}).", "Check that the folder can be written to."
        ) from fault
    finally:
        if aside:
            Path(aside).unlink(missing_ok=True)


def _read(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            return file.read(MAX_FILE).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as fault:
        raise SettingsError(f"{path.name} cannot be read.", "Save it again as UTF-8 text, or remove it.") from fault


def _edited(text: str, key: str, value: Value) -> str:
    """The line of a key replaced, its comment kept; added at the end where there is none; taken out for None."""
    comment = r"(?P<comment>[ \t]+#[^\n\"']*)?"  # a quote would mean that the # stands in a value
    found = re.compile(rf"^[ \t]*{re.escape(key)}[ \t]*=[^\n]*?{comment}$\n?", re.MULTILINE)
    match = found.search(text)
    if match is None:
        return text if value is None else _ended(text) + _line(key, value)
    line = "" if value is None else _line(key, value).rstrip("\n") + (match["comment"] or "") + "\n"
    return text[: match.start()] + line + text[match.end() :]


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _line(key: str, value: Value) -> str:
    if isinstance(value, str):
        shown = json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML string
    else:
        shown = str(value).lower() if isinstance(value, bool) else f"{value:g}"
    return f"{key} = {shown}\n"


def _holds(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return _decoded(text) == wanted
    except SettingsError:
        return False


def _decoded(text: str) -> dict[str, Any]:
    try:
        return msgspec.toml.decode(text.removeprefix("\ufeff"), type=dict[str, Any])
    except msgspec.DecodeError as fault:
        raise SettingsError(f"The settings cannot be read: {fault}.", "Mend that line, or remove the file.") from fault
