//! One 512-byte tar header: POSIX ustar, GNU, star and the oldest form.
//!
//! Numbers are octal text or GNU's base 256; what does not fit is refused, never wrapped.
//! Written by hand because `tar::Header` reads a negative base-256 number as a positive one.

/// The size of a header and of everything's padding.
pub const BLOCK: usize = 512;

/// The fields as they stand; nothing interpreted but numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub name: Vec<u8>,
    pub mode: u32,
    pub uid: i128,
    pub gid: i128,
    pub size: u64,
    pub mtime: i128,
    pub flag: u8,
    pub link: Vec<u8>,
    pub major: i128,
    pub minor: i128,
}

/// Reads a block that is not all zeros; the error says which part is wrong.
pub fn parse(block: &[u8; BLOCK]) -> Result<Header, &'static str> {
    check_sum(block)?;
    let posix = &block[257..263] == b"ustar\0";
    let gnu = &block[257..265] == b"ustar  \0";
    // star keeps times behind a shorter prefix and says so at the block's end.
    let prefix = match (posix, &block[508..512] == b"tar\0") {
        (true, true) => until_nul(&block[345..476]),
        (true, false) => until_nul(&block[345..500]),
        (false, _) => &[],
    };
    let mut name = prefix.to_vec();
    if !name.is_empty() {
        name.push(b'/');
    }
    name.extend_from_slice(until_nul(&block[0..100]));
    let size = number(&block[124..136]).ok_or("size")?;
    let devices = posix || gnu;
    Ok(Header {
        name,
        // Old writers put the file type into the upper bits.
        mode: (number(&block[100..108]).ok_or("mode")? & 0o7777) as u32,
        uid: number(&block[108..116]).ok_or("uid")?,
        gid: number(&block[116..124]).ok_or("gid")?,
        size: i64::try_from(size)
            .ok()
            .and_then(|size| u64::try_from(size).ok())
            .ok_or("size")?,
        mtime: number(&block[136..148]).ok_or("mtime")?,
        flag: block[156],
        link: until_nul(&block[157..257]).to_vec(),
        major: if devices {
            number(&block[329..337]).ok_or("device")?
        } else {
            0
        },
        minor: if devices {
            number(&block[337..345]).ok_or("device")?
        } else {
            0
        },
    })
}

/// What a table of contents repeats of a header and nobody here acts upon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remarks {
    /// With the file type in the upper bits, where the writer put it there.
    pub mode: i64,
    /// Seconds; only GNU's own form has them in the header.
    pub atime: Option<i64>,
    pub ctime: Option<i64>,
}

/// Reads them from a block that [`parse`] has taken.
pub fn remarks(block: &[u8; BLOCK]) -> Remarks {
    let gnu = &block[257..265] == b"ustar  \0";
    let whole = |field: &[u8]| number(field).and_then(|value| i64::try_from(value).ok());
    let time = |field: &[u8]| whole(field).filter(|_| gnu && field[0] != 0);
    Remarks {
        mode: whole(&block[100..108]).unwrap_or_default(),
        atime: time(&block[345..357]),
        ctime: time(&block[357..369]),
    }
}

/// The sum of all bytes, the sum's own field taken as blanks; some old writers summed signed.
fn check_sum(block: &[u8; BLOCK]) -> Result<(), &'static str> {
    let given = number(&block[148..156]).ok_or("checksum")?;
    let mut unsigned: i128 = 0;
    let mut signed: i128 = 0;
    for (at, byte) in block.iter().enumerate() {
        let byte = if (148..156).contains(&at) {
            b' '
        } else {
            *byte
        };
        unsigned += i128::from(byte);
        signed += i128::from(byte as i8);
    }
    if given == unsigned || given == signed {
        Ok(())
    } else {
        Err("checksum")
    }
}

fn until_nul(field: &[u8]) -> &[u8] {
    let end = field
        .iter()
        .position(|byte| *byte == 0)
        .unwrap_or(field.len());
    &field[..end]
}

/// Reads octal digits between blanks and NULs, or base 256 when the first bit is set.
fn number(field: &[u8]) -> Option<i128> {
    if field[0] & 0x80 != 0 {
        return base256(field);
    }
    let text = field.trim_ascii();
    let blank = |byte: &u8| *byte == 0 || *byte == b' ';
    let begin = text
        .iter()
        .position(|byte| !blank(byte))
        .unwrap_or(text.len());
    let digits = until_nul(&text[begin..]).trim_ascii_end();
    let mut value: i128 = 0;
    for digit in digits {
        if !matches!(digit, b'0'..=b'7') {
            return None;
        }
        value = value * 8 + i128::from(digit - b'0');
    }
    Some(value)
}

/// Two's complement, big-endian; the first bit marks the form, the second is the sign.
fn base256(field: &[u8]) -> Option<i128> {
    let negative = field[0] & 0x40 != 0;
    let mut value: i128 = if negative { -1 } else { 0 };
    for (at, byte) in field.iter().enumerate() {
        let byte = match at {
            0 if !negative => byte & 0x7f,
            _ => *byte,
        };
        value = (value << 8) | i128::from(byte);
        // 12 bytes are 96 bits: no overflow.
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_118_tar_headers() {
        let mut block = [0u8; BLOCK];
        block[..9].copy_from_slice(b"dir/file\0");
        block[100..107].copy_from_slice(b"0000644");
        block[124..135].copy_from_slice(b"00000000017");
        block[136..147].copy_from_slice(b"14000000000");
        block[156] = b'0';
        block[257..265].copy_from_slice(b"ustar\x0000");
        let mut binary = block;
        binary[124..136].copy_from_slice(b"\x80\0\0\0\x7f\xff\xff\xff\xff\xff\xff\xff");
        let inputs = [block.to_vec(), binary.to_vec()];
        crate::types::mutate::survives("tar headers", &inputs, |bytes| {
            let mut block = [0; BLOCK];
            let length = bytes.len().min(BLOCK);
            block[..length].copy_from_slice(&bytes[..length]);
            let _ = parse(&block);
            // With the right sum the rest is looked at, too.
            block[148..156].copy_from_slice(b"        ");
            let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
            block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
            let _ = parse(&block);
        });
    }

    #[test]
    fn s_13_numbers_of_every_form() {
        for (field, value) in [
            (&b"0000644\0"[..], Some(0o644)),
            (b"   644 \0", Some(0o644)),
            (b"\0\0\0\0\0\0\0\0", Some(0)),
            (b"        ", Some(0)),
            (b"64x\0\0\0\0\0", None),
            (b"-1\0\0\0\0\0\0", None),
            (b"\x80\0\0\0\0\0\x01\x00", Some(256)),
            (b"\xff\xff\xff\xff\xff\xff\xff\xff", Some(-1)),
            (b"\xff\xff\xff\xff\xff\xff\xff\x00", Some(-256)),
        ] {
            assert_eq!(number(field), value, "{}", field.escape_ascii());
        }
        let huge = b"\xbf\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff";
        assert!(number(huge).is_some_and(|n| n > i128::from(i64::MAX)));
    }
}
