"""Hook points, callouts, libraries and parking. Not here: where in the life of a packet a point lies."""
