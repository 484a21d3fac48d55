"""Build the package, and the twistd plugins beside it.

The plugins live in ``twisted/plugins`` without ``__init__.py``: that folder belongs to Twisted, and a package of ours
there would hide its own. They are named here one by one because no automatic discovery may claim ``twisted``.
"""

from __future__ import annotations

from setuptools import find_packages, setup

setup(packages=[*find_packages(include=["kea_twisted", "kea_twisted.*"]), "twisted.plugins"])
