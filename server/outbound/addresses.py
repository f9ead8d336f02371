"""Which addresses may be asked from here: only global ones, unless the operator named a host of the own network (security.md §3, SSRF)."""

import asyncio
import ipaddress
import socket
from collections.abc import Collection

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# IPv6 ways to write an IPv4 address, which a translating network would reach.
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class Refused(Exception):
    """An address that is not asked. The sentence says why, for the operator's log."""


async def pinned(host: str, port: int, private_hosts: Collection[str]) -> str:
    """The address to connect to, looked at before and used as it is: a name that answers otherwise later gains nothing.

    Raises `Refused`.
    """
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Refused(f"{host} cannot be resolved") from error
    addresses = list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))
    if not addresses:
        raise Refused(f"{host} has no address")
    if not is_named(host, port, private_hosts):
        for address in addresses:
            if not is_global(ipaddress.ip_address(address)):
                raise Refused(
                    f"{host} is at {address}, which is not a public address (TENFOUR_ALLOWED_PRIVATE_HOSTS)"
                )
    return addresses[0]


def is_named(host: str, port: int, private_hosts: Collection[str]) -> bool:
    """Whether the operator allowed this host, or this port of it."""
    return host in private_hosts or f"{host}:{port}" in private_hosts


def is_global(address: Address) -> bool:
    """Reachable on the internet and for one machine, also what it stands for when it is a way to write another address."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _TRANSLATED:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(one is not None and not is_global(one) for one in inner):
            return False
        if address.ipv4_mapped is not None:
            return True
    return address.is_global and not address.is_multicast
