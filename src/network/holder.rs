//! Who holds a port: the socket tables of /proc/net and the descriptors of /proc/PID.
//!
//! proc(5). Processes of other users hide their descriptors; then the owner's id is all
//! that can be said.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::network::error::Holder;
use crate::types::escape;
use crate::types::request::Protocol;

/// The most of one socket table that is read.
const TABLE_LIMIT: u64 = 16 << 20;

/// A socket that holds the port.
#[derive(Debug, PartialEq, Eq)]
struct Socket {
    inode: u64,
    uid: u32,
}

/// Names who holds a port of this machine, as far as we may see.
pub fn of_port(protocol: Protocol, port: u16) -> Option<Holder> {
    let (tables, state) = match protocol {
        // 0A is TCP_LISTEN, 07 an unconnected UDP socket: include/net/tcp_states.h.
        Protocol::Tcp => (["/proc/net/tcp", "/proc/net/tcp6"], "0A"),
        Protocol::Udp => (["/proc/net/udp", "/proc/net/udp6"], "07"),
        Protocol::Sctp => return None,
    };
    let socket = tables.iter().find_map(|table| {
        let text = read_limited(Path::new(table))?;
        find_socket(&text, port, state)
    })?;
    Some(process_with(socket.inode).unwrap_or(Holder::User(socket.uid)))
}

fn read_limited(path: &Path) -> Option<String> {
    let mut text = String::new();
    let file = File::open(path).ok()?;
    file.take(TABLE_LIMIT).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Finds the first socket in `state` on the local port.
fn find_socket(table: &str, port: u16, state: &str) -> Option<Socket> {
    table.lines().skip(1).find_map(|line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let (_, local) = words.get(1)?.rsplit_once(':')?;
        let matches = u16::from_str_radix(local, 16).ok()? == port && *words.get(3)? == state;
        if !matches {
            return None;
        }
        Some(Socket {
            uid: words.get(7)?.parse().ok()?,
            inode: words.get(9)?.parse().ok()?,
        })
    })
}

/// Finds a process with a descriptor of that socket.
fn process_with(inode: u64) -> Option<Holder> {
    let wanted = format!("socket:[{inode}]");
    let processes = std::fs::read_dir("/proc").ok()?;
    for process in processes.flatten() {
        let Some(pid) = process.file_name().to_str().and_then(|n| n.parse().ok()) else {
            continue;
        };
        let Ok(descriptors) = std::fs::read_dir(process.path().join("fd")) else {
            continue;
        };
        let holds = descriptors.flatten().any(|descriptor| {
            std::fs::read_link(descriptor.path()).is_ok_and(|to| to.as_os_str() == wanted.as_str())
        });
        if holds {
            let name = std::fs::read(process.path().join("comm")).unwrap_or_default();
            let name = escape::visible_bytes(name.trim_ascii_end());
            return Some(Holder::Process { name, pid });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listening_socket_is_found_in_the_table() {
        let table = "\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 11 1
   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1001        0 22 1
   2: garbage
";
        let found = find_socket(table, 8080, "0A");
        assert_eq!(
            found,
            Some(Socket {
                inode: 22,
                uid: 1001
            })
        );
        assert_eq!(find_socket(table, 8081, "0A"), None);
    }
}
