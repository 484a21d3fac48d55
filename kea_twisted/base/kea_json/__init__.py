"""Kea's JSON dialect: comments, includes, trailing commas, and the place of every value.

`source` joins a file and its includes into one text that knows where each character came from; `parse` turns text into
Python values; `scan` finds the end of a value in a stream of octets. Not here: what keywords mean. ARM json-format.
"""
