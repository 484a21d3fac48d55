"""A configuration as `config-get` shows it: what was given, with defaults and inherited values written out.

The choice of what is written out is Kea 2.2.0's, entry for entry: a shared network shows what it inherited of
lifetimes, timers and caching, but not of DDNS; options are in the order of their spaces; reservations in that of
their identifiers; addresses and octets in one form. What is printed loads again. ARM command-config-get.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from kea_twisted.base.address import prefix_range, to_text
from kea_twisted.base.octets import parse_hex_or_quoted
from kea_twisted.config.build import start
from kea_twisted.config.build_context import Building, wide
from kea_twisted.config.build_hosts import IDENTIFIERS
from kea_twisted.config.build_options import build_definitions
from kea_twisted.config.build_pools import parse_pool
from kea_twisted.config.build_subnets import Numbering, parse_subnet
from kea_twisted.config.checks import ALWAYS_SUPPLIED, MAC_SOURCES
from kea_twisted.config.classes import ClientClass4
from kea_twisted.config.database import Database
from kea_twisted.config.ddns import DhcpDdns
from kea_twisted.config.inherit import DDNS, FLAGS, INHERITED, derive, global_values, own_flags, triplet
from kea_twisted.config.network import NetworkParameters
from kea_twisted.config.pools import PdPool, Pool, PoolParameters
from kea_twisted.config.processing import QUEUE_LENGTH
from kea_twisted.config.render_options import Json, OptionWriter, dump, given, with_context
from kea_twisted.config.reservations import Reservation, Reservation4, Reservation6
from kea_twisted.config.section import keyword
from kea_twisted.config.subnets import Link, SharedNetwork4, SharedNetwork6, Subnet4, Subnet6
from kea_twisted.config.v4 import Dhcp4
from kea_twisted.config.v6 import Dhcp6
from kea_twisted.family import V4, V6
from kea_twisted.hosts.host import IdentifierType
from kea_twisted.options.spaces import Definitions

_SHOWN: Final = tuple(
    (name, keyword(name)) for name in ("calculate_tee_times", "t1_percent", "t2_percent", "store_extended_info")
)
_SHOWN_IF_SET: Final = tuple(
    (name, keyword(name)) for name in ("renew_timer", "rebind_timer", "cache_threshold", "cache_max_age")
)
"""Fields and their keywords."""
_OWN4: Final = ("authoritative", "match_client_id", "next_server", "server_hostname", "boot_file_name")
_OWN_DDNS: Final = tuple(name for _, name in DDNS)
_COLON_FORM: Final = frozenset({IdentifierType.HW_ADDRESS, IdentifierType.DUID})


def render(model: Dhcp4 | Dhcp6) -> Json:
    """Return the configuration as a map with the root keyword as its only member."""
    family = V4 if isinstance(model, Dhcp4) else V6
    building = start(model, family, None)
    custom = build_definitions(building, model.option_def)
    building.definitions = Definitions(custom, family) if custom else building.definitions
    return {family.root: _Renderer(building, model).whole()}


class _Renderer:
    """Writes one configuration. Methods return JSON values."""

    def __init__(self, building: Building, model: Dhcp4 | Dhcp6) -> None:
        self.building = building
        self.model = model
        self.family = building.family
        self.writer = OptionWriter(building)
        self.values = global_values(model, self.family.number)
        self.identifiers = IDENTIFIERS[self.family.number]
        self.kinds = ("valid", "preferred") if self.family.number == 6 else ("valid",)

    def whole(self) -> Json:
        """Write the global scope and all in it."""
        model = self.model
        out: Json = {
            "decline-probation-period": model.decline_probation_period,
            "dhcp-ddns": self.ddns(),
            "dhcp-queue-control": self.queue(),
            "dhcp4o6-port": model.dhcp4o6_port,
            "early-global-reservations-lookup": model.early_global_reservations_lookup,
            "expired-leases-processing": dump(model.expired_leases_processing),
            "hooks-libraries": [dump(library) for library in model.hooks_libraries],
            "host-reservation-identifiers": list(model.host_reservation_identifiers),
            "interfaces-config": self.interfaces(),
            "ip-reservations-unique": model.ip_reservations_unique,
            "lease-database": database(model.lease_database),
            "multi-threading": self.threads(),
            "option-data": self.writer.options(model.option_data),
            "option-def": self.writer.definitions(model.option_def),
            "parked-packet-limit": model.parked_packet_limit,
            "reservations-lookup-first": model.reservations_lookup_first,
            "sanity-checks": dump(model.sanity_checks),
            "server-tag": model.server_tag,
            "statistic-default-sample-age": model.statistic_default_sample_age,
            "statistic-default-sample-count": model.statistic_default_sample_count,
        }
        for name in (*INHERITED[self.family.number], *FLAGS):
            if self.values[name] is not None:
                out[keyword(name)] = self.values[name]
        numbering = Numbering()
        networks = [self.network(network, numbering) for network in model.shared_networks]
        out["shared-networks"] = sorted(networks, key=_by_name)
        subnets = [self.subnet(subnet, self.values, None, numbering) for subnet in model.subnets]
        out[self.family.subnets] = sorted(subnets, key=_by_id)
        if model.client_classes:
            out["client-classes"] = [self.client_class(each) for each in model.client_classes]
        if model.reservations:
            out["reservations"] = self.reservations(model.reservations)
        if model.control_socket is not None:
            out["control-socket"] = dump(model.control_socket)
        if model.config_control is not None:
            out["config-control"] = {
                **given(model.config_control, "config_fetch_wait_time"),
                "config-databases": [database(each) for each in model.config_control.config_databases],
            }
            out["config-control"].setdefault("config-fetch-wait-time", 30)
        if model.hosts_databases or model.hosts_database is not None:
            hosts = [database(each) for each in model.all_hosts_databases]
            out.update({"hosts-database": hosts[0]} if len(hosts) == 1 else {"hosts-databases": hosts})
        if model.loggers:
            out["loggers"] = [self.logger(each) for each in model.loggers]
        if model.context is not None:
            out["user-context"] = model.context
        if isinstance(model, Dhcp4):
            out["echo-client-id"] = model.echo_client_id
        else:
            self.only6(model, out)
        return out

    def only6(self, model: Dhcp6, out: Json) -> None:
        """Add what only DHCPv6 servers have."""
        out["mac-sources"] = [MAC_SOURCES[name] for name in model.mac_sources]
        out["relay-supplied-options"] = self.supplied(model.relay_supplied_options)
        if model.data_directory is not None:
            out["data-directory"] = model.data_directory
        out["server-id"] = dump(model.server_id) if model.server_id is not None else {}

    def supplied(self, texts: Sequence[str]) -> list[str]:
        """Write `relay-supplied-options` as numbers."""
        codes = {ALWAYS_SUPPLIED}
        for text in texts:
            found = self.building.definitions.find_name(self.family.space, text)
            codes.add(found.code if found else int(text))
        return [str(code) for code in sorted(codes)]

    def ddns(self) -> Json:
        """Write `dhcp-ddns` without the keywords that moved out of it."""
        section = self.model.dhcp_ddns or _NO_DDNS
        out = given(
            section,
            "enable_updates",
            "max_queue_size",
            "ncr_format",
            "ncr_protocol",
            "sender_ip",
            "sender_port",
            "server_ip",
            "server_port",
        )
        if not section.sender_ip:
            out["sender-ip"] = "::" if ":" in section.server_ip else "0.0.0.0"  # noqa: S104 (text for people)
        return with_context(out, section)

    def queue(self) -> Json:
        """Write `dhcp-queue-control`; queues are off where threads are on."""
        section = self.model.dhcp_queue_control
        out: Json = {"capacity": QUEUE_LENGTH, "enable-queue": False, "queue-type": f"kea-ring{self.family.number}"}
        if section is not None:
            out.update(given(section, "capacity", "enable_queue", "queue_type"))
            out.update(section.extra)
            with_context(out, section)
        if self.model.multi_threaded:
            out["enable-queue"] = False
        return out

    def threads(self) -> Json:
        """Write `multi-threading`."""
        section = self.model.multi_threading
        out: Json = {"enable-multi-threading": False, "packet-queue-size": QUEUE_LENGTH, "thread-pool-size": 0}
        if section is not None:
            out.update(given(section, "enable_multi_threading", "packet_queue_size", "thread_pool_size"))
            with_context(out, section)
        return out

    def interfaces(self) -> Json:
        """Write `interfaces-config`."""
        section = self.model.interfaces_config
        configured = "interfaces_config" in self.model.model_fields_set
        out: Json = {"interfaces": list(section.interfaces), "re-detect": section.re_detect and configured}
        if section.service_sockets_require_all:
            out["service-sockets-require-all"] = True
        if section.service_sockets_max_retries:
            out.update(given(section, "service_sockets_max_retries", "service_sockets_retry_wait_time"))
        if getattr(section, "dhcp_socket_type", "raw") != "raw":
            out["dhcp-socket-type"] = "udp"
        if getattr(section, "outbound_interface", "same-as-inbound") != "same-as-inbound":
            out["outbound-interface"] = "use-routing"
        return with_context(out, section)

    def logger(self, section: Any) -> Json:
        """Write one logger."""
        outputs = []
        for output in section.output_options:
            entry: Json = {"flush": output.flush is not False, "output": output.output, "pattern": output.pattern or ""}
            if output.output not in ("stdout", "stderr") and not output.output.startswith("syslog"):
                entry["maxsize"] = 10240000 if output.maxsize is None else output.maxsize
                entry["maxver"] = 1 if output.maxver is None else output.maxver
            outputs.append(entry)
        out: Json = {"debuglevel": section.debuglevel, "name": section.name, "severity": section.severity}
        if outputs:
            out["output_options"] = outputs
        return with_context(out, section)

    def client_class(self, model: Any) -> Json:
        """Write one client class."""
        out: Json = {"name": model.name, "option-data": self.writer.options(model.option_data, model)}
        out.update(given(model, "test"))
        if model.only_if_required:
            out["only-if-required"] = True
        for kind in self.kinds:
            bounds = [getattr(model, f"{bound}{kind}_lifetime") for bound in ("min_", "", "max_")]
            default = next((bounds[place] for place in (1, 0, 2) if bounds[place] is not None), None)
            if default is not None:
                out[f"{kind}-lifetime"] = default
            if bounds[0] is not None and bounds[0] < default:
                out[f"min-{kind}-lifetime"] = bounds[0]
            if bounds[2] is not None and bounds[2] > default:
                out[f"max-{kind}-lifetime"] = bounds[2]
        if isinstance(model, ClientClass4):
            out["option-def"] = self.writer.definitions(model.option_def)
            out["next-server"] = model.next_server or "0.0.0.0"  # noqa: S104 (text for people)
            out["server-hostname"] = model.server_hostname or ""
            out["boot-file-name"] = model.boot_file_name or ""
        return with_context(out, model)

    @staticmethod
    def lifetime(kind: str, bounds: Sequence[int]) -> Json:
        """Write the three values of a lifetime."""
        low, default, high = bounds
        return {f"min-{kind}-lifetime": low, f"{kind}-lifetime": default, f"max-{kind}-lifetime": high}

    def scope(self, model: NetworkParameters, values: Mapping[str, Any]) -> Json:
        """Write the parameters of a shared network or subnet."""
        out: Json = {word: values[name] for name, word in _SHOWN}
        for name, word in _SHOWN_IF_SET:
            if values[name] is not None:
                out[word] = values[name]
        for kind in self.kinds:
            out.update(self.lifetime(kind, triplet(values, kind)))
        names = (*_OWN_DDNS, *(_OWN4 if self.family.number == 4 else ()))
        out.update(given(model, *names))
        for name in ("next-server", "server-hostname", "boot-file-name"):
            if out.get(name) == "":
                del out[name]
        for name, flag in zip(FLAGS, own_flags(model), strict=True):
            if flag is not None:
                out[keyword(name)] = flag
        out["option-data"] = self.writer.options(model.option_data)
        return out

    def link(self, model: Link, values: Mapping[str, Any], above: Link | None) -> Json:
        """Write what subnets and shared networks have in common. above: the shared network of a subnet."""
        out = self.scope(model, values)
        relay = model.relay if model.relay is not None else above.relay if above is not None else None
        addresses = [text for text in relay.addresses if text] if relay is not None else []
        out["relay"] = {"ip-addresses": [self.address(text) for text in addresses]}
        for name in ("interface", "client_class"):
            if getattr(model, name):
                out[keyword(name)] = getattr(model, name)
        if model.require_client_classes:
            out["require-client-classes"] = list(model.require_client_classes)
        if isinstance(model, Subnet6 | SharedNetwork6) and model.interface_id:
            out["interface-id"] = model.interface_id
        return with_context(out, model)

    def network(self, model: SharedNetwork4 | SharedNetwork6, numbering: Numbering) -> Json:
        """Write one shared network."""
        values = derive(model, self.values, self.family.number)
        out = self.link(model, values, None)
        out["name"] = model.name
        if isinstance(model, SharedNetwork6):
            out["rapid-commit"] = model.rapid_commit is True
        subnets = [self.subnet(subnet, values, model, numbering) for subnet in model.subnets]
        out[self.family.subnets] = sorted(subnets, key=_by_id)
        return out

    def subnet(
        self,
        model: Subnet4 | Subnet6,
        above: Json,
        network: SharedNetwork4 | SharedNetwork6 | None,
        numbering: Numbering,
    ) -> Json:
        """Write one subnet."""
        text, _, _ = parse_subnet(model.subnet, self.building)
        values = derive(model, above, self.family.number)
        out = self.link(model, values, network)
        out["id"] = numbering.number(self.building, model, text, ())
        out["subnet"] = text
        out["pools"] = self.pools(model.pools)
        out["reservations"] = self.reservations(model.reservations)
        if isinstance(model, Subnet6):
            if model.rapid_commit is not None or network is None:
                out["rapid-commit"] = model.rapid_commit is True
            out["pd-pools"] = [
                self.pd_pool(pool) for pool in sorted(model.pd_pools, key=lambda pool: self.number(pool.prefix))
            ]
        else:
            out["4o6-interface"] = model.four_over_six_interface or ""
            out["4o6-interface-id"] = model.four_over_six_interface_id or ""
            out["4o6-subnet"] = model.four_over_six_subnet or ""
        return out

    def pool_parameters(self, model: PoolParameters) -> Json:
        """Write what all pools have."""
        out: Json = {"option-data": self.writer.options(model.option_data)}
        if model.client_class:
            out["client-class"] = model.client_class
        if model.require_client_classes:
            out["require-client-classes"] = list(model.require_client_classes)
        return with_context(out, model)

    def pools(self, models: Iterable[Pool]) -> list[Json]:
        """Write pools, in the order of their addresses."""
        ranges = [(parse_pool(model.pool, self.building), model) for model in models]
        return [self.pool(model, *span) for span, model in sorted(ranges, key=itemgetter(0))]

    def pool(self, model: Pool, first: int, last: int) -> Json:
        """Write one pool: as a prefix if it is one."""
        size = last - first + 1
        length = self.family.bits - (size.bit_length() - 1)
        if prefix_range(first, length, self.family.bits) == (first, last):
            text = f"{to_text(first, self.family)}/{length}"
        else:
            text = f"{to_text(first, self.family)}-{to_text(last, self.family)}"
        return {**self.pool_parameters(model), "pool": text}

    def pd_pool(self, model: PdPool) -> Json:
        """Write one pool of prefixes."""
        out = self.pool_parameters(model)
        out.update(
            {"prefix": self.address(model.prefix), "prefix-len": model.prefix_len, "delegated-len": model.delegated_len}
        )
        if model.excluded_prefix and model.excluded_prefix_len:
            length = model.excluded_prefix_len
            first = prefix_range(self.number(model.excluded_prefix), length, self.family.bits).first
            out.update({"excluded-prefix": to_text(first, self.family), "excluded-prefix-len": length})
        return out

    def reservations(self, models: Iterable[Reservation]) -> list[Json]:
        """Write reservations, by identifier."""
        found = []
        for model in models:
            stored = model.__dict__
            kind, text = next((kind, stored[name]) for kind, name in self.identifiers if stored[name] is not None)
            identifier = parse_hex_or_quoted(wide(text))
            found.append((identifier, kind, self.reservation(model, kind, identifier)))
        found.sort(key=lambda entry: entry[:2])
        return [entry for _, _, entry in found]

    def reservation(self, model: Reservation, kind: IdentifierType, identifier: bytes) -> Json:
        """Write one reservation."""
        out: Json = {
            kind.keyword: identifier.hex(":") if kind in _COLON_FORM else identifier.hex().upper(),
            "client-classes": [name for name in model.client_classes if name],
            "hostname": model.hostname or "",
            "option-data": self.writer.options(model.option_data),
        }
        if isinstance(model, Reservation4):
            out["next-server"] = model.next_server or "0.0.0.0"  # noqa: S104 (text for people)
            out["server-hostname"] = model.server_hostname or ""
            out["boot-file-name"] = model.boot_file_name or ""
            if model.ip_address is not None:
                out["ip-address"] = self.address(model.ip_address)
        elif isinstance(model, Reservation6):
            out["ip-addresses"] = [self.address(text) for text in model.ip_addresses]
            out["prefixes"] = [
                f"{self.address(start)}/{int(length)}"
                for start, _, length in (text.partition("/") for text in model.prefixes)
            ]
        return with_context(out, model)

    def number(self, text: str) -> int:
        """Return the integer of an address that is known to be one."""
        address = self.building.address(text, ())
        assert address is not None
        return address

    def address(self, text: str) -> str:
        """Return an address in its one form."""
        return to_text(self.number(text), self.family)


_NO_DDNS: Final = DhcpDdns.model_validate({"enable-updates": False})
_by_id: Final[Callable[[Json], Any]] = itemgetter("id")
_by_name: Final[Callable[[Json], Any]] = itemgetter("name")


def database(section: Database) -> Json:
    """Return the fields of a database that were given."""
    return {keyword(name): section.__dict__[name] for name in section.model_fields_set | {"type"}}
