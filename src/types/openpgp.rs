//! Signed messages of OpenPGP, taken apart: what was signed and who signed it, for programs that
//! check the two in files of their own.
//!
//! RFC 9580, sections 4.2 (packets), 5.6 (compressed data), 5.9 (literal data), 10.3 (messages).
//! Only the plainest signed message is read: one signature over one literal, compressed or not.

/// Tags of RFC 9580, section 5.
const SIGNATURE: u8 = 2;
const ONE_PASS: u8 = 4;
const COMPRESSED: u8 = 8;
const LITERAL: u8 = 11;

/// More packets than any message we take.
const MOST_PACKETS: usize = 4;

/// The compression algorithms of RFC 9580, section 9.4, that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deflated {
    /// RFC 1951
    Zip,
    /// RFC 1950
    Zlib,
}

/// Inflates packets; `None` for what does not inflate.
pub type Inflate = dyn Fn(Deflated, &[u8]) -> Option<Vec<u8>>;

/// The two halves of a signed message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub document: Vec<u8>,
    /// A signature packet, as in a detached signature.
    pub signature: Vec<u8>,
}

/// Takes a message apart; `None` for any other than the plainest.
pub fn take_apart(message: &[u8], inflate: &Inflate) -> Option<Signed> {
    let outer = packets(message)?;
    let [only] = outer.as_slice() else {
        return signed(&outer);
    };
    if only.tag != COMPRESSED {
        return None;
    }
    let (algorithm, content) = only.body.split_first()?;
    let content = match algorithm {
        0 => content.to_vec(),
        1 => inflate(Deflated::Zip, content)?,
        2 => inflate(Deflated::Zlib, content)?,
        _ => return None,
    };
    signed(&packets(&content)?)
}

fn signed(packets: &[Packet]) -> Option<Signed> {
    let [one_pass, literal, signature] = packets else {
        return None;
    };
    if (one_pass.tag, literal.tag, signature.tag) != (ONE_PASS, LITERAL, SIGNATURE) {
        return None;
    }
    // Format, length of a name, the name, a date.
    let name = usize::from(*literal.body.get(1)?);
    let document = literal.body.get(2 + name + 4..)?.to_vec();
    let length = u32::try_from(signature.body.len()).ok()?;
    let mut whole = vec![0xc0 | SIGNATURE, 0xff];
    whole.extend(length.to_be_bytes());
    whole.extend(&signature.body);
    Some(Signed {
        document,
        signature: whole,
    })
}

struct Packet {
    tag: u8,
    body: Vec<u8>,
}

/// How much of a body follows.
enum Length {
    Whole(usize),
    /// More lengths follow this part.
    Part(usize),
    /// Up to the end.
    Rest,
}

fn packets(bytes: &[u8]) -> Option<Vec<Packet>> {
    let mut left = bytes;
    let mut found = Vec::new();
    while !left.is_empty() {
        if found.len() == MOST_PACKETS {
            return None;
        }
        let head = take(&mut left, 1)?[0];
        let packet = match head & 0xc0 {
            0xc0 => Packet {
                tag: head & 0x3f,
                body: new_body(&mut left)?,
            },
            0x80 => {
                let body = match old_length(&mut left, head & 3)? {
                    Length::Whole(length) => take(&mut left, length)?,
                    _ => std::mem::take(&mut left),
                };
                Packet {
                    tag: (head >> 2) & 0x0f,
                    body: body.to_vec(),
                }
            }
            _ => return None,
        };
        found.push(packet);
    }
    Some(found)
}

fn new_body(left: &mut &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        match new_length(left)? {
            Length::Part(length) => body.extend(take(left, length)?),
            Length::Whole(length) => {
                body.extend(take(left, length)?);
                return Some(body);
            }
            Length::Rest => return None,
        }
    }
}

/// RFC 9580, section 4.2.1
fn new_length(left: &mut &[u8]) -> Option<Length> {
    let first = take(left, 1)?[0];
    Some(match first {
        0..=191 => Length::Whole(first.into()),
        192..=223 => {
            let second = take(left, 1)?[0];
            Length::Whole(((usize::from(first) - 192) << 8) + usize::from(second) + 192)
        }
        224..=254 => Length::Part(1 << (first & 0x1f)),
        255 => Length::Whole(number(take(left, 4)?)),
    })
}

/// RFC 9580, section 4.2.2
fn old_length(left: &mut &[u8], kind: u8) -> Option<Length> {
    Some(match kind {
        0 => Length::Whole(number(take(left, 1)?)),
        1 => Length::Whole(number(take(left, 2)?)),
        2 => Length::Whole(number(take(left, 4)?)),
        _ => Length::Rest,
    })
}

fn number(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .fold(0, |all, byte| (all << 8) | usize::from(*byte))
}

fn take<'a>(left: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = left.split_at_checked(count)?;
    *left = rest;
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: &Inflate = &|_, _| None;

    /// One-pass signature, literal `hello` named x, signature.
    fn message() -> Vec<u8> {
        let mut bytes = vec![0xc4, 2, 3, 0];
        bytes.extend([0xcb, 12, b'b', 1, b'x', 0, 0, 0, 0]);
        bytes.extend(b"hello");
        bytes.extend([0x88, 3, 4, 5, 6]);
        bytes
    }

    #[test]
    fn a_signed_message_is_a_document_and_its_signature() {
        let wanted = Signed {
            document: b"hello".to_vec(),
            signature: vec![0xc2, 0xff, 0, 0, 0, 3, 4, 5, 6],
        };
        let plain = message();
        assert_eq!(take_apart(&plain, NOBODY), Some(wanted.clone()));
        // In two parts, of which the first has a length that is a power of two.
        let mut parts = vec![0xc4, 2, 3, 0, 0xcb, 0xe3];
        parts.extend([b'b', 1, b'x', 0, 0, 0, 0, b'h', 4]);
        parts.extend(b"ello");
        parts.extend([0x88, 3, 4, 5, 6]);
        assert_eq!(take_apart(&parts, NOBODY), Some(wanted.clone()));
        // As gpg writes it: compressed, up to the end.
        let mut zipped = vec![0xa3, 1];
        zipped.extend(b"zipped");
        let inflate = |how, bytes: &[u8]| {
            let fits = how == Deflated::Zip && bytes == b"zipped";
            fits.then(message)
        };
        assert_eq!(take_apart(&zipped, &inflate), Some(wanted));
    }

    #[test]
    fn no_other_message_is_taken() {
        let plain = message();
        let mut twice = plain.clone();
        twice.extend([0x88, 1, 7]);
        let mut two_documents = plain[..18].to_vec();
        two_documents.extend(&plain[4..]);
        let nested = [&[0xa3, 0, 0xa3, 0][..], &plain].concat();
        for bad in [
            &[][..],
            &plain[..plain.len() - 1],
            &plain[..10],
            &plain[4..],
            &twice,
            &two_documents,
            &nested,
            &[0xc4, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0xcb, 0xfe, 1],
            b"hello",
            &[0xa3, 3, 1, 2],
        ] {
            assert_eq!(take_apart(bad, NOBODY), None, "{bad:?}");
        }
        for length in 0..plain.len() {
            assert_eq!(take_apart(&plain[..length], NOBODY), None, "{length}");
        }
    }
}
