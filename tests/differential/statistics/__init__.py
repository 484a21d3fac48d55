"""Every statistic of both servers beside Kea's, after each transition."""
