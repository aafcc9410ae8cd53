//! Messages of the DNS, as far as a forwarder with a list needs them: RFC 1035, 4.
//!
//! Both sides are strangers: the container asks what it likes, and who answers on the network may
//! be anybody. Everything is bounded by the message; a pointer leads backwards only.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// No such name: what every resolver library takes for an answer. musl would wait on after REFUSED.
pub const NO_SUCH_NAME: u8 = 3;
pub const SERVER_FAILED: u8 = 2;

const HEADER: usize = 12;
const CLASS_IN: u16 = 1;
const A: u16 = 1;
const CNAME: u16 = 5;
const AAAA: u16 = 28;

/// The bytes of a name without compression: RFC 1035, 2.3.4.
const MAX_NAME: usize = 255;

/// More records than fit a message of 64 KiB.
const MAX_RECORDS: u16 = 6000;

/// The one question of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub id: u16,
    /// In small letters, without the last dot; odd bytes as `\DDD`.
    pub name: String,
    kind: u16,
    class: u16,
    /// Where it ends in its message.
    end: usize,
}

/// Reads a plain query with one question; `None` for everything else.
pub fn question(message: &[u8]) -> Option<Question> {
    // QR and the opcode.
    (message.get(2)? & 0xf8 == 0).then(|| asked(message))?
}

fn asked(message: &[u8]) -> Option<Question> {
    if number(message, 4)? != 1 {
        return None;
    }
    let (name, at) = name(message, HEADER)?;
    Some(Question {
        id: number(message, 0)?,
        name,
        kind: number(message, at)?,
        class: number(message, at + 2)?,
        end: at + 4,
    })
}

/// An answer without records to a query.
pub fn without_records(query: &[u8], question: &Question, code: u8) -> Vec<u8> {
    let mut answer = query[..question.end].to_vec();
    // QR, and RD as it was asked; RA and the code.
    answer[2] = 0x80 | (query[2] & 0x01);
    answer[3] = 0x80 | code;
    answer[6..HEADER].fill(0);
    answer
}

/// The same message under another number.
pub fn renumber(message: &mut [u8], id: u16) {
    if let Some(place) = message.get_mut(..2) {
        place.copy_from_slice(&id.to_be_bytes());
    }
}

/// Whether a message answers this question under this number.
pub fn answers(message: &[u8], question: &Question, id: u16) -> bool {
    let response = message.get(2).is_some_and(|flags| flags & 0x80 != 0);
    let same = |own: Question| {
        own.id == id
            && (own.name.as_str(), own.kind, own.class)
                == (question.name.as_str(), question.kind, question.class)
    };
    response && asked(message).is_some_and(same)
}

/// Every address that an answer gives the name it was asked for, also by way of other names, with
/// its time to live in seconds; `None` when the message cannot be read to its end.
pub fn addresses(message: &[u8], question: &Question) -> Option<Vec<(IpAddr, u32)>> {
    let mut found = Vec::new();
    let mut owners = vec![question.name.clone()];
    let mut at = question.end;
    let count = number(message, 6)?;
    if count > MAX_RECORDS {
        return None;
    }
    for _ in 0..count {
        let (owner, after) = name(message, at)?;
        let (kind, class) = (number(message, after)?, number(message, after + 2)?);
        let live =
            u32::from(number(message, after + 4)?) << 16 | u32::from(number(message, after + 6)?);
        let length = usize::from(number(message, after + 8)?);
        let start = after + 10;
        at = start + length;
        let data = message.get(start..at)?;
        if class != CLASS_IN || !owners.contains(&owner) {
            continue;
        }
        match kind {
            A => found.push((Ipv4Addr::from(<[u8; 4]>::try_from(data).ok()?).into(), live)),
            AAAA => found.push((
                Ipv6Addr::from(<[u8; 16]>::try_from(data).ok()?).into(),
                live,
            )),
            CNAME if owners.len() < 32 => owners.push(name(message, start)?.0),
            _ => {}
        }
    }
    Some(found)
}

fn number(message: &[u8], at: usize) -> Option<u16> {
    let bytes = message.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes([bytes[0], bytes[1]]))
}

/// Reads a name; returns it and where what follows it begins.
fn name(message: &[u8], start: usize) -> Option<(String, usize)> {
    let mut text = String::new();
    let (mut at, mut end, mut lowest, mut size) = (start, None, start, 0);
    loop {
        let length = *message.get(at)?;
        match length >> 6 {
            0 if length == 0 => break,
            0 => {
                let label = message.get(at + 1..at + 1 + usize::from(length))?;
                size += label.len() + 1;
                if size > MAX_NAME {
                    return None;
                }
                if !text.is_empty() {
                    text.push('.');
                }
                label.iter().for_each(|byte| push(&mut text, *byte));
                at += 1 + label.len();
            }
            3 => {
                let to = usize::from(number(message, at)? & 0x3fff);
                // Backwards, and further back each time: no circle.
                if to >= lowest || to < HEADER {
                    return None;
                }
                end = end.or(Some(at + 2));
                (at, lowest) = (to, to);
            }
            _ => return None,
        }
    }
    Some((text, end.unwrap_or(at + 1)))
}

/// What is no letter of a host name cannot be taken for one, least of all a dot.
fn push(text: &mut String, byte: u8) {
    match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'-' | b'_' => text.push(char::from(byte)),
        b'A'..=b'Z' => text.push(char::from(byte.to_ascii_lowercase())),
        odd => text.push_str(&format!("\\{odd:03}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::mutate::survives;

    fn labels(name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        for label in name.split('.') {
            bytes.push(label.len() as u8);
            bytes.extend(label.bytes());
        }
        bytes.push(0);
        bytes
    }

    fn query(name: &str, kind: u16) -> Vec<u8> {
        let mut bytes = vec![0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        bytes.extend(labels(name));
        bytes.extend(kind.to_be_bytes());
        bytes.extend([0, 1]);
        bytes
    }

    fn record(owner: &[u8], kind: u16, live: u32, data: &[u8]) -> Vec<u8> {
        let mut bytes = owner.to_vec();
        bytes.extend(kind.to_be_bytes());
        bytes.extend([0, 1]);
        bytes.extend(live.to_be_bytes());
        bytes.extend((data.len() as u16).to_be_bytes());
        bytes.extend(data);
        bytes
    }

    fn answer(name: &str, records: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = query(name, A);
        bytes[2] = 0x81;
        bytes[7] = records.len() as u8;
        bytes.extend(records.concat());
        bytes
    }

    #[test]
    fn a_question_is_read_and_refused() {
        let bytes = query("Www.Example.ORG", A);
        let asked = question(&bytes).expect("a question");
        assert_eq!((asked.id, asked.name.as_str()), (7, "www.example.org"));
        let said = without_records(&bytes, &asked, NO_SUCH_NAME);
        assert!(answers(&said, &asked, 7) && !answers(&said, &asked, 8));
        assert_eq!(said[3] & 0x0f, 3);
        assert!(question(&said).is_none(), "a response is no question");
        let odd = query("a\\b.c", A);
        assert_eq!(question(&odd).expect("a question").name, "a\\092b.c");
    }

    #[test]
    fn addresses_are_of_the_name_and_of_those_it_leads_to() {
        let (first, pointer) = ([192, 0, 2, 1], [0xc0, 0x0c]);
        let bytes = answer(
            "a.org",
            &[
                record(&pointer, CNAME, 60, &labels("b.net")),
                record(&labels("B.net"), A, 300, &first),
                record(&labels("c.com"), A, 300, &[192, 0, 2, 2]),
                record(&labels("b.net"), 16, 1, b"\x01x"),
            ],
        );
        let asked = question(&query("a.org", A)).expect("a question");
        assert!(answers(&bytes, &asked, 7));
        let found = addresses(&bytes, &asked);
        assert_eq!(found, Some(vec![(IpAddr::from(first), 300)]));
    }

    #[test]
    fn what_goes_in_circles_or_past_the_end_is_refused() {
        let asked = question(&query("a.org", A)).expect("a question");
        let at = query("a.org", A).len() as u8;
        for owner in [vec![0xc0, at], vec![0xc0, 0xff], vec![0x41], vec![63, 1]] {
            let bytes = answer("a.org", &[record(&owner, A, 1, &[1, 2, 3, 4])]);
            assert_eq!(addresses(&bytes, &asked), None, "{owner:?}");
        }
        let short = answer("a.org", &[record(&[0xc0, 12], A, 1, &[1, 2, 3])]);
        assert_eq!(addresses(&short, &asked), None);
    }

    #[test]
    fn damaged_messages_are_refused_or_read() {
        let owner = [0xc0, 0x0c];
        let bytes = answer(
            "a.org",
            &[
                record(&owner, CNAME, 60, &labels("b.net")),
                record(&labels("b.net"), AAAA, 300, &[1; 16]),
            ],
        );
        let asked = question(&query("a.org", A)).expect("a question");
        survives("dns", &[bytes, query("a.org", A)], |damaged| {
            let _ = addresses(damaged, &asked);
            if let Some(own) = question(damaged) {
                let _ = without_records(damaged, &own, SERVER_FAILED);
                let _ = addresses(damaged, &own);
            }
        });
    }
}
