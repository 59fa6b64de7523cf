"""A small log for whoever helps: what happened and where, never who, what was practised, or where files lie.

Callers log plain sentences with numbers and names of our own types; what a fault itself says is left out, because it
may quote a phrase or a path.
"""

from __future__ import annotations

import io
import logging
import os
import time
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from mit.errors import StoreError
from mit.home import OWNER_FILE, Home, make_folder

MAX_BYTES = 256 * 1024
"""Size of one log file: some weeks of practice."""

OLDER_FILES = 1
"""Files kept besides the one that is written."""

LOGGER = "mit"
"""The root of all our loggers; other libraries' are left alone."""

Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class PrivateFormatter(logging.Formatter):
    """One line a record, in UTC; faults by kind and place only; the person's folders by a sign."""

    def __init__(self, hidden: dict[str, str]) -> None:
        super().__init__("%(asctime)s.%(msecs)03dZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime
        self._hidden = hidden

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # the text that another handler may have left there is not ours
        line = super().format(record)
        record.exc_text = None
        for text, sign in self._hidden.items():
            line = line.replace(text, sign)
        return line

    def formatException(self, ei: Fault) -> str:  # noqa: N802 - the library's name
        kind, _, trace = ei
        places = []
        while trace:
            code = trace.tb_frame.f_code
            places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return f"  {kind.__name__ if kind else 'fault'} in {' < '.join(reversed(places))}"


class PrivateFile(RotatingFileHandler):
    """A bounded log file that only its owner can read, and that never disturbs the screen."""

    def _open(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(open(self.baseFilename, "ab", opener=_privately), "utf-8", "replace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """A full disk is told by the store; the log is not worth a word on the screen."""

    def close(self) -> None:
        with suppress(OSError):  # the last lines find no room: as above
            super().close()


def open_log(home: Home) -> logging.Logger:
    """Start to log into a home, instead of into any other; where no file can be written, log nothing."""
    logger = logging.getLogger(LOGGER)
    close_log()
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(_handler(home))
    return logger


def close_log() -> None:
    """End logging and let go of the file."""
    logger = logging.getLogger(LOGGER)
    for handler in tuple(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def _handler(home: Home) -> logging.Handler:
    try:
        make_folder(home.root)
        handler = PrivateFile(home.log, maxBytes=MAX_BYTES, backupCount=OLDER_FILES)
    except (OSError, StoreError):
        return logging.NullHandler()
    folders = {home.root: "<home>", home.cache: "<cache>", Path(os.path.expanduser("~")): "~"}
    handler.setFormatter(PrivateFormatter({str(folder): sign for folder, sign in folders.items() if folder.name}))
    return handler


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_FILE)
