"""Programs beside the daemons. Each is a console script or ``python -m kea_twisted.tools.NAME``."""
