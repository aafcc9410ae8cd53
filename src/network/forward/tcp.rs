//! Connections: accepted on the host, begun into the container at once, and joined.
//!
//! The container's side is connected before anything is read, so that a server may speak first.
//! Each direction ends by itself: a half-closed connection stays one. What breaks on one side
//! breaks on the other, unless bytes are still on their way there.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::os::fd::{AsFd, OwnedFd};
use std::time::{Duration, Instant};

use crate::network::forward::flow::{Broken, Flow, Pipes};
use crate::network::forward::slots::Slots;
use crate::network::forward::way::{Attempt, Way};
use crate::network::forward::{Name, READING};
use crate::network::{Error, ports::Bound};
use crate::sys::epoll::{Epoll, Found, Interest};
use crate::sys::net::Transport;
use crate::sys::socket;

/// Connections at once; more wait in the kernel until one ends.
const MOST: u64 = 4096;

/// What one connection takes at most: two sockets, two pipes.
const FILES: u64 = 6;

/// How many are accepted in a row.
const ROW: u32 = 32;

/// How long the container may take to accept.
const PATIENCE: Duration = Duration::from_secs(20);

/// The same under the client's address, as long as that has not worked.
const SHORT_PATIENCE: Duration = Duration::from_secs(6);

const ENFILE: i32 = 23;
const EMFILE: i32 = 24;
const ECONNREFUSED: i32 = 111;

/// All connections through a container's ports.
#[derive(Debug)]
pub struct Connections {
    ports: Vec<(TcpListener, u16)>,
    all: Slots<Connection>,
    pipes: Pipes,
    connecting: usize,
    /// No more are accepted for now.
    paused: bool,
    /// The whole system is, perhaps: not before the next tick.
    short_of_files: bool,
}

#[derive(Debug)]
struct Connection {
    client: Side,
    server: Side,
    from: SocketAddr,
    connecting: Option<Connecting>,
    /// The client's address, where the container's answers to it come to us.
    kept: Option<IpAddr>,
    up: Flow,
    down: Flow,
}

/// A connection into the container on its way.
#[derive(Debug)]
struct Connecting {
    now: Attempt,
    deadline: Instant,
    /// In reverse.
    further: Vec<Attempt>,
    /// Where the client's address seems not to work.
    doubted: Option<IpAddr>,
}

#[derive(Debug)]
struct Side {
    fd: OwnedFd,
    /// For what it is watched, if it is.
    watched: Option<Interest>,
    /// It is over, and tells so all the time.
    over: bool,
}

impl Side {
    fn new(fd: OwnedFd) -> Self {
        Self {
            fd,
            watched: None,
            over: false,
        }
    }

    fn watch(&mut self, epoll: &Epoll, name: Name, wanted: Option<Interest>) {
        if self.watched == wanted {
            return;
        }
        let done = match (self.watched, wanted) {
            (None, Some(interest)) => epoll.add(&self.fd, name.word(), interest),
            (Some(_), Some(interest)) => epoll.change(&self.fd, name.word(), interest),
            (_, None) => epoll.remove(&self.fd),
        };
        // Without memory for it the connection stands still until its other side moves.
        if done.is_ok() {
            self.watched = wanted;
        }
    }
}

impl Connections {
    pub fn new(files: u64) -> Self {
        Self {
            ports: Vec::new(),
            all: Slots::new((files / FILES).clamp(1, MOST) as usize),
            pipes: Pipes::default(),
            connecting: 0,
            paused: false,
            short_of_files: false,
        }
    }

    pub fn publish(&mut self, epoll: &Epoll, bound: Bound) -> Result<(), Error> {
        socket::listen(&bound.socket)?;
        // What is accepted inherits this.
        socket::carry(&bound.socket)?;
        let listener = TcpListener::from(bound.socket);
        listener.set_nonblocking(true).map_err(Error::holder)?;
        let number = self.ports.len() as u32;
        epoll.add(&listener, Name::TcpPort(number).word(), READING)?;
        self.ports.push((listener, bound.inside));
        Ok(())
    }

    /// Takes in those who wait at a port.
    pub fn accept(&mut self, epoll: &Epoll, way: &mut Way, port: u32, now: Instant) {
        for _ in 0..ROW {
            if self.all.is_full() {
                return self.pause(epoll);
            }
            let Some((listener, inside)) = self.ports.get(port as usize) else {
                return;
            };
            let (inside, accepted) = (*inside, listener.accept());
            match accepted {
                Ok((client, from)) => {
                    if client.set_nonblocking(true).is_ok() {
                        self.begin(epoll, way, client.into(), from, inside, now);
                    }
                }
                Err(error) if matches!(error.raw_os_error(), Some(ENFILE | EMFILE)) => {
                    self.short_of_files = true;
                    return self.pause(epoll);
                }
                // Nobody waits any more.
                Err(_) => return,
            }
        }
    }

    fn pause(&mut self, epoll: &Epoll) {
        if !self.paused {
            self.paused = true;
            for (listener, _) in &self.ports {
                let _ = epoll.remove(listener);
            }
        }
    }

    fn begin(
        &mut self,
        epoll: &Epoll,
        way: &mut Way,
        client: OwnedFd,
        from: SocketAddr,
        inside: u16,
        now: Instant,
    ) {
        let mut further = way.attempts(from, inside);
        further.reverse();
        let mut connection = match start(way, from, further, None, now) {
            Some((server, connecting)) => Connection {
                kept: connecting.now.kept.then_some(from.ip()),
                client: Side::new(client),
                server: Side::new(server),
                from,
                connecting: Some(connecting),
                up: Flow::default(),
                down: Flow::default(),
            },
            None => {
                let _ = socket::break_on_close(client);
                return;
            }
        };
        let _ = socket::carry(&connection.server.fd);
        let number = self.all.next();
        connection.watch(epoll, number);
        self.all.put(connection);
        self.connecting += 1;
    }

    /// Something at a client.
    pub fn client(&mut self, epoll: &Epoll, way: &mut Way, number: u32, found: &Found) {
        let Some(one) = self.all.get(number) else {
            return;
        };
        if one.connecting.is_some() {
            if found.over {
                self.end(way, number);
            }
            return;
        }
        let mut done = Ok(());
        if found.readable || found.over {
            done = one.up(&mut self.pipes);
        }
        if found.writable && done.is_ok() {
            done = one.down(&mut self.pipes);
        }
        one.client.over |= found.over;
        self.go_on(epoll, way, number, done);
    }

    /// Something at the container's side.
    pub fn server(
        &mut self,
        epoll: &Epoll,
        way: &mut Way,
        number: u32,
        found: &Found,
        now: Instant,
    ) {
        let Some(one) = self.all.get(number) else {
            return;
        };
        if one.connecting.is_some() {
            let outcome = socket::outcome(&one.server.fd).map_err(|error| error.errno);
            return match outcome {
                Ok(()) if found.over => self.retry(epoll, way, number, None, now),
                Ok(()) => self.connected(epoll, way, number),
                Err(errno) => self.retry(epoll, way, number, Some(errno), now),
            };
        }
        let mut done = Ok(());
        if found.readable || found.over {
            done = one.down(&mut self.pipes);
        }
        if found.writable && done.is_ok() {
            done = one.up(&mut self.pipes);
        }
        one.server.over |= found.over;
        self.go_on(epoll, way, number, done);
    }

    fn connected(&mut self, epoll: &Epoll, way: &mut Way, number: u32) {
        let Some(one) = self.all.get(number) else {
            return;
        };
        if let Some(connecting) = one.connecting.take() {
            self.connecting -= 1;
            match (connecting.now.kept, connecting.doubted) {
                (true, _) => way.learn(connecting.now.to.ip(), true),
                (false, Some(doubted)) => way.learn(doubted, false),
                (false, None) => {}
            }
        }
        let done = one
            .up(&mut self.pipes)
            .and_then(|()| one.down(&mut self.pipes));
        self.go_on(epoll, way, number, done);
    }

    /// The next way into the container; `None` for a reason is that it took too long.
    fn retry(
        &mut self,
        epoll: &Epoll,
        way: &mut Way,
        number: u32,
        reason: Option<i32>,
        now: Instant,
    ) {
        let Some(one) = self.all.get(number) else {
            return;
        };
        let Some(mut before) = one.connecting.take() else {
            return;
        };
        self.connecting -= 1;
        if let Some(client) = one.kept.take() {
            way.release(client, now);
        }
        let to = before.now.to;
        match reason {
            // A clear answer; under our own address it would be no other.
            Some(ECONNREFUSED) => before.further.retain(|other| other.to != to),
            None if before.now.kept => before.doubted = Some(to.ip()),
            _ => {}
        }
        let Some((server, next)) = start(way, one.from, before.further, before.doubted, now) else {
            let _ = socket::break_on_close(&one.client.fd);
            self.all.take(number);
            return;
        };
        let _ = socket::carry(&server);
        one.kept = next.now.kept.then_some(one.from.ip());
        one.server.watch(epoll, Name::Server(number), None);
        one.server = Side::new(server);
        one.connecting = Some(next);
        one.watch(epoll, number);
        self.connecting += 1;
    }

    fn go_on(&mut self, epoll: &Epoll, way: &mut Way, number: u32, done: Result<(), (Broken, Up)>) {
        let Some(one) = self.all.get(number) else {
            return;
        };
        match done {
            Err((broken, up)) => {
                one.break_apart(broken, up);
                self.end(way, number);
            }
            Ok(()) if one.is_over() => self.end(way, number),
            Ok(()) => one.watch(epoll, number),
        }
    }

    fn end(&mut self, way: &mut Way, number: u32) {
        if let Some(one) = self.all.take(number) {
            self.connecting -= usize::from(one.connecting.is_some());
            if let Some(client) = one.kept {
                way.release(client, Instant::now());
            }
        }
    }

    pub fn nothing_is_late(&self) -> bool {
        self.connecting == 0 && !self.short_of_files
    }

    /// Gives up what the container does not answer.
    pub fn tick(&mut self, epoll: &Epoll, way: &mut Way, now: Instant) {
        self.short_of_files = false;
        if self.connecting == 0 {
            return;
        }
        let late = |one: &Connection| one.connecting.as_ref().is_some_and(|c| c.deadline < now);
        let late: Vec<u32> = self
            .all
            .each()
            .filter(|(_, one)| late(one))
            .map(|(number, _)| number)
            .collect();
        for number in late {
            self.retry(epoll, way, number, None, now);
        }
    }

    /// The end of a round.
    pub fn settle(&mut self, epoll: &Epoll) {
        self.all.settle();
        if self.paused && !self.all.is_full() && !self.short_of_files {
            self.paused = false;
            for (number, (listener, _)) in self.ports.iter().enumerate() {
                let _ = epoll.add(listener, Name::TcpPort(number as u32).word(), READING);
            }
        }
    }
}

/// Begins to connect by the best way that is left.
fn start(
    way: &mut Way,
    from: SocketAddr,
    mut further: Vec<Attempt>,
    doubted: Option<IpAddr>,
    now: Instant,
) -> Option<(OwnedFd, Connecting)> {
    while let Some(attempt) = further.pop() {
        let kept = attempt.kept && way.hold(from.ip(), now);
        if attempt.kept && !kept {
            continue;
        }
        let own = kept.then_some(from);
        match socket::begin(Transport::Tcp, own, attempt.to) {
            Ok(server) => {
                let short = kept && !way.is_proven(attempt.to.ip());
                let patience = if short { SHORT_PATIENCE } else { PATIENCE };
                let connecting = Connecting {
                    now: attempt,
                    deadline: now + patience,
                    further,
                    doubted,
                };
                return Some((server, connecting));
            }
            Err(_) if kept => way.release(from.ip(), now),
            Err(_) => {}
        }
    }
    None
}

/// Which direction: from the client to the container.
type Up = bool;

impl Connection {
    fn up(&mut self, pipes: &mut Pipes) -> Result<(), (Broken, Up)> {
        let done = self.up.pump(&self.client.fd, &self.server.fd, pipes);
        done.map_err(|broken| (broken, true))
    }

    fn down(&mut self, pipes: &mut Pipes) -> Result<(), (Broken, Up)> {
        let done = self.down.pump(&self.server.fd, &self.client.fd, pipes);
        done.map_err(|broken| (broken, false))
    }

    /// Both directions have ended, or one side is gone and has said all.
    fn is_over(&self) -> bool {
        let (up, down) = (&self.up, &self.down);
        let gone = |side: &Side, flow: &Flow| side.over && flow.ended && flow.shut;
        up.shut && down.shut || gone(&self.client, up) || gone(&self.server, down)
    }

    /// Has the side that is left see it break, unless it is still to get what was said before.
    fn break_apart(&self, broken: Broken, up: Up) {
        let left = match (broken, up) {
            (Broken::From, true) | (Broken::To, false) => &self.server.fd,
            (Broken::From, false) | (Broken::To, true) => &self.client.fd,
        };
        if broken == Broken::To || socket::unconfirmed(left.as_fd()) == 0 {
            let _ = socket::break_on_close(left);
        }
    }

    /// Has both sides watched for what can go on.
    fn watch(&mut self, epoll: &Epoll, number: u32) {
        let (mut client, mut server) = (Interest::default(), Interest::default());
        if self.connecting.is_some() {
            server.write = true;
        } else {
            client.read = self.up.wants_to_read();
            client.write = self.down.wants_to_write();
            server.read = self.down.wants_to_read();
            server.write = self.up.wants_to_write();
        }
        // One that waits for nothing is watched for its end only, and not any more after that.
        let wanted = |side: &Side, interest: Interest| {
            (interest != Interest::default() || !side.over).then_some(interest)
        };
        let (for_client, for_server) = (wanted(&self.client, client), wanted(&self.server, server));
        self.client.watch(epoll, Name::Client(number), for_client);
        self.server.watch(epoll, Name::Server(number), for_server);
    }
}
