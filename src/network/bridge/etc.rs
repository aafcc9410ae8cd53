//! The files below /etc of a container whose networks change while it runs: hosts(5) and
//! resolv.conf(5) as they are now, with the lines of one network more or less.

use std::net::IpAddr;

/// What comes and what goes.
#[derive(Debug, Default)]
pub struct Change<'a> {
    /// The container's hostname and its name.
    pub own: [&'a str; 2],
    pub come: Vec<IpAddr>,
    pub gone: Vec<IpAddr>,
}

/// Returns /etc/hosts without the addresses that go and with those that come.
pub fn hosts(text: &str, change: &Change<'_>) -> String {
    let [hostname, name] = change.own;
    let about_it = |line: &&str| {
        let mut words = line.split_ascii_whitespace();
        let address = words.next().and_then(|word| word.parse().ok());
        address.is_some_and(|address: IpAddr| change.gone.contains(&address))
            && words.any(|word| word == hostname || word == name)
    };
    let mut out = lines(text.lines().filter(|line| !about_it(line)));
    let both: Vec<&str> = match hostname == name {
        true => vec![name],
        false => vec![hostname, name],
    };
    let own: Vec<&str> = both.into_iter().filter(|word| !word.is_empty()).collect();
    for address in change.come.iter().filter(|_| !own.is_empty()) {
        out.push_str(&format!("{address}\t{}\n", own.join(" ")));
    }
    out
}

/// Returns /etc/resolv.conf without the servers that go; those that come are asked first.
pub fn resolv_conf(text: &str, change: &Change<'_>) -> String {
    let server = |line: &str| -> Option<IpAddr> {
        let mut words = line.split_ascii_whitespace();
        let named = words.next() == Some("nameserver");
        words.next().filter(|_| named)?.parse().ok()
    };
    let all = [&change.gone, &change.come];
    let kept = |line: &&str| {
        server(line).is_none_or(|address| !all.iter().any(|list| list.contains(&address)))
    };
    let kept: Vec<&str> = text.lines().filter(kept).collect();
    let place = kept.iter().position(|line| server(line).is_some());
    let (before, after) = kept.split_at(place.unwrap_or(kept.len()));
    let come = change
        .come
        .iter()
        .map(|address| format!("nameserver {address}\n"));
    lines(before.iter().copied()) + &come.collect::<String>() + &lines(after.iter().copied())
}

fn lines<'a>(all: impl Iterator<Item = &'a str>) -> String {
    all.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(come: &[&str], gone: &[&str]) -> Change<'static> {
        let parse = |all: &[&str]| all.iter().map(|one| one.parse().expect("one")).collect();
        Change {
            own: ["host", "web"],
            come: parse(come),
            gone: parse(gone),
        }
    }

    #[test]
    fn the_containers_own_lines_change() {
        let text = "127.0.0.1\tlocalhost\n10.1.1.2\thost web\n10.1.1.2 other\n";
        let moved = hosts(text, &change(&["10.2.2.3"], &["10.1.1.2"]));
        let wanted = "127.0.0.1\tlocalhost\n10.1.1.2 other\n10.2.2.3\thost web\n";
        assert_eq!(moved, wanted);
        assert_eq!(hosts(text, &change(&[], &["10.1.1.9"])), text);
    }

    #[test]
    fn new_servers_are_asked_first() {
        let text = "search dns.podman\nnameserver 10.1.1.1\nnameserver 9.9.9.9\noptions a\n";
        let wanted = "search dns.podman\nnameserver 10.2.2.1\nnameserver 9.9.9.9\noptions a\n";
        let moved = resolv_conf(text, &change(&["10.2.2.1"], &["10.1.1.1"]));
        assert_eq!(moved, wanted);
        let alone = resolv_conf("search a\n", &change(&["10.2.2.1"], &[]));
        assert_eq!(alone, "search a\nnameserver 10.2.2.1\n");
    }
}
