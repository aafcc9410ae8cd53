//! Detach keys: the sequence that ends an attached session and not the container.
//!
//! Written as `docker` and `podman` take it: keys between commas, each one character or
//! `ctrl-` and one of `a-z @ ^ [ \ ] _`.

use crate::monitor::Error;

/// What is used when the user says nothing.
pub const DEFAULT: &str = "ctrl-p,ctrl-q";

/// A sequence, and how much of it has been typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keys {
    sequence: Vec<u8>,
    /// How many bytes of the sequence are held back.
    held: usize,
}

impl Keys {
    /// Parses the user's words; an empty text is a sequence nobody can type.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let words = (!text.is_empty()).then(|| text.split(','));
        let sequence = words
            .into_iter()
            .flatten()
            .map(|key| {
                byte_of(key).ok_or_else(|| Error::DetachKeys {
                    given: text.to_owned(),
                    key: key.to_owned(),
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { sequence, held: 0 })
    }

    /// A sequence nobody can type.
    pub fn none() -> Self {
        Self {
            sequence: Vec::new(),
            held: 0,
        }
    }

    /// Passes typed bytes on into `out`; true once the whole sequence was typed.
    ///
    /// Its beginning is held back until the next byte decides, and then passed on if that
    /// is another one.
    pub fn pass(&mut self, typed: &[u8], out: &mut Vec<u8>) -> bool {
        if self.sequence.is_empty() {
            out.extend_from_slice(typed);
            return false;
        }
        for byte in typed {
            self.step(*byte, out);
            if self.held == self.sequence.len() {
                return true;
            }
        }
        false
    }

    fn step(&mut self, byte: u8, out: &mut Vec<u8>) {
        let mut seen = self.sequence[..self.held].to_vec();
        seen.push(byte);
        // What may still become the sequence is the longest end of it that begins it.
        let keep = (0..=seen.len())
            .find(|start| self.sequence.starts_with(&seen[*start..]))
            .unwrap_or(seen.len());
        out.extend_from_slice(&seen[..keep]);
        self.held = seen.len() - keep;
    }

    /// Returns what is held back, when nothing more will be typed.
    pub fn rest(&mut self) -> Vec<u8> {
        let rest = self.sequence[..self.held].to_vec();
        self.held = 0;
        rest
    }
}

fn byte_of(key: &str) -> Option<u8> {
    if let [one] = key.as_bytes() {
        return Some(*one);
    }
    match key.strip_prefix("ctrl-")?.as_bytes() {
        [letter @ (b'a'..=b'z' | b'@' | b'^' | b'[' | b'\\' | b']' | b'_')] => {
            Some(letter.to_ascii_uppercase() & 0x1f)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_bytes() {
        let table: &[(&str, Option<&[u8]>)] = &[
            ("ctrl-p,ctrl-q", Some(&[16, 17])),
            ("", Some(&[])),
            ("a", Some(b"a")),
            ("a,b,c", Some(b"abc")),
            ("ctrl-@", Some(&[0])),
            ("ctrl-[", Some(&[27])),
            ("ctrl-\\,x", Some(&[28, b'x'])),
            ("ctrl-],ctrl-^,ctrl-_", Some(&[29, 30, 31])),
            ("ctrl-", None),
            ("ctrl-A", None),
            ("ctrl-1", None),
            ("ctrl-pp", None),
            ("shift-a", None),
            ("ab", None),
            ("a,", None),
            (",", None),
            ("ü", None),
        ];
        for (text, expected) in table {
            let parsed = Keys::parse(text).ok().map(|keys| keys.sequence);
            assert_eq!(parsed.as_deref(), *expected, "{text:?}");
        }
    }

    #[test]
    fn typed_bytes_pass_unless_they_are_the_sequence() {
        /// Keys, what is typed in pieces, passed on, detached, held at the end.
        type Case = (
            &'static str,
            &'static [&'static [u8]],
            &'static [u8],
            bool,
            &'static [u8],
        );
        #[rustfmt::skip]
        let table: &[Case] = &[
            ("ctrl-p,ctrl-q", &[b"ls\n"], b"ls\n", false, b""),
            ("ctrl-p,ctrl-q", &[b"\x10\x11"], b"", true, b""),
            ("ctrl-p,ctrl-q", &[b"a\x10", b"\x11b"], b"a", true, b""),
            ("ctrl-p,ctrl-q", &[b"\x10"], b"", false, b"\x10"),
            ("ctrl-p,ctrl-q", &[b"\x10", b"x"], b"\x10x", false, b""),
            ("ctrl-p,ctrl-q", &[b"\x10\x10\x11"], b"\x10", true, b""),
            ("ctrl-p,ctrl-q", &[b"\x11\x10"], b"\x11", false, b"\x10"),
            ("a,a,b", &[b"aaab"], b"a", true, b""),
            ("a,a,b", &[b"aacaab"], b"aac", true, b""),
            ("a,b,a,c", &[b"ababac"], b"ab", true, b""),
            ("", &[b"\x10\x11"], b"\x10\x11", false, b""),
        ];
        for (text, typed, passed, detached, held) in table {
            let mut keys = Keys::parse(text).expect("good keys");
            let mut out = Vec::new();
            let done = typed.iter().any(|piece| keys.pass(piece, &mut out));
            assert_eq!(
                (out.as_slice(), done),
                (*passed, *detached),
                "{text} {typed:?}"
            );
            if !done {
                assert_eq!(keys.rest(), *held, "{text} {typed:?}");
            }
        }
    }
}
