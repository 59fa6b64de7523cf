"""Errors that a person is told about.

MitError                what happened, and what to do next
├── PhraseError         a phrase, a phrase set or a text that cannot be practised
├── RecordingError      a recording that cannot be read or judged
├── SettingsError       a setting that cannot be used
├── AssignmentError     an assignment that cannot be written or taken
├── ReportError         a report that cannot be written
├── DeviceError         a microphone, a loudspeaker or the sound system
└── StoreError          the database of attempts

A programming mistake stays a ValueError. "Nothing heard" and "not sure" are results, not errors.
"""


class MitError(Exception):
    """What happened in one line (`message`), and what to do next in one line (`hint`, may be empty)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class PhraseError(MitError):
    """A phrase, a phrase set or a text cannot be practised."""


class RecordingError(MitError):
    """A recording cannot be read or judged."""


class SettingsError(MitError):
    """A setting cannot be used."""


class AssignmentError(MitError):
    """An assignment cannot be written or taken."""


class ReportError(MitError):
    """A report cannot be written."""


class DeviceError(MitError):
    """A microphone, a loudspeaker or the sound system cannot be used."""


class StoreError(MitError):
    """The database of attempts cannot be used."""
