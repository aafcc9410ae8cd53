//! The ports of `EXPOSE`: `80`, `80/udp`, `8000-8010/tcp`.

use crate::build::Fault;

/// Returns each port as `80/tcp`.
///
/// A host's address or port before the last colon is not for EXPOSE to say and has no effect.
pub(super) fn each(word: &str) -> Result<Vec<String>, Fault> {
    let bad = |reason: &str| Fault::Value {
        what: "port",
        value: word.to_owned(),
        reason: reason.to_owned(),
    };
    let (ports, protocol) = word.split_once('/').unwrap_or((word, "tcp"));
    let protocol = protocol.to_ascii_lowercase();
    if !matches!(&*protocol, "tcp" | "udp" | "sctp") {
        return Err(bad("the protocol is tcp, udp or sctp"));
    }
    let ports = ports.rsplit(':').next().unwrap_or_default();
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let number = text.parse::<u16>().ok().filter(|_| digits);
        number.ok_or_else(|| bad("a port is a number up to 65535"))
    };
    let (first, last) = (number(first)?, number(last)?);
    if first > last {
        return Err(bad("the range ends before it begins"));
    }
    Ok((first..=last)
        .map(|port| format!("{port}/{protocol}"))
        .collect())
}
