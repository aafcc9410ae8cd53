"""What root in a container may try against its list; every line that begins with LEAK is one too many."""
import ctypes, os, socket, struct, subprocess, sys

LIBC = ctypes.CDLL(None, use_errno=True)
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def leak(what):
    print("LEAK", what, flush=True)


def refused(what, attempt):
    """The attempt itself has to fail."""
    try:
        attempt()
    except (OSError, subprocess.CalledProcessError):
        return
    leak(what)


def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def talk(address, port, kind, source=None):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, kind) as one:
        one.settimeout(60)
        if source:
            one.setsockopt(socket.SOL_IP, 15, 1)  # IP_FREEBIND
            one.bind((source, 0))
        one.connect((address, port))
        one.send(b"x")
        if not one.recv(64):
            raise OSError("closed")


def ask(server, name, kind):
    query = b"\1\2\1\0\0\1\0\0\0\0\0\0"
    query += b"".join(bytes([len(part)]) + part for part in name.encode().split(b".")) + b"\0\0\1\0\1"
    with socket.socket(socket.AF_INET, kind) as one:
        one.settimeout(60)
        one.connect((server, 53))
        if kind == socket.SOCK_STREAM:
            one.sendall(struct.pack(">H", len(query)) + query)
            one.recv(2)
        else:
            one.send(query)
        answer = one.recv(4096)
    if answer[3] & 15:
        raise OSError("no such name")


def reach(when):
    for address in ("198.51.100.8", "2001:db8:1::8"):
        for port in (80, 81):
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
                refused(f"{when}: {address} {port} {kind}", lambda: talk(address, port, kind))
    for address in ("198.51.100.7", "2001:db8:1::7"):
        refused(f"{when}: {address} 81", lambda: talk(address, 81, socket.SOCK_STREAM))
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        for server in ("127.0.0.11", "198.51.100.9", "169.254.1.1"):
            refused(f"{when}: bad.example of {server} {kind}", lambda: ask(server, "bad.example", kind))


def option(level, number, value):
    def attempt():
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
            one.setsockopt(level, number, value)

    return attempt


def call(function, *arguments):
    if function(*arguments) != 0:
        raise OSError(ctypes.get_errno(), "refused")


def rejoin():
    with open("/proc/self/ns/net") as own:
        call(LIBC.setns, own.fileno(), CLONE_NEWNET)


def elsewhere():
    """A user namespace of its own has every capability, and none over this network."""
    child = os.fork()
    if child == 0:
        code = 0
        if LIBC.unshare(CLONE_NEWUSER) == 0:
            code = subprocess.call(["nft", "flush", "ruleset"], stderr=subprocess.DEVNULL) == 0
        os._exit(int(code))
    if os.waitpid(child, 0)[1] != 0:
        leak("nft in a user namespace of its own")


def by_loopback():
    """What is sent to lo comes back in, and would be forwarded: nobody answers, so not for long."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as one:
        one.settimeout(2)
        one.setsockopt(socket.SOL_SOCKET, 25, b"lo")  # SO_BINDTODEVICE
        one.connect(("198.51.100.8", 80))


def raw(family, kind, protocol):
    return lambda: socket.socket(family, kind, protocol).close()


if sys.argv[1:] == ["control"]:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        refused(f"{kind}", lambda: talk("198.51.100.8", 80, kind))
    sys.exit()
reach("before")
for words in (
    "nft flush ruleset",
    "nft delete table inet coracle",
    "nft list ruleset",
    "nft add table inet mine",
    "ip address add 10.0.2.77/24 dev eth0",
    "ip address add 192.0.2.77/24 dev lo",
    "ip route add 198.51.100.8/32 dev eth0",
    "ip rule add from all lookup local",
    "ip link add mine type veth peer name yours",
    "ip link set eth0 down",
    "ip link set eth0 netns 1",
    "ip tuntap add dev mine mode tun",
    "ip neigh add 10.0.2.2 lladdr 02:00:00:00:00:01 dev eth0",
):
    refused(words, lambda: run(*words.split()))
refused("raw", raw(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW))
refused("raw icmp", raw(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
refused("raw 6", raw(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_RAW))
refused("packets", raw(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)))
refused("packets, cooked", raw(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3)))
refused("SO_MARK", option(socket.SOL_SOCKET, 36, 1))
refused("IP_TRANSPARENT", option(socket.SOL_IP, 19, 1))
refused("setns", rejoin)
refused("another source", lambda: talk("198.51.100.8", 80, socket.SOCK_STREAM, "10.0.2.77"))
elsewhere()
for name in ("ip_forward", "conf/all/route_localnet", "conf/all/accept_local"):
    try:
        with open("/proc/sys/net/ipv4/" + name, "w") as file:
            file.write("1")
    except OSError:
        pass
refused("around by lo", by_loopback)
reach("after")
LIBC.unshare(CLONE_NEWNET)
if LIBC.unshare(CLONE_NEWNET) == 0:
    reach("in a network of its own")
print("tried all", flush=True)
