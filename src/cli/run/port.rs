//! `-p`: `[[IP:][HOST]:]CONTAINER[/PROTOCOL]`, each port also as a range, IPv6 in brackets.

use std::net::IpAddr;

use crate::types::request::{PortMapping, Protocol};

/// Parses one `-p` word; several protocols (`53/tcp,udp`) give several mappings, no word none.
pub fn parse(text: &str) -> Result<Vec<PortMapping>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let (rest, protocols) = match text.rsplit_once('/') {
        Some((rest, words)) => (rest, words.split(',').map(protocol).collect()),
        None => (text, Ok(vec![Protocol::Tcp])),
    };
    let protocols: Vec<Protocol> = protocols.map_err(|why| why.to_owned())?;
    let (host_ip, rest) = address(rest)?;
    let (host, container) = match rest.rsplit_once(':') {
        Some((host, container)) => (host, container),
        None if host_ip.is_some() => return Err("has an address but no container port".to_owned()),
        None => ("", rest),
    };
    let (container_port, range) = ports(container)?;
    let host_port = if host.is_empty() {
        0
    } else {
        let (first, count) = ports(host)?;
        if count != range {
            return Err(format!(
                "has {count} host ports but {range} container ports"
            ));
        }
        first
    };
    Ok(protocols
        .into_iter()
        .map(|protocol| PortMapping {
            host_ip,
            host_port,
            container_port,
            range,
            protocol,
        })
        .collect())
}

/// Splits the address off: what is left begins with the host port or is the container port.
fn address(text: &str) -> Result<(Option<IpAddr>, &str), String> {
    if let Some(rest) = text.strip_prefix('[') {
        let (ip, rest) = rest.split_once("]:").ok_or("has no \"]:\" after \"[\"")?;
        let ip = ip
            .parse()
            .map_err(|_| format!("\"{ip}\" is not an address"))?;
        return Ok((Some(ip), rest));
    }
    match text.split(':').count() {
        0..=2 => Ok((None, text)),
        3 => {
            let (ip, rest) = text.split_once(':').unwrap_or(("", text));
            if ip.is_empty() {
                return Ok((None, rest));
            }
            let ip = ip
                .parse()
                .map_err(|_| format!("\"{ip}\" is not an address"))?;
            Ok((Some(ip), rest))
        }
        _ => Err("has too many colons (an IPv6 address needs brackets)".to_owned()),
    }
}

/// Parses `80` or `80-89` into the first port and how many.
pub fn ports(text: &str) -> Result<(u16, u16), String> {
    let one = |word: &str| match word.parse::<u16>() {
        Ok(port) if port > 0 && word.bytes().all(|b| b.is_ascii_digit()) => Ok(port),
        _ => Err(format!("\"{word}\" is not a port: ports are 1 to 65535")),
    };
    let Some((first, last)) = text.split_once('-') else {
        return Ok((one(text)?, 1));
    };
    let (first, last) = (one(first)?, one(last)?);
    if last < first {
        return Err(format!(
            "\"{text}\" is not a range: it ends before it begins"
        ));
    }
    Ok((first, last - first + 1))
}

fn protocol(word: &str) -> Result<Protocol, &'static str> {
    match word {
        "tcp" => Ok(Protocol::Tcp),
        "udp" => Ok(Protocol::Udp),
        "sctp" => Ok(Protocol::Sctp),
        _ => Err("has an unknown protocol: tcp and udp are known"),
    }
}

/// Checks an `--expose` word: `80`, `80-89`, either with `/tcp` or `/udp`.
pub fn expose(text: &str) -> Result<String, String> {
    let (range, word) = text.rsplit_once('/').unwrap_or((text, "tcp"));
    protocol(word).map_err(str::to_owned)?;
    ports(range)?;
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ip host container range protocol`, or `-` for a refusal.
    fn shown(text: &str) -> String {
        let Ok(mappings) = parse(text) else {
            return "-".to_owned();
        };
        let each = mappings.iter().map(|m| {
            let ip = m.host_ip.map_or("*".to_owned(), |ip| ip.to_string());
            let protocol = m.protocol.as_str();
            format!(
                "{ip} {} {} {} {protocol}",
                m.host_port, m.container_port, m.range
            )
        });
        each.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn every_form_of_publish() {
        for (text, wanted) in [
            ("80", "* 0 80 1 tcp"),
            ("8080:80", "* 8080 80 1 tcp"),
            ("8080:80/udp", "* 8080 80 1 udp"),
            ("53:53/tcp,udp", "* 53 53 1 tcp; * 53 53 1 udp"),
            (":80", "* 0 80 1 tcp"),
            ("127.0.0.1:8080:80", "127.0.0.1 8080 80 1 tcp"),
            ("127.0.0.1::80", "127.0.0.1 0 80 1 tcp"),
            ("::80", "* 0 80 1 tcp"),
            ("[::1]:8080:80", "::1 8080 80 1 tcp"),
            ("[::1]::80/udp", "::1 0 80 1 udp"),
            ("8000-8002:9000-9002", "* 8000 9000 3 tcp"),
            ("80-82", "* 0 80 3 tcp"),
            ("8000-8002:80", "-"),
            ("127.0.0.1:80", "-"),
            ("[::1]:80", "-"),
            ("::1:8080:80", "-"),
            ("1:2:3:4", "-"),
            ("localhost:80:80", "-"),
            ("0", "-"),
            ("+80", "-"),
            ("65536", "-"),
            ("9-8", "-"),
            ("80/sctp", "* 0 80 1 sctp"),
            ("[127.0.0.1]:8080:80", "127.0.0.1 8080 80 1 tcp"),
            ("", ""),
            ("80/", "-"),
        ] {
            assert_eq!(shown(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn exposed_ports_are_checked() {
        for (text, fine) in [("80", true), ("80-90/udp", true), ("x", false)] {
            assert_eq!(expose(text).is_ok(), fine, "{text}");
        }
    }
}
