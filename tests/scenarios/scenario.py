"""The scenario language and what runs it: the pure server, leases in memory, and a clock that only TIME moves.

A file is lines; ``#`` begins a comment. It opens with its configuration and goes on with steps::

    ROWS    V4-478 V4-479                    rows of the ledger that the file shows
    CONFIG                                   what stands inside "Dhcp4" or "Dhcp6", in Kea's JSON, up to END
    { "subnet4": [ ... ] }
    END
    SEND    DISCOVER client=1 via=192.0.2.2  one message to the server
    EXPECT  OFFER yiaddr=192.0.2.10          what it answers; each key given must be right, others may be anything
    EXPECT  NOTHING                          it does not answer
    TIME    +2000                            seconds pass
    RECLAIM                                  one cycle of expired-leases-processing; RECLAIM REMOVE deletes
    FLUSH   3600                             reclaimed leases that ended that long ago are removed
    DISK    FULL                             leases cannot be stored from here on; DISK FREE: they can
    LEASE   192.0.2.10 client=1 state=0      the lease of that address; LEASE 192.0.2.10 NONE: there is none
    STAT    subnet[1].assigned-addresses=1   a statistic
    DNS     ADD a.example. 192.0.2.10 forward reverse   the next name change request; also REMOVE, overwrite, length=N
    DNS     NOTHING                          there are no more of them
    CONFIG ... END                           a new configuration; the leases stay

Keys of SEND, both families: client=N (hardware address and DUID follow from it), via=ADDRESS (a relay), from=ADDRESS
(the sender), on=INTERFACE (eth0 unless given), fqdn=NAME or fqdn=NAME/FLAGS (the S flag unless given), option-N=HEX,
and flags without a value. DHCPv4: ciaddr, requested,
server, lease-time, client-id (hex), hostname, prl=1,3,6, class (vendor class), broadcast, xid. DHCPv6: na=IAID,
na=IAID@ADDRESS, pd=IAID@PREFIX (again and again), oro=23,24, server, rapid, no-client-id.

Keys of EXPECT. DHCPv4: yiaddr ciaddr siaddr giaddr file, to=ADDRESS, server lease-time t1 t2 mask routers hostname and
option-N=HEX (=NONE: absent). DHCPv6: to, na=IAID@ADDRESS, na=IAID!STATUS (2 NoAddrsAvail, 3 NoBinding, ...), pd
likewise, preferred valid t1 t2 (of any address or prefix that lasts), gone=ADDRESS (lifetimes 0), status=N, option-N.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kea_twisted.alloc.reclaim import Events
from kea_twisted.alloc.recount import recount4, recount6
from kea_twisted.base.address import parse4 as address4
from kea_twisted.base.address import parse6 as address6
from kea_twisted.base.labels import pack_partial
from kea_twisted.config.build import build4, build6
from kea_twisted.config.parse import load_text
from kea_twisted.errors import HookError
from kea_twisted.family import V4, V6
from kea_twisted.hooks.callout import Callouts
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.server.outcome import Drop, Park, Send
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.server.v6.server import Dhcp6Server
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire.packet import Receipt
from tests.support import packets
from tests.support.packets import Dhcp4, Dhcp6, Option, ip4, u32

START = 1_700_000_000.0
SERVER4, BROADCAST4 = "192.0.2.1", "255.255.255.255"
SERVER6, MULTICAST6, CLIENT6 = "fe80::1", "ff02::1:2", "fe80::c"
SERVER_DUID = bytes.fromhex("000200000009beef")
INTERFACES = ("eth0", "eth1")


class ScenarioError(AssertionError):
    """A line that does not hold, or that cannot be understood."""


@dataclass
class Line:
    """One step: its number in the file, its verb, its words, and for CONFIG the text."""

    number: int
    verb: str
    words: list[str]
    text: str = ""

    @property
    def flags(self) -> list[str]:
        """The words without a value."""
        return [word for word in self.words if "=" not in word]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The words with a value, as (key, value)."""
        found = (word.partition("=") for word in self.words if "=" in word)
        return [(key, value) for key, _, value in found]


@dataclass
class Scenario:
    """A file, read. rows: of the ledger."""

    path: Path
    family: int
    rows: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)


def read(path: Path) -> Scenario:
    """Return the scenario in *path*; its folder, v4 or v6, says the family."""
    scenario = Scenario(path, int(path.parent.name[1]))
    lines = iter(enumerate(path.read_text().splitlines(), 1))
    for number, text in lines:
        words = text.partition("#")[0].split()
        if not words:
            continue
        verb, rest = words[0], words[1:]
        if verb == "ROWS":
            scenario.rows += rest
        elif verb == "CONFIG":
            scenario.lines.append(Line(number, verb, rest, _block(lines, number)))
        elif verb in VERBS:
            scenario.lines.append(Line(number, verb, rest))
        else:
            raise ScenarioError(f"{path.name}:{number}: what is {verb}?")
    return scenario


def _block(lines: Iterator[tuple[int, str]], start: int) -> str:
    taken = []
    for _, text in lines:
        if text.strip() == "END":
            return "\n".join(taken)
        taken.append(text)
    raise ScenarioError(f"line {start}: CONFIG without END")


class World:
    """A server, its leases and its clock, while a scenario runs."""

    def __init__(self, family: int) -> None:
        self.family = family
        self.now = START
        self.statistics = Statistics()
        self.callouts = Callouts({}, _no_failure)
        self.leases: Any = Memfile4(None) if family == 4 else Memfile6(None)
        self.server: Any = None
        self.answer: Dhcp4 | Dhcp6 | packets.Relay6 | None = None
        self.destination = 0
        self.full = False
        self.watches_dns = False

    def configure(self, text: str) -> None:
        """Put a configuration in force."""
        if self.family == 4:
            config4 = build4(load_text(f'{{"Dhcp4": {text}}}', "scenario", V4).model, INTERFACES)
            recount4(self.statistics, config4.subnets, self.leases, self.now)
            if self.server is None:
                self.server = Dhcp4Server(config4, self.leases, self.statistics, self.callouts, self.now)
            else:
                self.server.reconfigure(config4, self.now)
        else:
            config6 = build6(load_text(f'{{"Dhcp6": {text}}}', "scenario", V6).model, SERVER_DUID, INTERFACES)
            recount6(self.statistics, config6.subnets, self.leases, self.now)
            if self.server is None:
                self.server = Dhcp6Server(config6, self.leases, self.statistics, self.callouts, self.now)
            else:
                self.server.reconfigure(config6)
        self.server.reclaimer.events = Events(remove_dns=self.server.updates.remove)

    def receive(self, octets: bytes, receipt: Receipt) -> None:
        """Give one datagram to the server and keep its answer."""
        outcome = self.server.receive(octets, receipt, self.now)
        if self.full and self.leases._journal:
            journal, self.leases._journal = self.leases._journal, []
            self.leases._take_back(journal)
            self.statistics.take_back(self.now)
            outcome = Drop("not stored")
        self.leases.commit()
        self.statistics.uncommitted.clear()
        assert not isinstance(outcome, Park)
        self.answer = None
        if isinstance(outcome, Send):
            self.destination = outcome.reply.remote_address
            self.answer = packets.parse4(outcome.octets) if self.family == 4 else packets.parse6(outcome.octets)
        else:
            assert isinstance(outcome, Drop)


def _no_failure(failure: HookError) -> None:
    raise AssertionError(failure)


# SEND


def _send(world: World, line: Line) -> None:
    (_send4 if world.family == 4 else _send6)(world, line)


def _send4(world: World, line: Line) -> None:
    kind = line.words[0]
    if kind not in packets.TYPES4:
        raise ScenarioError(f"{kind} is no DHCPv4 message")
    options: list[Option] = [(53, bytes((packets.TYPES4.index(kind),)))]
    fields: dict[str, Any] = {}
    source, interface = "0.0.0.0", "eth0"
    for key, value in line.pairs:
        if key == "client":
            fields["chaddr"] = packets.mac(int(value))
        elif key == "via":
            fields["giaddr"] = source = value
        elif key in ("from", "on"):
            source, interface = (value, interface) if key == "from" else (source, value)
        elif key == "ciaddr":
            fields["ciaddr"] = source = value
        elif key == "xid":
            fields["xid"] = int(value)
        elif key == "fqdn":
            name, _, flags = value.partition("/")
            options.append((81, bytes((int(flags or 1), 0, 0)) + name.encode()))
        elif key in _OPTIONS4:
            code, encode = _OPTIONS4[key]
            options.append((code, encode(value)))
        elif key.startswith("option-"):
            options.append((int(key[7:]), bytes.fromhex(value)))
        else:
            raise ScenarioError(f"what is {key}?")
    for flag in line.flags[1:]:
        if flag != "broadcast":
            raise ScenarioError(f"what is {flag}?")
        fields["flags"] = 0x8000
    message = Dhcp4(options=options, **fields)
    ports = (67, 67) if message.giaddr != "0.0.0.0" else (67, 68)
    direct = source not in ("0.0.0.0", "")
    local = address4(SERVER4 if direct else BROADCAST4)
    server = address4(SERVER4 if interface == "eth0" else "198.51.100.1")
    index = INTERFACES.index(interface) + 2
    receipt = Receipt(
        interface,
        index,
        local,
        ports[0],
        address4(source),
        ports[1],
        source_mac=message.chaddr,
        interface_address=server,
    )
    world.receive(message.pack(), receipt)


def _codes(value: str) -> bytes:
    return bytes(int(code) for code in value.split(","))


_OPTIONS4: dict[str, tuple[int, Callable[[str], bytes]]] = {
    "requested": (50, ip4),
    "server": (54, ip4),
    "lease-time": (51, lambda value: u32(int(value))),
    "client-id": (61, bytes.fromhex),
    "hostname": (12, str.encode),
    "prl": (55, _codes),
    "class": (60, str.encode),
}


def _send6(world: World, line: Line) -> None:
    kind = line.words[0]
    if kind not in packets.TYPES6:
        raise ScenarioError(f"{kind} is no DHCPv6 message")
    number, link, source, interface = 1, "", CLIENT6, "eth0"
    associations: dict[tuple[int, int], list[Option]] = {}
    options: list[Option] = []
    for key, value in line.pairs:
        if key == "client":
            number = int(value)
        elif key == "via":
            link = value
        elif key in ("from", "on"):
            source, interface = (value, interface) if key == "from" else (source, value)
        elif key in ("na", "pd"):
            iaid, _, inner = value.partition("@")
            held = associations.setdefault((3 if key == "na" else 25, int(iaid)), [])
            if inner:
                held.append(packets.iaaddr(inner) if key == "na" else packets.iaprefix(inner))
        elif key == "fqdn":
            name, _, flags = value.partition("/")
            options.append((39, bytes((int(flags or 1),)) + pack_partial(name)))
        elif key == "oro":
            options.append(packets.oro(*(int(code) for code in value.split(","))))
        elif key.startswith("option-"):
            options.append((int(key[7:]), bytes.fromhex(value)))
        else:
            raise ScenarioError(f"what is {key}?")
    for flag in line.flags[1:]:
        if flag not in ("server", "rapid", "no-client-id"):
            raise ScenarioError(f"what is {flag}?")
    if "server" in line.flags:
        options.append((2, SERVER_DUID))
    if "rapid" in line.flags:
        options.append((14, b""))
    first = [] if "no-client-id" in line.flags else [(1, packets.duid(number))]
    bodies = [
        (code, struct.pack("!III", iaid, 0, 0) + packets.tlv6(held)) for (code, iaid), held in associations.items()
    ]
    message: Dhcp6 | packets.Relay6 = Dhcp6(packets.TYPES6.index(kind), 0x10000 + number, [*first, *options, *bodies])
    if link:
        message = packets.relayed6(message, link)
    index = INTERFACES.index(interface) + 2
    receipt = Receipt(
        interface,
        index,
        address6(MULTICAST6),
        547,
        address6(source),
        547 if link else 546,
        interface_address=address6(SERVER6),
    )
    world.receive(message.pack(), receipt)


# EXPECT


def _expect(world: World, line: Line) -> None:
    if line.words == ["NOTHING"]:
        if world.answer is not None:
            raise ScenarioError(f"expected nothing, got {_shown(world.answer)}")
        return
    if world.answer is None:
        raise ScenarioError("expected an answer, got nothing")
    view = _view4(world) if world.family == 4 else _view6(world)
    kind = line.words[0]
    wrong = [] if view["type"] == [kind] else [f"{kind}: it is {view['type'][0]}"]
    for key, value in line.pairs:
        got = view.get(key, [])
        if value == "NONE":
            if got:
                wrong.append(f"{key}: unexpected {', '.join(got)}")
        elif value not in got:
            wrong.append(f"{key}={value}: got {', '.join(got) or 'none'}")
    if wrong:
        raise ScenarioError("; ".join(wrong) + f" in {_shown(world.answer)}")


def _shown(answer: object) -> str:
    flat = packets.flat4(answer) if isinstance(answer, Dhcp4) else packets.flat6(answer)  # type: ignore[arg-type]
    return " ".join(f"{key}={value}" for key, value in flat.items() if value)


def _number(body: bytes) -> str:
    return str(int.from_bytes(body, "big"))


def _text4(body: bytes) -> str:
    return ",".join(".".join(map(str, body[at : at + 4])) for at in range(0, len(body), 4))


_NAMED4: dict[str, tuple[int, Callable[[bytes], str]]] = {
    "lease-time": (51, _number),
    "t1": (58, _number),
    "t2": (59, _number),
    "server": (54, _text4),
    "mask": (1, _text4),
    "routers": (3, _text4),
    "hostname": (12, bytes.decode),
}


def _view4(world: World) -> dict[str, list[str]]:
    answer = world.answer
    assert isinstance(answer, Dhcp4)
    view = {name: [getattr(answer, name)] for name in ("yiaddr", "ciaddr", "siaddr", "giaddr")}
    view["type"] = [packets.TYPES4[answer.type]]
    view["file"] = [answer.file.rstrip(b"\0").decode()]
    view["to"] = [_text4(world.destination.to_bytes(4, "big"))]
    for code, _ in answer.options:
        view[f"option-{code}"] = [(answer.option(code) or b"").hex()]
    for name, (code, decode) in _NAMED4.items():
        body = answer.option(code)
        if body is not None:
            view[name] = [decode(body)]
    return view


def _view6(world: World) -> dict[str, list[str]]:
    assert world.answer is not None
    assert not isinstance(world.answer, Dhcp4)
    answer = packets.innermost(world.answer)
    view: dict[str, list[str]] = {"type": [packets.TYPES6[answer.type]]}
    view["to"] = [packets.socket.inet_ntop(packets.socket.AF_INET6, world.destination.to_bytes(16, "big"))]

    def note(key: str, value: object) -> None:
        view.setdefault(key, []).append(str(value))

    for code, body in answer.options:
        note(f"option-{code}", body.hex())
        if code == 13:
            note("status", int.from_bytes(body[:2], "big"))
        if code not in (3, 25):
            continue
        kind = "na" if code == 3 else "pd"
        iaid, t1, t2 = struct.unpack_from("!III", body)
        note("t1", t1)
        note("t2", t2)
        for inner, content in packets.options6(body[12:]):
            if inner == 13:
                note(kind, f"{iaid}!{int.from_bytes(content[:2], 'big')}")
                continue
            if inner == 5:
                text = packets.socket.inet_ntop(packets.socket.AF_INET6, content[:16])
                preferred, valid = struct.unpack_from("!II", content, 16)
            else:
                preferred, valid, length = struct.unpack_from("!IIB", content)
                text = f"{packets.socket.inet_ntop(packets.socket.AF_INET6, content[9:25])}/{length}"
            if valid == 0:
                note("gone", text)
                continue
            note(kind, f"{iaid}@{text}")
            note("preferred", preferred)
            note("valid", valid)
    return view


# The other verbs


def _config(world: World, line: Line) -> None:
    world.configure(line.text)


def _time(world: World, line: Line) -> None:
    world.now += float(line.words[0])


def _reclaim(world: World, line: Line) -> None:
    world.server.reclaimer.cycle(world.now, lambda: 0.0, remove=line.words == ["REMOVE"])


def _flush(world: World, line: Line) -> None:
    world.server.reclaimer.flush(world.now, int(line.words[0]))


def _disk(world: World, line: Line) -> None:
    if line.words not in (["FULL"], ["FREE"]):
        raise ScenarioError("a disk is FULL or FREE")
    world.full = line.words == ["FULL"]


def _lease(world: World, line: Line) -> None:
    text = line.words[0]
    lease = _find(world, text)
    if "NONE" in line.flags:
        if lease is not None:
            raise ScenarioError(f"{text} has a lease")
        return
    if lease is None:
        raise ScenarioError(f"{text} has no lease")
    for key, value in line.pairs:
        got = _lease_value(world, lease, key)
        want = (packets.mac if world.family == 4 else packets.duid)(int(value)) if key == "client" else value
        if got != (want if isinstance(want, bytes) else str(want)):
            raise ScenarioError(f"{key} of {text} is {got!r}")


def _find(world: World, text: str) -> Any:
    if world.family == 4:
        return world.leases.get(address4(text))
    prefix, slash, _ = text.partition("/")
    return world.leases.get(2 if slash else 0, address6(prefix))


def _lease_value(world: World, lease: Any, key: str) -> object:
    if key == "client":
        return lease.hwaddr if world.family == 4 else lease.duid
    if key == "ends-in":
        return str(int(lease.cltt + lease.valid_lifetime - world.now))
    value = getattr(lease, key.replace("-", "_"))
    return value.hex() if isinstance(value, bytes) else str(value)


def _stat(world: World, line: Line) -> None:
    for name, value in line.pairs:
        got = str(world.statistics.get(name, world.now).value)
        if got != value:
            raise ScenarioError(f"{name} is {got}")


def _dns(world: World, line: Line) -> None:
    world.watches_dns = True
    pending = world.server.updates.pending
    if line.words == ["NOTHING"]:
        if pending:
            raise ScenarioError(f"but: {pending[0]}")
        return
    if not pending:
        raise ScenarioError("DNS is told nothing")
    request = pending.pop(0)
    told = [request.change.name, request.fqdn, request.address]
    told += ["forward"] * request.forward + ["reverse"] * request.reverse
    told += ["overwrite"] * (not request.conflict_resolution)
    length = dict(line.pairs).get("length", str(request.length))
    if told != line.flags or length != str(request.length):
        raise ScenarioError(f"DNS is told: {request}")


VERBS: dict[str, Callable[[World, Line], None]] = {
    "CONFIG": _config,
    "SEND": _send,
    "EXPECT": _expect,
    "TIME": _time,
    "RECLAIM": _reclaim,
    "FLUSH": _flush,
    "DISK": _disk,
    "LEASE": _lease,
    "STAT": _stat,
    "DNS": _dns,
}


def run(scenario: Scenario) -> None:
    """Run all steps; ScenarioError names the line that does not hold."""
    world = World(scenario.family)
    for line in scenario.lines:
        try:
            VERBS[line.verb](world, line)
        except (ScenarioError, ValueError, IndexError) as error:
            raise ScenarioError(f"{scenario.path.name}:{line.number}: {error}") from error
    if world.watches_dns and world.server.updates.pending:
        raise ScenarioError(f"{scenario.path.name}: at the end, {world.server.updates.pending[0]}")
