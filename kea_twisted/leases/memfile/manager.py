"""Leases in memory, every change of them appended to a file: the embedded lease store of both servers.

A change is visible at once; :meth:`commit` writes the rows of all changes since the last one with a single write. If
that fails, the changes are taken back: the file and the memory say the same, as with Kea, which then gives no answer.
Not here: what a row looks like (:mod:`.rows`) and files (:mod:`.io`). ARM lease storage, LE-044..LE-066.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Final, Generic, TypeVar

from kea_twisted.base.address import text4, text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.errors import LeaseError, StoreError
from kea_twisted.leases.column import Schema
from kea_twisted.leases.lease import EXPIRED_RECLAIMED, INFINITE, TYPE_NAMES, Lease4, Lease6
from kea_twisted.leases.manager import LeaseManager4, LeaseManager6
from kea_twisted.leases.memfile.index import WIDTH_BITS, Associations, Expiry, Holders
from kea_twisted.leases.memfile.io import DISK, Disk, LeaseFiles, LoadSummary
from kea_twisted.leases.memfile.lfc import Survivors
from kea_twisted.leases.memfile.rows import Decoder4, Decoder6, encode4, encode6, removal4, removal6
from kea_twisted.leases.memfile.words import WORDS4, WORDS6, StoreWords
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from kea_twisted.log.logger import DBG_DETAIL, DHCPSRV
from kea_twisted.log.messages.dhcpsrv import (
    DHCPSRV_MEMFILE_CONVERTING_LEASE_FILES,
    DHCPSRV_MEMFILE_DELETE_ADDR,
    DHCPSRV_MEMFILE_DELETE_EXPIRED_RECLAIMED_START,
    DHCPSRV_MEMFILE_GET6_DUID,
    DHCPSRV_MEMFILE_GET_CLIENTID,
    DHCPSRV_MEMFILE_GET_HWADDR,
    DHCPSRV_MEMFILE_GET_IAID_DUID,
    DHCPSRV_MEMFILE_LFC_LEASE_FILE_RENAME_FAIL,
    DHCPSRV_MEMFILE_LFC_LEASE_FILE_REOPEN_FAIL,
)

L = TypeVar("L", Lease4, Lease6)
MOST_FREED: Final = 1024
"""How many addresses are remembered that may have become free."""
LeaseCheck = Callable[[L], L | None]


class Memfile(Generic[L]):
    """What both families share: leases by address, the expiry indexes, the journal of changes and the file.

    path: of the lease file, None to keep nothing (`persist` false). max_row_errors: how many bad rows one file may
    have, 0 any number. check: what to take of a row that is read: its lease, another one, or None for nothing; the file
    keeps the row. disk: for tests. Opening loads all files of the set and raises StoreError if that cannot be done.
    """

    SCHEMA: Schema
    WORDS: StoreWords
    _text: Callable[[int], str]

    def __init__(
        self,
        path: str | None = None,
        max_row_errors: int = 0,
        check: LeaseCheck[L] | None = None,
        disk: Disk = DISK,
    ) -> None:
        self._leases: dict[int, L] = {}
        self._freed: deque[int] = deque(maxlen=MOST_FREED)
        self._freed_count = 0
        self._active: Expiry = Expiry(self._end_of_active)
        self._reclaimed: Expiry = Expiry(self._end_of_reclaimed)
        self._journal: list[tuple[L | None, L | None]] = []
        self._cltt = 0
        self.files: LeaseFiles | None = None
        self.summary = LoadSummary()
        self.cleanup_due = False
        """Whether files of another schema version wait for kea-lfc to convert them."""
        if path is not None:
            self.files = LeaseFiles(path, self.SCHEMA, disk)
            take = self._load if check is None else partial(self._load_checked, check)
            self.summary = self.files.load(self._decoder, take, max_row_errors)
            self.files.open()
            if self.summary.convert:
                self._convert(self.files)

    # What the families do differently.

    @abstractmethod
    def _decoder(self, columns: int) -> Decoder4 | Decoder6:
        """Return a decoder of rows for a file with so many columns."""

    @abstractmethod
    def _encode(self, lease: L) -> str:
        """Return the row of a lease."""

    @abstractmethod
    def _removal(self, lease: L) -> str:
        """Return the row that removes a lease."""

    @abstractmethod
    def _link(self, lease: L) -> None:
        """Enter a lease into the indexes of identifiers."""

    @abstractmethod
    def _unlink(self, lease: L) -> None:
        """Remove a lease from the indexes of identifiers."""

    @abstractmethod
    def _relink(self, old: L, new: L) -> None:
        """Move the index entries of a changed lease; share what did not change, so that renewals need no memory."""

    # Writes without a journal; loading, the public methods and taking back use them.

    def _put(self, lease: L) -> None:
        """Enter a lease whose address is free."""
        self._leases[lease.address] = lease
        self._link(lease)
        if lease.valid_lifetime != INFINITE:
            index = self._active if lease.state != EXPIRED_RECLAIMED else self._reclaimed
            index.add(lease.address, lease.cltt + lease.valid_lifetime, len(self._leases))

    def _replace(self, old: L, new: L) -> None:
        """Put *new* where *old* is."""
        new.address = address = old.address
        self._relink(old, new)
        cltt = new.cltt
        if cltt == self._cltt:
            new.cltt = self._cltt
        else:
            self._cltt = cltt
        leases = self._leases
        leases[address] = new
        valid = new.valid_lifetime
        if valid != INFINITE:
            end = cltt + valid
            if end < old.cltt + old.valid_lifetime or new.state == EXPIRED_RECLAIMED or old.valid_lifetime == INFINITE:
                self._freed.append(address)
                self._freed_count += 1
            reclaimed = new.state == EXPIRED_RECLAIMED
            if (
                end >> WIDTH_BITS != (old.cltt + old.valid_lifetime) >> WIDTH_BITS
                or reclaimed != (old.state == EXPIRED_RECLAIMED)
                or old.valid_lifetime == INFINITE
            ):
                (self._reclaimed if reclaimed else self._active).add(address, end, len(leases))

    def _remove(self, lease: L) -> None:
        """Remove a lease that is here."""
        self._freed.append(lease.address)
        self._freed_count += 1
        del self._leases[lease.address]
        self._unlink(lease)

    def _load(self, lease: L) -> None:
        """Take in a lease read from a file: rows of valid lifetime 0 remove. LE-064."""
        old = self._leases.get(lease.address)
        if lease.valid_lifetime == 0:
            if old is not None:
                self._remove(old)
        elif old is None:
            self._put(lease)
        else:
            self._replace(old, lease)

    def _load_checked(self, check: LeaseCheck[L], lease: L) -> None:
        """Take in what *check* leaves of a lease read from a file."""
        checked = check(lease)
        if checked is not None:
            self._load(checked)

    def _end_of_active(self, address: int) -> int | None:
        lease = self._leases.get(address)
        if lease is None or lease.state == EXPIRED_RECLAIMED or lease.valid_lifetime == INFINITE:
            return None
        return lease.cltt + lease.valid_lifetime

    def _end_of_reclaimed(self, address: int) -> int | None:
        lease = self._leases.get(address)
        if lease is None or lease.state != EXPIRED_RECLAIMED or lease.valid_lifetime == INFINITE:
            return None
        return lease.cltt + lease.valid_lifetime

    # The port.

    def add(self, lease: L) -> bool:
        """Store a new lease; False if its address has one already."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(self.WORDS.add, self._text(lease.address))
        if lease.address in self._leases:
            return False
        self._put(lease)
        self._journal.append((None, lease))
        return True

    def update(self, lease: L) -> None:
        """Replace the lease of the same address; LeaseError if there is none."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(self.WORDS.update, self._text(lease.address))
        old = self._leases.get(lease.address)
        if old is None:
            raise LeaseError(f"there is no lease of address {self._text(lease.address)} to update")
        self._replace(old, lease)
        self._journal.append((old, lease))

    def delete(self, lease: L) -> bool:
        """Remove the lease of the same address; False if there is none."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(DHCPSRV_MEMFILE_DELETE_ADDR, self._text(lease.address))
        old = self._leases.get(lease.address)
        if old is None:
            return False
        self._remove(old)
        self._journal.append((old, None))
        return True

    def expired(self, now: float, limit: int) -> list[L]:
        """Return up to *limit* (0: all) leases that ended before *now* and are not reclaimed, the oldest first."""
        DHCPSRV.log(self.WORDS.expired, limit)
        leases = self._leases
        return [leases[address] for address in self._active.due(now, limit)]

    def delete_reclaimed(self, before: float, limit: int = 0) -> int:
        """Remove up to *limit* (0: all) reclaimed leases that ended before *before*; return how many."""
        leases = self._leases
        due = self._reclaimed.due(before, limit)
        if due:
            DHCPSRV.log(DHCPSRV_MEMFILE_DELETE_EXPIRED_RECLAIMED_START, len(due))
        for address in due:
            self.delete(leases[address])
        return len(due)

    def freed(self) -> int:
        """Return how often so far a lease went away, was reclaimed or made to end earlier."""
        return self._freed_count

    def freed_since(self, number: int) -> Iterable[int] | None:
        """Return the addresses of which that is true since :meth:`freed` was *number*; None if it is too long ago."""
        count = self._freed_count - number
        return None if count > len(self._freed) else islice(reversed(self._freed), count)

    def by_subnet(self, subnet_id: int) -> list[L]:
        """Return the leases of a subnet, in ascending order of address; takes the time of looking at all leases."""
        DHCPSRV.log(self.WORDS.by_subnet, subnet_id)
        return sorted((lease for lease in self._leases.values() if lease.subnet_id == subnet_id), key=_address)

    def by_hostname(self, hostname: str) -> list[L]:
        """Return the leases of a host name (lower case); takes the time of looking at all leases."""
        DHCPSRV.log(self.WORDS.by_hostname, hostname)
        return sorted((lease for lease in self._leases.values() if lease.hostname == hostname), key=_address)

    def wipe(self, subnet_id: int) -> int:
        """Remove all leases of a subnet; return how many."""
        DHCPSRV.log(self.WORDS.wipe, subnet_id)
        leases = self.by_subnet(subnet_id)
        for lease in leases:
            self.delete(lease)
        DHCPSRV.log(self.WORDS.wiped, subnet_id, len(leases))
        return len(leases)

    def __len__(self) -> int:
        """Return the number of leases."""
        return len(self._leases)

    def __iter__(self) -> Iterator[L]:
        """Yield all leases, in ascending order of address."""
        leases = self._leases
        for address in sorted(leases):
            lease = leases.get(address)
            if lease is not None:
                yield lease

    def commit(self) -> None:
        """Append the rows of all changes since the last commit with one write.

        StoreError if that failed; then these changes are taken back and the file is as it was.
        """
        journal = self._journal
        if not journal:
            return
        self._journal = []
        if self.files is None:
            return
        encode, removal = self._encode, self._removal
        rows = [encode(new) if new is not None else removal(old) for old, new in journal]  # type: ignore[arg-type]
        try:
            self.files.append(rows)
        except StoreError:
            self._take_back(journal)
            raise

    def _take_back(self, journal: list[tuple[L | None, L | None]]) -> None:
        """Undo changes, the last one first."""
        for old, new in reversed(journal):
            if old is None:
                assert new is not None
                self._remove(self._leases[new.address])
            elif new is None:
                self._put(old)
            else:
                self._replace(self._leases[old.address], old)

    def rotate(self) -> bool:
        """Set the file aside for a cleanup; return whether there is something to clean up. Failures are logged."""
        files = self.files
        if files is None:
            return False
        path, aside = files.path, files.cleanup.input
        try:
            self.commit()
        except StoreError as error:
            DHCPSRV.log(DHCPSRV_MEMFILE_LFC_LEASE_FILE_RENAME_FAIL, path, aside, error)
            return False
        if not files.gone:
            return files.rotate()
        self.restore()
        return False

    def restore(self) -> None:
        """Write all leases again if the live file is not there any more. Failures are logged."""
        files = self.files
        if files is None or not files.gone:
            return
        path, aside = files.path, files.cleanup.input
        reason = "it was removed or replaced while in use; all leases are written again"
        DHCPSRV.log(DHCPSRV_MEMFILE_LFC_LEASE_FILE_RENAME_FAIL, path, aside, reason)
        try:
            files.rewrite(self._encode(lease) for lease in self)
        except StoreError as error:
            DHCPSRV.log(DHCPSRV_MEMFILE_LFC_LEASE_FILE_REOPEN_FAIL, path, error)

    def _convert(self, files: LeaseFiles) -> None:
        """Have files of another schema version converted: by a cleanup, or here if none can be begun. LE-053."""
        DHCPSRV.log(DHCPSRV_MEMFILE_CONVERTING_LEASE_FILES, self.summary.convert, self.SCHEMA.version)
        if self.summary.foreign and files.unfinished:
            # The live file cannot be set aside yet, and rows of ours have no place below its header. What a check has
            # refused stays, so the rows are read once more, as they are.
            survivors = Survivors(self._encode)
            files.load(self._decoder, survivors.take, 0)
            files.rewrite(survivors.rows())
            return
        self.cleanup_due = files.rotate()
        if self.summary.foreign and not self.cleanup_due:
            files.close()
            raise StoreError(f"'{files.path}' is of another version and cannot be converted, see the lines above")

    def close(self) -> None:
        """Commit and let go of the file."""
        try:
            self.commit()
        finally:
            if self.files is not None:
                self.files.close()


def _address(lease: Lease4 | Lease6) -> int:
    return lease.address


class Memfile4(Memfile[Lease4], LeaseManager4):
    """DHCPv4 leases. Also found by hardware address and client identifier.

    Most client identifiers are 01 and the hardware address; those are found through it and cost nothing.
    """

    SCHEMA = SCHEMA4
    WORDS = WORDS4
    _text = staticmethod(text4)

    def __init__(
        self,
        path: str | None = None,
        max_row_errors: int = 0,
        check: LeaseCheck[Lease4] | None = None,
        disk: Disk = DISK,
    ) -> None:
        self._by_hwaddr: Holders[bytes] = Holders()
        self._by_client_id: Holders[bytes] = Holders()
        super().__init__(path, max_row_errors, check, disk)

    def _decoder(self, columns: int) -> Decoder4:
        return Decoder4(columns)

    def _encode(self, lease: Lease4) -> str:
        return encode4(lease)

    def _removal(self, lease: Lease4) -> str:
        return removal4(lease)

    def _link(self, lease: Lease4) -> None:
        if lease.hwaddr:
            self._by_hwaddr.add(lease.hwaddr, lease.address)
        self._link_client_id(lease)

    def _unlink(self, lease: Lease4) -> None:
        if lease.hwaddr:
            self._by_hwaddr.discard(lease.hwaddr, lease.address)
        self._unlink_client_id(lease)

    def _link_client_id(self, lease: Lease4) -> None:
        """Enter a lease under its client identifier, unless that is the hardware address once more."""
        client_id = lease.client_id
        if client_id and (client_id[0] != 1 or client_id[1:] != lease.hwaddr):
            self._by_client_id.add(client_id, lease.address)

    def _unlink_client_id(self, lease: Lease4) -> None:
        """Undo :meth:`_link_client_id`."""
        client_id = lease.client_id
        if client_id and (client_id[0] != 1 or client_id[1:] != lease.hwaddr):
            self._by_client_id.discard(client_id, lease.address)

    def _relink(self, old: Lease4, new: Lease4) -> None:
        if new.hwaddr == old.hwaddr and new.subnet_id == old.subnet_id:
            new.hwaddr = old.hwaddr
            if new.client_id == old.client_id:
                new.client_id = old.client_id
            else:  # The lease keeps its place among those of the hardware address.
                self._unlink_client_id(old)
                self._link_client_id(new)
        else:
            self._unlink(old)
            self._link(new)
        if new.hostname == old.hostname:
            new.hostname = old.hostname

    def get(self, address: int) -> Lease4 | None:
        """Return the lease of *address*, whatever its state."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(WORDS4.get, text4(address))
        return self._leases.get(address)

    def by_hwaddr(self, hwaddr: bytes) -> Iterable[Lease4]:
        """Return the leases of a link-layer address, in all subnets."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(DHCPSRV_MEMFILE_GET_HWADDR, colon_hex(hwaddr))
        leases = self._leases
        return [leases[address] for address in self._by_hwaddr.get(hwaddr)]

    def count_states(self) -> dict[tuple[int, int], int]:
        """Return the number of leases by subnet and state."""
        return Counter((lease.subnet_id, lease.state) for lease in self._leases.values())

    def by_client_id(self, client_id: bytes) -> Iterable[Lease4]:
        """Return the leases of a client identifier, in all subnets."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(DHCPSRV_MEMFILE_GET_CLIENTID, colon_hex(client_id))
        leases = self._leases
        found = [leases[address] for address in self._by_client_id.get(client_id)]
        if client_id and client_id[0] == 1:
            for address in self._by_hwaddr.get(client_id[1:]):
                lease = leases[address]
                if lease.client_id == client_id:
                    found.append(lease)
        return found


class Memfile6(Memfile[Lease6], LeaseManager6):
    """DHCPv6 leases. Also found by DUID and by IA. One address or prefix start has one lease, whatever its type."""

    SCHEMA = SCHEMA6
    WORDS = WORDS6
    _text = staticmethod(text6)

    def __init__(
        self,
        path: str | None = None,
        max_row_errors: int = 0,
        check: LeaseCheck[Lease6] | None = None,
        disk: Disk = DISK,
    ) -> None:
        self._clients = Associations()
        super().__init__(path, max_row_errors, check, disk)

    def _decoder(self, columns: int) -> Decoder6:
        return Decoder6(columns)

    def _encode(self, lease: Lease6) -> str:
        return encode6(lease)

    def _removal(self, lease: Lease6) -> str:
        return removal6(lease)

    def _link(self, lease: Lease6) -> None:
        if lease.duid:
            self._clients.add(lease.duid, lease.iaid, lease.address)

    def _unlink(self, lease: Lease6) -> None:
        if lease.duid:
            self._clients.discard(lease.duid, lease.iaid, lease.address)

    def _relink(self, old: Lease6, new: Lease6) -> None:
        if new.duid == old.duid and new.iaid == old.iaid:
            new.duid = old.duid
            new.iaid = old.iaid
        else:
            self._unlink(old)
            self._link(new)
        if new.hwaddr == old.hwaddr:
            new.hwaddr = old.hwaddr
        if new.hostname == old.hostname:
            new.hostname = old.hostname

    def get(self, lease_type: int, address: int) -> Lease6 | None:
        """Return the lease of an address or of the prefix that starts at *address*, whatever its state."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(WORDS6.get, text6(address), TYPE_NAMES[lease_type])
        lease = self._leases.get(address)
        return lease if lease is not None and lease.lease_type == lease_type else None

    def count_states(self) -> dict[tuple[int, int, int], int]:
        """Return the number of leases by subnet, lease type and state."""
        return Counter((lease.subnet_id, lease.lease_type, lease.state) for lease in self._leases.values())

    def by_duid(self, duid: bytes) -> Iterable[Lease6]:
        """Return the leases of a DUID, of all types, IAIDs and subnets."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(DHCPSRV_MEMFILE_GET6_DUID, colon_hex(duid))
        leases = self._leases
        return [leases[address] for address in self._clients.of_duid(duid)]

    def by_ia(self, lease_type: int, duid: bytes, iaid: int) -> Iterable[Lease6]:
        """Return the leases of one IA, in all subnets."""
        if DHCPSRV.rank >= DBG_DETAIL:
            DHCPSRV.log(DHCPSRV_MEMFILE_GET_IAID_DUID, iaid, colon_hex(duid), TYPE_NAMES[lease_type])
        leases = self._leases
        found = [leases[address] for address in self._clients.of_ia(duid, iaid)]
        return [lease for lease in found if lease.lease_type == lease_type]

    def by_hwaddr(self, hwaddr: bytes) -> Iterable[Lease6]:
        """Return the leases of a link-layer address; takes the time of looking at all leases."""
        DHCPSRV.log(DHCPSRV_MEMFILE_GET_HWADDR, colon_hex(hwaddr))
        return sorted((lease for lease in self._leases.values() if lease.hwaddr == hwaddr), key=_address)
