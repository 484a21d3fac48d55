"""Which DHCPv4 configurations are valid, row by row of the manual: our verdict beside that of `kea-dhcp4 -t`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.differential.config.verdicts import keas, ours
from tests.support.requirements import require

pytestmark = pytest.mark.peer("kea")

OK, BAD = True, False
S: Final = '"subnet4":[{"subnet":"192.0.2.0/24",%s}]'
DEF: Final = '"option-def":[{%s}]'
DATA: Final = '"option-data":[{%s}]'
CLASS: Final = '"client-classes":[{"name":"c",%s}]'
SQL: Final = '"lease-database":{"type":"%s",%s}'
HOSTS: Final = '"hosts-database":{"type":"%s",%s}'
X: Final = '"name":"x","code":230,"type":"%s"'
X_DATA: Final = '"name":"x","data":"%s"'
X_AND_1: Final = '"name":"x","data":"1"'
Y: Final = '"name":"y","code":230,"type":"string"'
BOTH: Final = ("mysql", "postgresql")

WHOLE: Final = (
    ("V4-017", OK, '{"Dhcp4":{"valid-lifetime":1}}'),
    ("V4-017", OK, ' {\n "Dhcp4" : { "valid-lifetime" : 1 } }\n'),
    ("V4-017", BAD, "{}"),
    ("V4-017", BAD, "[]"),
    ("V4-017", BAD, ""),
    ("V4-017", BAD, '{"Dhcp4":{},"Dhcp4":{}}'),
    ("V4-017", BAD, '{"Dhcp4":[]}'),
    ("V4-017", BAD, '"Dhcp4":{}'),
    ("V4-017", BAD, '{"Dhcp4":{}} {}'),
    ("V4-018", OK, '# first\n{"Dhcp4":{ # second\n "valid-lifetime":1 # third\n}} # last'),
    ("V4-018", OK, '// first\n{"Dhcp4":{ /* two\nlines */ "valid-lifetime":1}}'),
    ("V4-018", BAD, '{"Dhcp4":{ /* no end "valid-lifetime":1}}'),
)
"""Row, verdict, whole text of the file."""

INSIDE: Final = (
    ("V4-019", OK, '"valid-lifetime":1,"renew-timer":2'),
    ("V4-019", BAD, '"valid-lifetime":1 "renew-timer":2'),
    ("V4-019", OK, '"valid-lifetime":1,'),
    ("V4-021", BAD, '"valid-lifetime":1,"valid-lifetime":2'),
    ("V4-021", BAD, S % '"id":1,"id":2'),
    ("V4-022", OK, '"valid-lifetime":\n\t 4000'),
    ("V4-022", BAD, '"valid-lifetime":"4000"'),
    ("V4-022", BAD, '"valid-lifetime":4000.5'),
    ("V4-024", OK, '"interfaces-config":{"interfaces":["*"]}'),
    ("V4-024", BAD, '"interfaces-config":{"interfaces":"*"}'),
    ("V4-024", BAD, '"interfaces-config":{"interfaces":[1]}'),
    ("V4-025", OK, '"lease-database":{"type":"memfile"}'),
    ("V4-025", BAD, '"lease-database":{"type":"oracle"}'),
    ("V4-025", BAD, '"lease-database":"memfile"'),
    ("V4-026", BAD, '"subnet4":[{"pools":[]}]'),
    ("V4-026", BAD, '"subnet4":[{"subnet":"192.0.2.0"}]'),
    ("V4-026", OK, '"subnet4":[{"subnet":"192.0.2.0/24"}]'),
    ("V4-028", OK, '"valid-lifetime":4294967295'),
    ("V4-028", OK, S % '"valid-lifetime":5'),
    ("V4-028", OK, '"shared-networks":[{"name":"n","valid-lifetime":5,"subnet4":[]}]'),
    ("V4-028", OK, CLASS % '"valid-lifetime":5'),
    ("V4-028", BAD, '"subnet4":[{"subnet":"192.0.2.0/24","pools":[{"pool":"192.0.2.0/25","valid-lifetime":5}]}]'),
    ("V4-029", BAD, '"min-valid-lifetime":6,"valid-lifetime":5'),
    ("V4-040", OK, '"renew-timer":5,"rebind-timer":4'),
    ("V4-040", BAD, '"renew-timer":5,"rebind-timer":4,' + S % '"id":1'),
    ("V4-040", OK, '"renew-timer":5,"rebind-timer":4,' + S % '"renew-timer":3'),
    ("V4-040", BAD, '"renew-timer":5,"rebind-timer":4,"shared-networks":[{"name":"n","subnet4":[]}]'),
    ("V4-040", OK, '"renew-timer":5,"rebind-timer":4,"shared-networks":[{"name":"n","renew-timer":3,"subnet4":[]}]'),
    ("V4-040", BAD, '"renew-timer":5,' + S % '"rebind-timer":4'),
    ("V4-037", OK, '"calculate-tee-times":true,"t1-percent":0.9,"t2-percent":0.8'),
    ("V4-037", BAD, '"calculate-tee-times":true,"t1-percent":0.9,"t2-percent":0.8,' + S % '"id":1'),
    ("V4-037", OK, '"calculate-tee-times":true,"t1-percent":0.9,"t2-percent":0.8,' + S % '"t1-percent":0.1'),
    ("V4-037", OK, '"calculate-tee-times":true,"t1-percent":0.9,"t2-percent":0.8,' + S % '"calculate-tee-times":false'),
    ("V4-037", BAD, S % '"calculate-tee-times":true,"t1-percent":0.9,"t2-percent":0.8'),
    ("V4-037", BAD, S % '"calculate-tee-times":true,"t1-percent":1.1'),
    ("V4-038", BAD, S % '"calculate-tee-times":true,"t1-percent":0.5,"t2-percent":0.5'),
    ("V4-038", OK, S % '"calculate-tee-times":true,"t1-percent":0.5,"t2-percent":0.51'),
    ("V4-042", OK, '"lease-database":{"type":"memfile"}'),
    ("V4-042", BAD, '"lease-database":{"persist":false}'),
    ("V4-046", OK, '"lease-database":{"type":"memfile","lfc-interval":0}'),
    ("V4-046", BAD, '"lease-database":{"type":"memfile","lfc-interval":-1}'),
    ("V4-046", BAD, '"lease-database":{"type":"memfile","lfc-interval":"1800"}'),
    ("V4-047", OK, '"lease-database":{"type":"memfile","max-row-errors":0}'),
    ("V4-047", BAD, '"lease-database":{"type":"memfile","max-row-errors":-1}'),
    *((row, OK, SQL % (kind, '"name":"kea"')) for row in ("V4-041", "V4-051", "V4-053") for kind in BOTH),
    *(("V4-054", OK, SQL % (kind, f'"host":"{host}"')) for kind in BOTH for host in ("", "localhost", "192.0.2.1")),
    ("V4-054", BAD, SQL % ("mysql", '"host":1')),
    ("V4-055", OK, SQL % ("mysql", '"port":3307')),
    ("V4-055", BAD, SQL % ("mysql", '"port":"3307"')),
    ("V4-055", BAD, SQL % ("postgresql", '"port":65536')),
    ("V4-055", BAD, SQL % ("postgresql", '"port":-1')),
    ("V4-056", OK, SQL % ("mysql", '"connect-timeout":10')),
    ("V4-056", BAD, SQL % ("mysql", '"connect-timeout":-1')),
    ("V4-056", BAD, SQL % ("postgresql", '"connect-timeout":"10"')),
    ("V4-057", OK, SQL % ("postgresql", '"max-reconnect-tries":10')),
    ("V4-057", BAD, SQL % ("postgresql", '"max-reconnect-tries":-10')),
    ("V4-058", OK, SQL % ("mysql", '"reconnect-wait-time":100')),
    ("V4-058", BAD, SQL % ("mysql", '"reconnect-wait-time":1.5')),
    *(
        ("V4-059", OK, SQL % (kind, f'"on-fail":"{on_fail}"'))
        for kind in BOTH
        for on_fail in ("stop-retry-exit", "serve-retry-exit", "serve-retry-continue")
    ),
    ("V4-059", BAD, SQL % ("mysql", '"on-fail":"stop-retry-continue"')),
    ("V4-059", BAD, SQL % ("mysql", '"on-fail":""')),
    ("V4-064", OK, SQL % ("mysql", '"user":"kea","password":"1234"')),
    ("V4-064", OK, SQL % ("postgresql", '"user":"kea"')),
    ("V4-064", BAD, SQL % ("mysql", '"password":1234')),
    *(("V4-065", OK, HOSTS % (kind, '"name":"kea"')) for kind in BOTH),
    ("V4-065", OK, '"lease-database":{"type":"mysql","name":"x"},"hosts-database":{"type":"mysql","name":"x"}'),
    ("V4-065", BAD, HOSTS % ("cassandra", '"name":"kea"')),
    ("V4-065", BAD, '"hosts-database":{"name":"kea"}'),
    ("V4-067", OK, '"hosts-databases":[{"type":"mysql","name":"a"},{"type":"postgresql","name":"b"}]'),
    ("V4-067", BAD, '"hosts-databases":{"type":"mysql","name":"a"}'),
    ("V4-067", BAD, '"hosts-databases":[{"name":"a"}]'),
    *(("V4-069", OK, HOSTS % (kind, '"host":"","port":7,"user":"u","password":"p"')) for kind in BOTH),
    ("V4-069", BAD, HOSTS % ("mysql", '"port":-7')),
    ("V4-070", OK, HOSTS % ("mysql", '"max-reconnect-tries":3,"reconnect-wait-time":9,"on-fail":"serve-retry-exit"')),
    ("V4-070", BAD, HOSTS % ("mysql", '"on-fail":"retry"')),
    ("V4-070", BAD, HOSTS % ("mysql", '"max-reconnect-tries":"3"')),
    *(("V4-073", OK, HOSTS % (kind, '"readonly":true')) for kind in BOTH),
    ("V4-073", BAD, HOSTS % ("mysql", '"readonly":"true"')),
    ("V4-073", BAD, SQL % ("mysql", '"readonly":true')),
    ("V4-079", OK, '"interfaces-config":{"dhcp-socket-type":"udp"}'),
    ("V4-079", OK, '"interfaces-config":{"dhcp-socket-type":"raw"}'),
    ("V4-079", BAD, '"interfaces-config":{"dhcp-socket-type":"tcp"}'),
    ("V4-085", OK, '"interfaces-config":{"dhcp-socket-type":"udp","outbound-interface":"use-routing"}'),
    ("V4-085", OK, '"interfaces-config":{"outbound-interface":"same-as-inbound"}'),
    ("V4-085", BAD, '"interfaces-config":{"outbound-interface":"eth0"}'),
    ("V4-087", OK, '"interfaces-config":{"interfaces":["lo"],"dhcp-socket-type":"udp"}'),
    *(
        (row, OK, f'"interfaces-config":{{"{key}":{value}}}')
        for row, key, value in (
            ("V4-086", "re-detect", "false"),
            ("V4-089", "service-sockets-require-all", "true"),
            ("V4-090", "service-sockets-max-retries", "5"),
            ("V4-091", "service-sockets-retry-wait-time", "5000"),
        )
    ),
    *(
        (row, BAD, f'"interfaces-config":{{"{key}":{value}}}')
        for row, key, value in (
            ("V4-086", "re-detect", '"false"'),
            ("V4-089", "service-sockets-require-all", "1"),
            ("V4-090", "service-sockets-max-retries", "0.5"),
            ("V4-091", "service-sockets-retry-wait-time", '"5s"'),
        )
    ),
    *(("V4-096", OK, S % f'"id":{number}') for number in (0, 1, 4294967294)),
    *(("V4-096", BAD, S % f'"id":{number}') for number in (-1, 4294967295, 4294967296, '"1"')),
    ("V4-098", BAD, '"subnet4":[{"id":1,"subnet":"192.0.2.0/24"},{"id":1,"subnet":"192.0.3.0/24"}]'),
    ("V4-098", BAD, '"subnet4":[{"id":1,"subnet":"192.0.2.0/24"},{"subnet":"192.0.3.0/24"}]'),
    ("V4-098", OK, '"subnet4":[{"id":2,"subnet":"192.0.2.0/24"},{"subnet":"192.0.3.0/24"}]'),
    ("V4-098", BAD, '"subnet4":[{"subnet":"192.0.2.0/24"},{"id":1,"subnet":"192.0.3.0/24"}]'),
    (
        "V4-098",
        BAD,
        '"subnet4":[{"id":1,"subnet":"10.1.0.0/16"}],"shared-networks":[{"name":"n","subnet4":[{"id":1,"subnet":"10.2.0.0/16"}]}]',
    ),
    ("V4-099", BAD, '"subnet4":[{"id":1,"subnet":"192.0.2.0/24"},{"id":2,"subnet":"192.0.2.0/24"}]'),
    ("V4-099", OK, '"subnet4":[{"id":1,"subnet":"192.0.2.0/24"},{"id":2,"subnet":"192.0.2.1/24"}]'),
    ("V4-100", BAD, S % '"pools":[{"pool":"192.0.2.9"}]'),
    ("V4-100", BAD, S % '"pools":[{"pool":"192.0.2.9-192.0.2.1"}]'),
    ("V4-100", BAD, S % '"pools":["192.0.2.1-192.0.2.9"]'),
    ("V4-105", BAD, S % '"pools":[{"pool":"192.0.2.1-192.0.2.9"},{"pool":"192.0.2.9-192.0.2.20"}]'),
    ("V4-105", BAD, S % '"pools":[{"pool":"192.0.2.0/25"},{"pool":"192.0.2.64/26"}]'),
    ("V4-105", OK, S % '"pools":[{"pool":"192.0.2.1-192.0.2.8"},{"pool":"192.0.2.9-192.0.2.20"}]'),
    ("V4-107", BAD, S % '"pools":[{"pool":"192.0.3.1-192.0.3.9"}]'),
    ("V4-107", BAD, S % '"pools":[{"pool":"192.0.2.250-192.0.3.9"}]'),
    ("V4-107", BAD, S % '"pools":[{"pool":"192.0.0.0/16"}]'),
    ("V4-108", BAD, S % '"pools":[{"pool":"192.0.2.0/25","next-server":"192.0.2.1"}]'),
    ("V4-112", BAD, DATA % '"data":"192.0.2.1"'),
    ("V4-112", OK, DATA % '"name":"routers","code":3,"data":"192.0.2.1"'),
    ("V4-112", BAD, DATA % '"name":"routers","code":4,"data":"192.0.2.1"'),
    ("V4-124", BAD, DATA % '"name":"tcode","data":"a\\,b"'),
    ("V4-124", OK, DATA % '"name":"tcode","data":"a\\\\,b"'),
    ("V4-126", BAD, DEF % '"name":"routers","code":3,"type":"ipv4-address","array":true'),
    ("V4-126", BAD, DEF % '"name":"my-routers","code":3,"type":"uint8"'),
    ("V4-126", OK, DEF % '"name":"mine","code":160,"type":"uint8"'),
    ("V4-127", BAD, DATA % '"name":"no-such-option","data":"1"'),
    ("V4-127", OK, DATA % '"code":230,"csv-format":false,"data":"01"'),
    ("V4-127", BAD, DATA % '"code":230,"csv-format":true,"data":"01"'),
    ("V4-229", BAD, DATA % '"name":"default-url","data":"http://x"'),
    ("V4-229", OK, DATA % '"name":"v4-captive-portal","data":"http://x"'),
    *(
        ("V4-262", BAD, f"{DEF % X},{DATA % X_DATA}" % (kind, text))
        for kind, text in (
            ("uint8", "256"),
            ("uint16", "-1"),
            ("uint32", "4294967296"),
            ("int8", "128"),
            ("int16", "-32769"),
            ("int32", "2147483648"),
            ("boolean", "maybe"),
            ("ipv4-address", "192.0.2.256"),
            ("ipv6-address", "192.0.2.1"),
            ("ipv6-prefix", "2001:db8::/129x"),
            ("psid", "3/17"),
            ("binary", "xyz"),
            ("fqdn", "a..b"),
        )
    ),
    ("V4-271", BAD, DEF % '"name":"x","code":230'),
    ("V4-271", BAD, DEF % '"name":"x","type":"uint8"'),
    ("V4-271", BAD, DEF % '"code":230,"type":"uint8"'),
    ("V4-271", OK, DEF % '"name":"x","code":230,"type":"uint8"'),
    ("V4-271", BAD, DEF % '"name":"x","code":230,"type":"uint8","default":1'),
    ("V4-273", BAD, DEF % '"name":"x","code":230,"type":"record"'),
    ("V4-273", BAD, DEF % '"name":"x","code":230,"type":"uint8","record-types":"uint8"'),
    ("V4-279", BAD, DEF % '"name":"x","code":230,"type":"uint8","array":"yes"'),
    ("V4-282", OK, CLASS % (DEF % '"name":"x","code":224,"type":"uint8"')),
    ("V4-282", OK, CLASS % (DEF % '"name":"x","code":254,"type":"uint8"')),
    ("V4-282", OK, CLASS % (DEF % '"name":"vendor-encapsulated-options","code":43,"type":"binary"')),
    ("V4-282", BAD, CLASS % (DEF % '"name":"x","code":223,"type":"uint8"')),
    ("V4-282", BAD, CLASS % (DEF % '"name":"x","code":3,"type":"uint8"')),
    ("V4-282", BAD, CLASS % (DEF % '"name":"x","code":1,"space":"foo","type":"uint8"')),
    ("V4-281", OK, DEF % '"name":"x","code":230,"type":"uint8"' + "," + CLASS % (DEF % Y + "," + DATA % X_AND_1)),
    ("V4-281", BAD, CLASS % (DEF % Y + "," + DATA % X_AND_1)),
    ("V4-307", OK, DEF % '"name":"x","code":230,"type":"empty"' + "," + DATA % '"name":"x"'),
    ("V4-307", BAD, DATA % '"name":"interface-mtu"'),
    ("V4-307", OK, DATA % '"name":"routers"'),
    ("V4-307", BAD, DATA % '"name":"boot-file-name"'),
    ("V4-307", BAD, DEF % '"name":"x","code":230,"type":"binary"' + "," + DATA % '"name":"x"'),
)
"""Row, verdict, what stands inside "Dhcp4"."""


def _parameters() -> list[object]:
    texts = (*WHOLE, *((row, valid, f'{{"Dhcp4":{{{inside}}}}}') for row, valid, inside in INSIDE))
    return [
        pytest.param(valid, text, id=f"{row}-{'good' if valid else 'bad'}-{place}", marks=pytest.mark.arm(row))
        for place, (row, valid, text) in enumerate(texts)
    ]


@pytest.mark.parametrize(("valid", "text"), _parameters())
def test_configurations_are_judged_as_by_kea(valid: bool, text: str, tmp_path: Path) -> None:
    require("kea-dhcp4")
    theirs, mine = keas(text, 4, tmp_path), ours(text, 4)
    assert theirs.valid == valid, theirs.reason
    assert mine.valid == valid, mine.reason
