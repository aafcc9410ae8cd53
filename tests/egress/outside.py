"""The world outside, in a network namespace of the test's: a resolver on 127.0.0.1, another one, and servers."""
import socket, struct, sys, threading

NAMES = {
    b"good.example": ["198.51.100.7", "2001:db8:1::7"],
    b"alias.example": [b"good.example"],
    b"bad.example": ["198.51.100.8"],
    b"inside.good.example": ["127.0.0.1", "169.254.169.254"],
    b"many.example": ["198.51.%d.1" % n for n in range(101, 181)],
}
asked = open(sys.argv[1] + "/asked", "ab", 0)


def encoded(name):
    return b"".join(bytes([len(part)]) + part for part in name.split(b".")) + b"\0"


def record(owner, kind, data):
    return encoded(owner) + struct.pack(">HHIH", kind, 1, 300, len(data)) + data


def answer(query, room):
    at, parts = 12, []
    while query[at]:
        parts.append(query[at + 1 : at + 1 + query[at]].lower())
        at += 1 + query[at]
    kind = struct.unpack(">H", query[at + 1 : at + 3])[0]
    owner = name = b".".join(parts)
    question = query[12 : at + 5]
    asked.write(name + b"\n")
    if name not in NAMES:
        return query[:2] + b"\x81\x83\0\1\0\0\0\0\0\0" + question
    records = []
    if isinstance(NAMES[name][0], bytes):
        owner = NAMES[name][0]
        records.append(record(name, 5, encoded(owner)))
    for address in NAMES[owner]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        if kind == (28 if ":" in address else 1):
            records.append(record(owner, kind, socket.inet_pton(family, address)))
    body = b"".join(records)
    if len(body) > room:
        return query[:2] + b"\x83\x80\0\1\0\0\0\0\0\0" + question
    return query[:2] + b"\x81\x80\0\1" + struct.pack(">HHH", len(records), 0, 0) + question + body


def bound(kind, address, port):
    one = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, kind)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.bind((address, port))
    return one


def greet(client, address):
    client.sendall(b"ahoy from " + address.encode() + b"\n")
    # Closed with something unread it would be reset, and what was said be lost.
    client.shutdown(socket.SHUT_WR)
    client.settimeout(60)
    while client.recv(64):
        pass


def name_by_stream(client, _):
    size = struct.unpack(">H", client.recv(2))[0]
    said = answer(client.recv(size), 65535)
    client.sendall(struct.pack(">H", len(said)) + said)


def converse(client, what, address):
    try:
        what(client, address)
    except OSError:
        pass
    client.close()


def accept(server, what, address):
    while True:
        client, _ = server.accept()
        threading.Thread(target=converse, args=(client, what, address), daemon=True).start()


def datagrams(server, what):
    while True:
        message, back = server.recvfrom(4096)
        server.sendto(what(message), back)


work = []
for address in ("127.0.0.1", "198.51.100.9"):
    server = bound(socket.SOCK_STREAM, address, 53)
    server.listen(9)
    work.append((accept, server, name_by_stream, address))
    server = bound(socket.SOCK_DGRAM, address, 53)
    work.append((datagrams, server, lambda query: answer(query, 400)))
for address in ("192.0.2.2", "198.51.100.7", "198.51.100.8", "2001:db8:1::7", "2001:db8:1::8"):
    for port in (80, 81):
        server = bound(socket.SOCK_STREAM, address, port)
        server.listen(9)
        work.append((accept, server, greet, address))
        server = bound(socket.SOCK_DGRAM, address, port)
        work.append((datagrams, server, lambda message: b"ahoy\n"))
for what, *arguments in work:
    threading.Thread(target=what, args=arguments, daemon=True).start()
open(sys.argv[1] + "/ready", "w").close()
threading.Event().wait()
