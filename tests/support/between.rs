//! Somebody between coracle and a server: passes bytes on, and cuts the line where it is told to.
//!
//! It can also be the proxy of the environment: then every host is the one server behind it.
#![allow(dead_code, reason = "every test file uses a part")]

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// After how many bytes from the server the next connection is cut; `None`: never.
type Cuts = Box<dyn FnMut() -> Option<u64> + Send>;

pub struct Between {
    port: u16,
    passed: Arc<AtomicU64>,
    cuts: Arc<AtomicU64>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Between {
    /// Passes connections on to `server`, each until its cut.
    pub fn cutting(server: &str, cuts: impl FnMut() -> Option<u64> + Send + 'static) -> Self {
        Self::start(server, Box::new(cuts), false)
    }

    /// A proxy as HTTPS_PROXY names it, which leads everywhere to `server`.
    pub fn proxy(server: &str) -> Self {
        Self::start(server, Box::new(|| None), true)
    }

    fn start(server: &str, cuts: Cuts, proxy: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let between = Self {
            port: listener.local_addr().expect("bound").port(),
            passed: Arc::default(),
            cuts: Arc::default(),
            heads: Arc::default(),
        };
        let (passed, count) = (between.passed.clone(), between.cuts.clone());
        let (heads, server) = (between.heads.clone(), server.to_owned());
        let cuts = Mutex::new(cuts);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let cut = (cuts.lock().expect("no panic"))();
                let line = Line {
                    cut,
                    proxy,
                    passed: passed.clone(),
                    cuts: count.clone(),
                    heads: heads.clone(),
                };
                let server = server.clone();
                std::thread::spawn(move || line.hold(client, &server));
            }
        });
        between
    }

    /// `127.0.0.1:port`
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Bytes that came from the server so far.
    pub fn passed(&self) -> u64 {
        self.passed.load(Ordering::SeqCst)
    }

    /// Connections that were cut.
    pub fn cuts(&self) -> u64 {
        self.cuts.load(Ordering::SeqCst)
    }

    /// What the proxy was asked for, one first line for each connection.
    pub fn asked(&self) -> Vec<String> {
        self.heads.lock().expect("no panic").clone()
    }
}

/// One connection.
struct Line {
    cut: Option<u64>,
    proxy: bool,
    passed: Arc<AtomicU64>,
    cuts: Arc<AtomicU64>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Line {
    fn hold(self, mut client: TcpStream, server: &str) {
        let Ok(mut server) = TcpStream::connect(server) else {
            return; // a dead server is a closed line
        };
        let _ = client.set_read_timeout(Some(Duration::from_secs(60)));
        if self.proxy {
            let head = head(&mut client);
            let first = head.lines().next().unwrap_or_default().to_owned();
            let tunnel = first.starts_with("CONNECT ");
            self.heads.lock().expect("no panic").push(first);
            let sent = match tunnel {
                true => client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n"),
                false => server.write_all(head.as_bytes()),
            };
            if sent.is_err() {
                return;
            }
        }
        let (Ok(mut from), Ok(mut to)) = (client.try_clone(), server.try_clone()) else {
            return;
        };
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut to);
            let _ = to.shutdown(Shutdown::Write);
        });
        self.back(&mut server, &mut client);
        let _ = client.shutdown(Shutdown::Both);
        let _ = server.shutdown(Shutdown::Both);
    }

    /// The server's half, until the cut.
    fn back(&self, server: &mut TcpStream, client: &mut TcpStream) {
        let mut left = self.cut.unwrap_or(u64::MAX);
        let mut buffer = [0; 16 << 10];
        while left > 0 {
            let room = usize::try_from(left)
                .unwrap_or(usize::MAX)
                .min(buffer.len());
            match server.read(&mut buffer[..room]) {
                Ok(count) if count > 0 && client.write_all(&buffer[..count]).is_ok() => {
                    left -= count as u64;
                    self.passed.fetch_add(count as u64, Ordering::SeqCst);
                }
                _ => return,
            }
        }
        self.cuts.fetch_add(1, Ordering::SeqCst);
    }
}

/// Reads a request's head, byte by byte: what follows is not ours.
fn head(client: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 64 << 10 {
        match client.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&head).into_owned()
}
