"""Sphinx: the manual of kea_twisted. ``make docs`` writes the generated references first."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kea_twisted.version import __version__

project = "kea_twisted"
author = "the kea_twisted maintainers"
release = version = __version__
extensions = []
exclude_patterns = ["_build"]
html_theme = "alabaster"
html_theme_options = {"page_width": "70em", "description": "The Kea DHCP suite on Twisted"}
highlight_language = "none"
