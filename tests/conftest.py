"""What holds for all tests: how long a generated example takes says nothing, for the machine does other things too."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("kea_twisted", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kea_twisted")
