"""What tests share: network namespaces, daemons (Kea's and ours), packets by hand, and checks for peers."""
