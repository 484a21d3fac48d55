"""Reading configuration files from disk."""

from __future__ import annotations

from typing import Any

from kea_twisted.base.octets import file_name
from kea_twisted.config.parse import Loaded, load_text
from kea_twisted.errors import ConfigError, ConfigErrors
from kea_twisted.family import Family


def read_file(path: str) -> str:
    """Return the content of a file, one character an octet; relative paths count from the working directory."""
    with open(path, encoding="latin-1", newline="") as file:
        return file.read()


def read_included(path: str) -> str:
    """Return the content of a file that a configuration names."""
    return read_file(file_name(path))


def load_file(path: str, family: Family) -> Loaded[Any]:
    """Read the configuration file *path* and what it includes; ConfigErrors with all mistakes."""
    try:
        text = read_file(path)
    except OSError as error:
        raise ConfigErrors([ConfigError(f"unable to open file {path}: {error.strerror or error}")]) from error
    return load_text(text, path, family, read_included)
