"""The same configuration and the same packets to kea_twisted and to Kea 2.2.0; whatever comes back is compared.

talk: one conversation with one server, recorded. compare: two records, field by field. accepted: the differences that
stand, each with its reason. cases/: what is said. ``python -m tests.differential`` prints all differences.
"""
