"""Logging: Kea's message ids and loggers, on twisted.logger. Not here: who logs what; that is at each place."""
