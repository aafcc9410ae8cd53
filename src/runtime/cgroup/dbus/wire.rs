//! Messages as bytes: D-Bus specification, "Type System" and "Message Protocol".

use crate::runtime::cgroup::dbus::{Error, Method, broken};

/// The specification's "Header Fields".
mod field {
    pub const PATH: u8 = 1;
    pub const INTERFACE: u8 = 2;
    pub const MEMBER: u8 = 3;
    pub const ERROR_NAME: u8 = 4;
    pub const REPLY_SERIAL: u8 = 5;
    pub const DESTINATION: u8 = 6;
    pub const SIGNATURE: u8 = 8;
}

const METHOD_CALL: u8 = 1;
pub(super) const METHOD_RETURN: u8 = 2;
pub(super) const ERROR: u8 = 3;
pub(super) const SIGNAL: u8 = 4;

/// A marshalled body under way; every value is aligned to its size.
#[derive(Debug, Default)]
pub struct Body {
    bytes: Vec<u8>,
    signature: String,
}

impl Body {
    /// A body of this signature; the calls below must write just that.
    pub fn new(signature: &str) -> Self {
        Self {
            bytes: Vec::new(),
            signature: signature.to_owned(),
        }
    }

    fn align(&mut self, to: usize) {
        self.bytes.resize(self.bytes.len().next_multiple_of(to), 0);
    }

    pub fn u32(&mut self, value: u32) -> &mut Self {
        self.align(4);
        self.bytes.extend(value.to_le_bytes());
        self
    }

    pub fn u64(&mut self, value: u64) -> &mut Self {
        self.align(8);
        self.bytes.extend(value.to_le_bytes());
        self
    }

    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.u32(value.into())
    }

    pub fn string(&mut self, text: &str) -> &mut Self {
        self.u32(text.len() as u32);
        self.bytes.extend(text.as_bytes());
        self.bytes.push(0);
        self
    }

    /// A signature, as in front of a variant's value.
    pub fn signature(&mut self, text: &str) -> &mut Self {
        self.bytes.push(text.len() as u8);
        self.bytes.extend(text.as_bytes());
        self.bytes.push(0);
        self
    }

    /// An array whose elements need this alignment; its length is filled in afterwards.
    pub fn array(&mut self, alignment: usize, fill: impl FnOnce(&mut Self)) -> &mut Self {
        self.u32(0);
        let length = self.bytes.len() - 4;
        self.align(alignment);
        let first = self.bytes.len();
        fill(self);
        let filled = (self.bytes.len() - first) as u32;
        self.bytes[length..length + 4].copy_from_slice(&filled.to_le_bytes());
        self
    }

    /// A struct begins at a multiple of eight.
    pub fn record(&mut self) -> &mut Self {
        self.align(8);
        self
    }
}

/// What came: an answer or a signal.
#[derive(Debug, Default)]
pub struct Message {
    pub(super) kind: u8,
    pub(super) reply_to: u32,
    pub(super) error: String,
    pub member: String,
    pub(super) body: Vec<u8>,
}

impl Message {
    /// Reads the body's values in order.
    pub fn reader(&self) -> Reader<'_> {
        Reader {
            bytes: &self.body,
            at: 0,
        }
    }
}

/// Reads marshalled values.
#[derive(Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn align(&mut self, to: usize) {
        self.at = self.at.next_multiple_of(to);
    }

    fn take(&mut self, count: usize) -> Result<&[u8], Error> {
        let end = self.at.checked_add(count);
        let slice = end.and_then(|end| self.bytes.get(self.at..end));
        let slice = slice.ok_or_else(|| broken("a message ends too early"))?;
        self.at += count;
        Ok(slice)
    }

    pub fn u32(&mut self) -> Result<u32, Error> {
        self.align(4);
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes(bytes.try_into().expect("four bytes")))
    }

    pub fn string(&mut self) -> Result<String, Error> {
        let length = self.u32()? as usize;
        let text = String::from_utf8_lossy(self.take(length)?).into_owned();
        self.take(1)?;
        Ok(text)
    }

    /// A variant that holds a text.
    pub fn variant_string(&mut self) -> Result<String, Error> {
        match self.signature()?.as_str() {
            "s" => self.string(),
            other => Err(broken(format!("a value of type {other} instead of a text"))),
        }
    }

    fn signature(&mut self) -> Result<String, Error> {
        let length = usize::from(self.take(1)?[0]);
        let text = String::from_utf8_lossy(self.take(length)?).into_owned();
        self.take(1)?;
        Ok(text)
    }
}

/// "Message Format": a fixed head, an array of fields, padding to eight, the body.
pub(super) fn marshal(serial: u32, method: Method<'_>, body: &Body) -> Vec<u8> {
    /// Not NO_AUTO_START: a bus that our connection has just started holds the call until
    /// systemd, which is running, has taken its name.
    const FLAGS: u8 = 0;
    let mut all = Body::default();
    all.bytes.extend([b'l', METHOD_CALL, FLAGS, 1]);
    all.u32(body.bytes.len() as u32).u32(serial);
    all.array(8, |fields| {
        for (code, kind, text) in [
            (field::PATH, "o", method.path),
            (field::DESTINATION, "s", method.destination),
            (field::INTERFACE, "s", method.interface),
            (field::MEMBER, "s", method.member),
        ] {
            fields.record().bytes.push(code);
            fields.signature(kind).string(text);
        }
        if !body.signature.is_empty() {
            fields.record().bytes.push(field::SIGNATURE);
            fields.signature("g").signature(&body.signature);
        }
    });
    all.align(8);
    all.bytes.extend(&body.bytes);
    all.bytes
}

pub(super) fn read_fields(bytes: &[u8], message: &mut Message) -> Result<(), Error> {
    let mut reader = Reader { bytes, at: 0 };
    while reader.at < bytes.len() {
        reader.align(8);
        if reader.at >= bytes.len() {
            break;
        }
        let code = reader.take(1)?[0];
        match reader.signature()?.as_str() {
            "s" | "o" => {
                let text = reader.string()?;
                match code {
                    field::MEMBER => message.member = text,
                    field::ERROR_NAME => message.error = text,
                    _ => {}
                }
            }
            "u" => {
                let value = reader.u32()?;
                if code == field::REPLY_SERIAL {
                    message.reply_to = value;
                }
            }
            "g" => drop(reader.signature()?),
            other => return Err(broken(format!("a header field of type {other}"))),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::cgroup::dbus::of_bus;

    #[test]
    fn a_call_is_laid_out_as_the_specification_says() {
        let mut body = Body::new("sa(sv)");
        body.string("x").array(8, |list| {
            list.record().string("Delegate").signature("b").bool(true);
            list.record()
                .string("TasksMax")
                .signature("t")
                .u64(u64::MAX);
        });
        let message = marshal(7, of_bus("Hello"), &body);
        let word = |at: usize| u32::from_le_bytes(message[at..at + 4].try_into().expect("four"));
        assert_eq!(&message[..4], b"l\x01\x00\x01");
        assert_eq!(word(4) as usize, body.bytes.len());
        assert_eq!(word(8), 7);
        let start = (16 + word(12) as usize).next_multiple_of(8);
        assert_eq!(message[start..], body.bytes);
        // s: length, text, NUL, padding; array: its length, padding to eight, then elements.
        assert_eq!(&body.bytes[..6], b"\x01\0\0\0x\0");
        let elements = u32::from_le_bytes(body.bytes[8..12].try_into().expect("four"));
        assert_eq!(16 + elements as usize, body.bytes.len());
    }

    #[test]
    fn what_was_written_is_read_back() {
        let mut body = Body::new("uoss");
        body.u32(5)
            .string("/job/5")
            .string("a.scope")
            .string("done");
        let message = Message {
            body: body.bytes,
            ..Message::default()
        };
        let mut reader = message.reader();
        assert_eq!(reader.u32().expect("a number"), 5);
        for text in ["/job/5", "a.scope", "done"] {
            assert_eq!(reader.string().expect("a text"), text);
        }
        assert!(reader.u32().is_err());
    }

    #[test]
    fn fields_of_strangers_are_bounded() {
        let mut message = Message::default();
        for bytes in [
            &b"\x05\x01u\0"[..],
            b"\x03\x01s\0\xff\xff\xff\xff",
            b"\x01\x01x\0",
        ] {
            assert!(read_fields(bytes, &mut message).is_err());
        }
    }
}
