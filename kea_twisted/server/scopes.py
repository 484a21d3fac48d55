"""Which scopes a reply's options come from, the same in both families: classes first, then the plan of the options."""

from __future__ import annotations

from typing import Any

from kea_twisted.log.message import DBG_BASIC
from kea_twisted.options.definition import OptionSet
from kea_twisted.server.exchange import AnyExchange
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.reply_options import OptionPlan, merge
from kea_twisted.server.reservations import add_reserved_classes


def evaluate_required(exchange: AnyExchange) -> Outcome | None:
    """Step: classes that the network, the subnet and the pools require, in this order; before them those reserved.

    A class that several of them require is evaluated once, in its first place.
    """
    subnet = exchange.subnet
    if subnet is None:
        return None
    if exchange.hosts:
        add_reserved_classes(exchange)
    network = subnet.network
    server = exchange.server
    names = subnet.require_client_classes
    if network is not None and network.require_client_classes:
        names = (*network.require_client_classes, *names)
    if server.pools_require:
        for pool in exchange.pools():
            names = (*names, *pool.require_client_classes)
    if names:
        server.classes.required(exchange.query, dict.fromkeys(names))
    return None


def plan_of(exchange: AnyExchange) -> OptionPlan:
    """Return the option plan of the query's scopes; plans without a reservation's options are kept."""
    server = exchange.server
    if server.classes.server_logger.rank >= DBG_BASIC:
        server.classes.log_unconfigured(exchange.query, exchange.label)
    configured = exchange.config.classes
    names = tuple([name for name in exchange.query.classes if name in configured]) if configured else ()
    pools = exchange.pools() if server.pools_have_options else ()
    if exchange.hosts:
        host = exchange.host
        if host is not None and host.options:
            return _merge(exchange, names, pools, host.options)
    key = (exchange.subnet, pools, names)
    plan: OptionPlan | None = server.plans.get(key)
    if plan is None:
        plan = _merge(exchange, names, pools, ())
        server.plans.put(key, plan)
    return plan


def _merge(exchange: AnyExchange, names: tuple[str, ...], pools: Any, host_options: OptionSet) -> OptionPlan:
    """Return the plan of all scopes, the most specific first. Without a subnet nothing goes out unasked."""
    scopes: list[OptionSet] = [host_options]
    subnet = exchange.subnet
    if subnet is not None:
        scopes.extend(pool.options for pool in pools)
        scopes.append(subnet.options)
        if subnet.network is not None:
            scopes.append(subnet.network.options)
    scopes.extend(exchange.config.classes[name].options for name in names)
    scopes.append(exchange.config.options)
    words = exchange.server.words
    return merge(scopes, words.space, words.basic_options if subnet is not None else ())
