"""DHCPv4 subnets: what only they have."""

from __future__ import annotations

from dataclasses import dataclass

from kea_twisted.subnets.subnet import Subnet


@dataclass(slots=True, eq=False)
class Subnet4(Subnet):
    """One DHCPv4 subnet.

    next_server: int, 0 if none. server_hostname, boot_file_name: octets for sname and file, b"" if none.
    four_over_six_*: `4o6-interface`, `4o6-interface-id`, `4o6-subnet` (first, last) of RFC 7341.
    """

    authoritative: bool = False
    match_client_id: bool = True
    next_server: int = 0
    server_hostname: bytes = b""
    boot_file_name: bytes = b""
    four_over_six_interface: str = ""
    four_over_six_interface_id: bytes = b""
    four_over_six_subnet: tuple[int, int] | None = None

    @property
    def is_over6(self) -> bool:
        """Whether it is meant for DHCPv4-over-DHCPv6."""
        return bool(
            self.four_over_six_interface or self.four_over_six_interface_id or self.four_over_six_subnet is not None
        )
