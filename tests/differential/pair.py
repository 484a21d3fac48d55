"""The two servers of one family side by side, each in a link of its own, and a case run on both."""

from __future__ import annotations

from tests.differential.accepted import Accepted
from tests.differential.case import Case
from tests.differential.compare import Difference, compare
from tests.differential.talk import Record, Talk
from tests.support.client import Wire
from tests.support.kea import Kea, Server
from tests.support.log_lines import told
from tests.support.name_changes import Listener
from tests.support.namespaces import Link
from tests.support.ours import Ours

ADDRESSES = {4: (("192.0.2.1/24",), ("192.0.2.2/24",)), 6: (("2001:db8:1::1/64",), ("2001:db8:1::2/64",))}


class Side:
    """One server, its link and the client end of that link. The process lives from case to case."""

    def __init__(self, server_type: type[Server], family: int) -> None:
        self.link = Link(server_type.name, *ADDRESSES[family])
        self.server = server_type(family, self.link)
        self.wire = Wire(self.link)
        self.listener = Listener(self.link)

    def run(self, case: Case, verbose: bool = False) -> Record:
        """Hold the conversation of *case* and return its record; an exception ends it early and is noted."""
        running = self.server.process
        before = self.server.log.stat().st_size if running is not None else 0
        try:
            self.server.load(case.configuration)
        except (RuntimeError, OSError, ValueError) as error:
            return Record(0, error=str(error))
        updates = case.configuration.get("dhcp-ddns", {}).get("enable-updates", False)
        talk = Talk(self.server, self.wire, verbose, self.listener if updates else None)
        if self.server.process is running:
            talk.record.loading = told(self.server.log, before)
        before = self.server.log.stat().st_size
        try:
            case.conversation(talk)
        except Exception as error:
            talk.record.error = f"{type(error).__name__}: {error}"
        record = talk.finish()
        record.told = told(self.server.log, before)
        return record

    def close(self) -> None:
        """Stop the server and remove the link."""
        self.server.close()
        self.wire.close()
        self.listener.close()
        self.link.close()


class Pair:
    """Kea and ours. done: names of the cases run so far. used: the rows that accepted a difference in them."""

    def __init__(self, family: int) -> None:
        self.family = family
        self.done: set[str] = set()
        self.used: set[Accepted] = set()
        self.kea = Side(Kea, family)
        self.ours = Side(Ours, family)

    def run(self, case: Case) -> list[Difference]:
        """Return the differences that stand against *case*."""
        kea = self.kea.run(case)
        if kea.error:
            raise RuntimeError(f"{case.name} does not work with Kea: {kea.error}")
        self.done.add(case.name)
        found = compare(case, kea, self.ours.run(case))
        self.used.update(each.accepted for each in found if each.accepted)
        return [each for each in found if not each.accepted]

    def close(self) -> None:
        """Stop both."""
        self.kea.close()
        self.ours.close()
