"""Which lines are shown and where: ranks, inheritance, outputs, Twisted's own events."""

from __future__ import annotations

from collections.abc import Iterator
from threading import RLock, Thread, get_ident

import pytest
from twisted.logger import Logger as TwistedLogger
from twisted.logger import LogPublisher

from kea_twisted.log import logger as loggers
from kea_twisted.log.io import LogObserver, local_date, utc_date
from kea_twisted.log.logger import BAD_PACKETS, COMMANDS, DHCPSRV, PACKETS, logger
from kea_twisted.log.message import DBG_BASIC_DATA, DBG_DETAIL, ERROR, FATAL, INFO, NONE, WARN, Message
from kea_twisted.log.messages.command import COMMAND_RECEIVED
from kea_twisted.log.messages.dhcp4 import DHCP4_PACKET_RECEIVED
from kea_twisted.log.pattern import Layout, Process
from kea_twisted.log.sink import MOST_HELD, LoggerSpec, Output, OutputSpec, message_text, parse_loggers

PROCESS = Process(1, "h", "h", 0.0, lambda _name: "", local_date, utc_date)


class Memory(Output):
    def __init__(self, layout: Layout, spec: OutputSpec) -> None:
        super().__init__(layout)
        self.spec = spec
        self.lines: list[str] = []
        self.closed = False

    def write(self, line: str, rank: int) -> None:
        self.lines.append(line)

    def close(self) -> None:
        self.closed = True


class Bench:
    """A sink of its own, with outputs in memory."""

    def __init__(self, verbose: bool = False) -> None:
        self.opened: dict[str, Memory] = {}
        self.publisher = LogPublisher()
        self.sink = LogObserver(
            self.publisher, "kea-dhcp4", self.open, PROCESS, OutputSpec("stdout", pattern="%p %c %m"), verbose, RLock()
        )
        self.publisher.addObserver(self.sink)  # type: ignore[arg-type]

    def open(self, spec: OutputSpec, layout: Layout) -> Memory:
        self.opened[spec.output] = made = Memory(layout, spec)
        return made

    def configure(self, *entries: dict[str, object]) -> None:
        self.sink.configure(parse_loggers(entries))


@pytest.fixture
def bench() -> Iterator[Bench]:
    yield Bench()
    loggers.uninstall()


def out(name: str) -> list[dict[str, object]]:
    return [{"output": name, "pattern": "%m"}]


@pytest.mark.arm("LG-004", "LG-128")
def test_without_configuration_info_goes_to_standard_output(bench: Bench) -> None:
    COMMANDS.log(COMMAND_RECEIVED, "list-commands")
    assert bench.opened["stdout"].lines == ["INFO kea-dhcp4.commands COMMAND_RECEIVED Received command 'list-commands'"]


@pytest.mark.arm("LG-060", "LG-061")
def test_debug_levels_are_cumulative(bench: Bench) -> None:
    bench.configure({"name": "kea-dhcp4", "severity": "DEBUG", "debuglevel": 45, "output_options": out("f")})
    PACKETS.log(DHCP4_PACKET_RECEIVED, 1, 2, 3, 4, 5, 6)
    PACKETS.log(Message("A_B", DBG_DETAIL, "hidden"))
    assert bench.opened["f"].lines == ["DHCP4_PACKET_RECEIVED 1: 2 (type 3) received from 4 to 5 on interface 6"]
    assert PACKETS.rank == DBG_BASIC_DATA


@pytest.mark.arm("LG-008", "LG-009", "LG-010")
def test_a_child_overrides_what_it_says_and_inherits_the_rest(bench: Bench) -> None:
    bench.configure(
        {"name": "kea-dhcp4", "severity": "WARN", "output_options": out("root")},
        {"name": "kea-dhcp4.bad-packets", "severity": "DEBUG", "debuglevel": 99},
        {"name": "kea-dhcp4.dhcpsrv", "output_options": out("own")},
    )
    BAD_PACKETS.log(Message("BAD_ONE", 99, "shown"))
    DHCPSRV.log(Message("SRV_ONE", WARN, "elsewhere"))
    DHCPSRV.log(Message("SRV_TWO", INFO, "hidden"))
    assert bench.opened["root"].lines == ["BAD_ONE shown"]
    assert bench.opened["own"].lines == ["SRV_ONE elsewhere"]


@pytest.mark.arm("LG-011")
def test_a_star_is_the_root(bench: Bench) -> None:
    bench.configure({"name": "*", "severity": "ERROR"})
    assert COMMANDS.rank == -3


@pytest.mark.arm("LG-057")
def test_none_shows_nothing(bench: Bench) -> None:
    bench.configure({"name": "kea-dhcp4", "severity": "NONE"})
    COMMANDS.log(Message("A_B", FATAL, "x"))
    assert COMMANDS.rank == NONE
    assert bench.opened["stdout"].lines == []


@pytest.mark.arm("LG-059")
def test_verbose_shows_everything_whatever_is_configured() -> None:
    try:
        verbose = Bench(verbose=True)
        verbose.configure({"name": "kea-dhcp4", "severity": "NONE"})
        COMMANDS.log(Message("A_B", 99, "x"))
        assert verbose.opened["stdout"].lines == ["DEBUG kea-dhcp4.commands A_B x"]
    finally:
        loggers.uninstall()


@pytest.mark.arm("LG-013")
def test_a_logger_made_later_has_its_entry(bench: Bench) -> None:
    bench.configure({"name": "kea-dhcp4.made-later-hooks", "severity": "DEBUG", "debuglevel": 10})
    assert logger("made-later-hooks").rank == 10


@pytest.mark.arm("LG-070")
def test_several_outputs_all_get_the_line(bench: Bench) -> None:
    bench.configure({"name": "kea-dhcp4", "severity": "INFO", "output_options": [*out("a"), *out("b")]})
    COMMANDS.log(COMMAND_RECEIVED, "x")
    assert bench.opened["a"].lines == bench.opened["b"].lines == ["COMMAND_RECEIVED Received command 'x'"]


@pytest.mark.arm("LG-155")
def test_files_are_opened_anew_at_each_configuration(bench: Bench) -> None:
    bench.configure({"name": "kea-dhcp4", "output_options": out("f")})
    first = bench.opened["f"]
    bench.configure({"name": "kea-dhcp4", "output_options": out("f")})
    assert first.closed
    assert bench.opened["f"] is not first


@pytest.mark.arm("LG-005")
def test_configuring_nothing_goes_back_to_the_default(bench: Bench) -> None:
    bench.configure({"name": "kea-dhcp4", "severity": "DEBUG", "output_options": out("f")})
    bench.configure()
    COMMANDS.log(COMMAND_RECEIVED, "x")
    assert COMMANDS.rank == INFO
    assert len(bench.opened["stdout"].lines) == 1


@pytest.mark.arm("LG-156")
def test_an_unhandled_error_is_one_line_of_the_root_logger(bench: Bench) -> None:
    twisted = TwistedLogger("twisted.internet.defer", observer=bench.publisher)  # type: ignore[arg-type]
    try:
        {}["missing"]
    except KeyError:
        twisted.failure("Unhandled error in Deferred:")
    (line,) = bench.opened["stdout"].lines
    assert line.startswith("FATAL kea-dhcp4 KEA_TWISTED_CRITICAL twisted.internet.defer: Unhandled error in Deferred:")
    assert "KeyError: 'missing'" in line
    assert "test_sink.py" in line
    assert "\n" not in line


def test_twisted_s_small_talk_is_debug_and_a_library_s_information_is_not(bench: Bench) -> None:
    for namespace in ("twisted.internet.protocol", "mysite.hooks"):
        TwistedLogger(namespace, observer=bench.publisher).info("hello")  # type: ignore[arg-type]
    assert bench.opened["stdout"].lines == ["INFO kea-dhcp4 KEA_TWISTED_INFO mysite.hooks: hello"]


@pytest.mark.arm("LG-141")
def test_an_argument_cannot_forge_a_line() -> None:
    assert message_text(COMMAND_RECEIVED, ("x'\n2026 INFO forged",)) == (
        "COMMAND_RECEIVED Received command 'x'\n  2026 INFO forged'"
    )


def test_control_characters_are_written_out() -> None:
    assert message_text(COMMAND_RECEIVED, ("\x1b[2J\r\x00é\t",)) == (
        "COMMAND_RECEIVED Received command '\\x1b[2J\\x0d\\x00é\t'"
    )


def test_braces_in_an_argument_stay_braces(bench: Bench) -> None:
    COMMANDS.log(COMMAND_RECEIVED, "{kea_id} {0}")
    assert bench.opened["stdout"].lines[0].endswith("'{kea_id} {0}'")


def test_a_wrong_number_of_arguments_is_shown_and_not_raised() -> None:
    assert message_text(Message("A_B", INFO, "{} {}"), (1,)) == "A_B {} {} (1,)"


@pytest.mark.arm("LG-058")
def test_an_unknown_severity_is_an_error() -> None:
    with pytest.raises(ValueError, match="unrecognized log severity: LOUD"):
        parse_loggers([{"name": "kea-dhcp4", "severity": "LOUD"}])


@pytest.mark.arm("LG-151")
@pytest.mark.parametrize(("level", "rank"), [(0, 0), (120, 99), (-3, 0), (None, 0)])
def test_debug_levels_out_of_range_are_brought_into_it(level: int | None, rank: int) -> None:
    assert LoggerSpec("x", "DEBUG", level).rank == rank


@pytest.mark.arm("LG-080")
@pytest.mark.parametrize(
    ("output", "maxsize", "rotates"),
    [
        ("f", 204800, True),
        ("f", 204799, False),
        ("f", 0, False),
        ("stdout", 204800, False),
        ("syslog:x", 204800, False),
    ],
)
def test_what_rotates(output: str, maxsize: int, rotates: bool) -> None:
    assert OutputSpec(output, maxsize=maxsize).rotates is rotates


def test_lines_that_are_held_leave_together_and_in_order(bench: Bench) -> None:
    bench.sink.hold(get_ident())
    COMMANDS.log(COMMAND_RECEIVED, "a")
    COMMANDS.log(COMMAND_RECEIVED, "b")
    assert bench.opened["stdout"].lines == []
    bench.sink.release()
    assert [line[-3:] for line in bench.opened["stdout"].lines] == ["'a'", "'b'"]
    COMMANDS.log(COMMAND_RECEIVED, "c")
    assert len(bench.opened["stdout"].lines) == 3


def test_an_error_does_not_wait_nor_do_the_lines_before_it(bench: Bench) -> None:
    bench.sink.hold(get_ident())
    COMMANDS.log(COMMAND_RECEIVED, "a")
    COMMANDS.log(Message("WRONG", ERROR, "something"))
    assert len(bench.opened["stdout"].lines) == 2


def test_a_flood_of_lines_does_not_pile_up(bench: Bench) -> None:
    bench.sink.hold(get_ident())
    for _ in range(MOST_HELD):
        COMMANDS.log(COMMAND_RECEIVED, "a")
    assert len(bench.opened["stdout"].lines) == MOST_HELD


def test_what_is_held_is_written_before_outputs_are_closed(bench: Bench) -> None:
    former = bench.opened["stdout"]
    bench.sink.hold(get_ident())
    COMMANDS.log(COMMAND_RECEIVED, "a")
    bench.configure({"name": "kea-dhcp4", "severity": "INFO", "output_options": out("file")})
    assert former.closed
    assert len(former.lines) == 1
    COMMANDS.log(COMMAND_RECEIVED, "b")
    bench.sink.close()
    assert len(bench.opened["file"].lines) == 1


def test_lines_of_other_threads_do_not_wait_with_those_that_are_held(bench: Bench) -> None:
    bench.sink.hold(get_ident())
    COMMANDS.log(COMMAND_RECEIVED, "mine")
    thread = Thread(target=COMMANDS.log, args=(COMMAND_RECEIVED, "the other's"))
    thread.start()
    thread.join()
    assert [line.split("'")[1] for line in bench.opened["stdout"].lines] == ["the other"]
    bench.sink.release()
    assert len(bench.opened["stdout"].lines) == 2
