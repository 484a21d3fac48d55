"""Statistics: named observations and their recent samples. Not here: who counts what."""
