"""`hooks-libraries`. ARM hooks-libraries-configuration."""

from __future__ import annotations

from kea_twisted.config.section import Context, Maybe, Name, Section


class HooksLibrary(Section):
    """One library to load."""

    library: Name
    """A path ending in Kea's file name, a Python module, a Python file, or an installed entry point."""
    parameters: Maybe[Context] = None
    """What the library itself understands."""
