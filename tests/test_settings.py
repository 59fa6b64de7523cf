from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from mit.errors import SettingsError
from mit.home import Home
from mit.settings import RULES, Settings, load_settings, parse_settings


def home_with(folder: Path, content: bytes) -> Home:
    home = Home(folder, folder / "cache")
    home.settings.write_bytes(content)
    return home


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(Home(tmp_path, tmp_path)) == Settings()


def test_every_setting_has_a_rule_and_every_default_that_is_given_keeps_it() -> None:
    assert [field.name for field in fields(Settings)] == list(RULES)
    defaults = Settings()
    lines = [
        f"{name} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
        for name in RULES
        if name != "low" and (value := getattr(defaults, name)) is not None
    ]
    assert parse_settings("\n".join(lines)) == defaults


def test_what_the_file_names_is_taken_and_the_rest_stays(tmp_path: Path) -> None:
    home = home_with(tmp_path, b'\xef\xbb\xbf# by a helper\nbeat = 2\nrecorder = "USB \xc3\xa9"\nkeep_audio = true\n')
    assert load_settings(home) == Settings(beat=2.0, recorder="USB é", keep_audio=True)


@pytest.mark.parametrize("low", ['"A2"', '"110 Hz"', '"110"', "110", "110.0"])
def test_the_low_note_is_a_name_or_hertz(low: str) -> None:
    assert parse_settings(f"low = {low}").low == pytest.approx(45.0)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("tempo = 2", "There is no setting 'tempo'.*language, low, interval, beat"),
        ("low = 57", "The setting low cannot be 57.*E2.*80 to 440"),
        ('low = "H2"', "The setting low cannot be 'H2'"),
        ("low = true", "The setting low cannot be True"),
        ("beat = 9", r"The setting beat cannot be 9\. Give a number from 0.3 to 3 \(seconds a syllable\)"),
        ("beat = nan", "The setting beat cannot be nan"),
        ('interval = "3"', "The setting interval cannot be '3'"),
        ("silence_after_all = 0", "The setting silence_after_all cannot be 0.*0.5 to 10"),
        ("keep_audio = 1", "The setting keep_audio cannot be 1.*true or false"),
        ('theme = "pink"', "The setting theme cannot be 'pink'.*dark.*contrast"),
        ('language = "../en"', "The setting language cannot be"),
        (r'recorder = "\u001b[2J"', r"The setting recorder cannot be '\\x1b\[2J'"),
        ("recorder = [1]", "The setting recorder cannot be"),
        ("beat = ", "The settings cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_is_named_with_its_range_in_one_line(line: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        parse_settings(line)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"recorder = '\xe9'"])
def test_a_file_that_is_no_text_is_told(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(SettingsError, match=r"settings.toml cannot be read.*UTF-8"):
        load_settings(home_with(tmp_path, content))
