"""How candidates are picked out of pools. An allocator picks and checks nothing."""
