//! PAX extended headers: `<length> <key>=<value>\n`, POSIX.1-2017 pax, "pax Extended Header".
//!
//! Records are cut by their length alone, so a newline in a value hides nothing. What we do not
//! know is passed over; what we know but cannot read refuses the archive (S-14).

use crate::layer::MAX_RECORDS;

/// What an extension says about the next entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Extended {
    pub path: Option<Vec<u8>>,
    pub link: Option<Vec<u8>>,
    pub size: Option<u64>,
    pub uid: Option<i128>,
    pub gid: Option<i128>,
    /// Seconds and nanoseconds.
    pub mtime: Option<(i64, u32)>,
    /// Nothing is done with these two but to tell others.
    pub atime: Option<(i64, u32)>,
    pub ctime: Option<(i64, u32)>,
    pub xattrs: Vec<(Vec<u8>, Vec<u8>)>,
    pub sparse: bool,
}

/// Which header the records come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Entry,
    Global,
}

/// Reads the body of an `x` or `g` header.
pub fn parse(mut body: &[u8], scope: Scope) -> Result<Extended, &'static str> {
    let mut extended = Extended::default();
    let mut seen: Vec<&[u8]> = Vec::new();
    for count in 0.. {
        // Some writers pad inside the declared size.
        if body.iter().all(|byte| *byte == 0) {
            break;
        }
        if count == MAX_RECORDS {
            return Err("too many records");
        }
        let (key, value, rest) = record(body)?;
        body = rest;
        if seen.contains(&key) {
            return Err("a key is given twice");
        }
        if is_known(key) {
            seen.push(key);
        }
        if scope == Scope::Global && !is_harmless(key) {
            return Err("a global header that changes entries");
        }
        extended.take(key, value)?;
    }
    Ok(extended)
}

/// Key, value, and what follows the record.
type Record<'a> = (&'a [u8], &'a [u8], &'a [u8]);

/// Cuts the first record off.
fn record(body: &[u8]) -> Result<Record<'_>, &'static str> {
    let blank = body
        .iter()
        .take(8)
        .position(|b| *b == b' ')
        .ok_or("a length is missing")?;
    let digits = &body[..blank];
    let wrong = digits.is_empty() || !digits.iter().all(u8::is_ascii_digit);
    let length = std::str::from_utf8(digits)
        .ok()
        .and_then(|text| text.parse::<usize>().ok());
    let Some(length) = length.filter(|_| !wrong) else {
        return Err("a length is no number");
    };
    if length < blank + 3 || length > body.len() || body[length - 1] != b'\n' {
        return Err("a length is wrong");
    }
    let content = &body[blank + 1..length - 1];
    let equals = content
        .iter()
        .position(|b| *b == b'=')
        .ok_or("a key has no value")?;
    if equals == 0 || content[..equals].contains(&0) {
        return Err("a key is malformed");
    }
    Ok((&content[..equals], &content[equals + 1..], &body[length..]))
}

fn is_known(key: &[u8]) -> bool {
    matches!(
        key,
        b"path" | b"linkpath" | b"size" | b"uid" | b"gid" | b"mtime"
    ) || key.starts_with(b"SCHILY.xattr.")
        || key.starts_with(b"LIBARCHIVE.xattr.")
}

/// What a global header may hold: `git archive` writes a comment, others their own marks.
fn is_harmless(key: &[u8]) -> bool {
    !matches!(
        key,
        b"path" | b"linkpath" | b"size" | b"uid" | b"gid" | b"mtime"
    ) && !key.starts_with(b"SCHILY.")
        && !key.starts_with(b"LIBARCHIVE.")
        && !key.starts_with(b"GNU.sparse.")
}

impl Extended {
    fn take(&mut self, key: &[u8], value: &[u8]) -> Result<(), &'static str> {
        // POSIX: an empty value takes the record back, the header's own field counts.
        match key {
            b"path" => self.path = text(value, "a path with NUL")?,
            b"linkpath" => self.link = text(value, "a link target with NUL")?,
            b"size" if !value.is_empty() => {
                let size = decimal(value).and_then(|size| u64::try_from(size).ok());
                self.size = Some(size.filter(|s| *s <= i64::MAX as u64).ok_or("a bad size")?);
            }
            b"uid" if !value.is_empty() => self.uid = Some(decimal(value).ok_or("a bad uid")?),
            b"gid" if !value.is_empty() => self.gid = Some(decimal(value).ok_or("a bad gid")?),
            b"mtime" if !value.is_empty() => self.mtime = Some(time(value).ok_or("a bad mtime")?),
            b"atime" => self.atime = time(value),
            b"ctime" => self.ctime = time(value),
            key if key.starts_with(b"GNU.sparse.") => self.sparse = true,
            key => {
                if let Some(name) = key.strip_prefix(b"SCHILY.xattr.") {
                    self.xattrs.push((name.to_vec(), value.to_vec()));
                } else if let Some(name) = key.strip_prefix(b"LIBARCHIVE.xattr.") {
                    let name = percent_decoded(name).ok_or("a bad attribute name")?;
                    let value = base64_decoded(value).ok_or("a bad attribute value")?;
                    self.xattrs.push((name, value));
                }
            }
        }
        Ok(())
    }
}

fn text(value: &[u8], otherwise: &'static str) -> Result<Option<Vec<u8>>, &'static str> {
    if value.contains(&0) {
        return Err(otherwise);
    }
    Ok((!value.is_empty()).then(|| value.to_vec()))
}

fn decimal(value: &[u8]) -> Option<i128> {
    let (negative, digits) = match value.strip_prefix(b"-") {
        Some(digits) => (true, digits),
        None => (false, value),
    };
    if digits.is_empty() || digits.len() > 30 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number: i128 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some(if negative { -number } else { number })
}

/// `[-]seconds[.fraction]`; what is out of range becomes the nearest time there is.
fn time(value: &[u8]) -> Option<(i64, u32)> {
    let (whole, fraction) = match value.iter().position(|byte| *byte == b'.') {
        Some(dot) => (&value[..dot], &value[dot + 1..]),
        None => (value, &b""[..]),
    };
    if !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let seconds = decimal(whole)?;
    let mut nanos = 0;
    for at in 0..9 {
        nanos = nanos * 10 + fraction.get(at).map_or(0, |digit| u32::from(digit - b'0'));
    }
    Some(clamped(seconds, nanos, whole.starts_with(b"-")))
}

/// Turns sign, seconds and fraction into seconds that count down and nanoseconds that count up.
fn clamped(seconds: i128, nanos: u32, negative: bool) -> (i64, u32) {
    let (seconds, nanos) = match (negative, nanos) {
        (true, 1..) => (seconds - 1, 1_000_000_000 - nanos),
        _ => (seconds, nanos),
    };
    let clamped = seconds.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
    (clamped, nanos)
}

fn percent_decoded(name: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(name.len());
    let mut bytes = name.iter();
    while let Some(byte) = bytes.next() {
        if *byte != b'%' {
            out.push(*byte);
            continue;
        }
        let digits = [*bytes.next()?, *bytes.next()?];
        let text = std::str::from_utf8(&digits).ok()?;
        out.push(u8::from_str_radix(text, 16).ok()?);
    }
    Some(out)
}

/// RFC 4648 with or without padding, as libarchive writes it.
fn base64_decoded(value: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(value.len() / 4 * 3);
    let mut bits: u32 = 0;
    let mut held = 0;
    for byte in value.iter().filter(|byte| **byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_118_pax_records() {
        let inputs = [
            &b"20 path=some/where/\n28 SCHILY.xattr.user.a=value\n"[..],
            b"14 size=12345\n30 mtime=1700000000.123456789\n16 uid=-1000000\n",
            b"22 GNU.sparse.major=1\n26 GNU.sparse.name=some/x\n",
            b"18446744073709551615 path=x\n",
            b"17 comment=hello\n\0\0\0",
        ];
        let inputs: Vec<Vec<u8>> = inputs.iter().map(|input| input.to_vec()).collect();
        crate::types::mutate::survives("pax", &inputs, |bytes| {
            let _ = (parse(bytes, Scope::Entry), parse(bytes, Scope::Global));
        });
    }

    fn one(key: &str, value: &[u8]) -> Vec<u8> {
        let mut length = key.len() + value.len() + 3;
        while length != length.to_string().len() + key.len() + value.len() + 3 {
            length = length.to_string().len() + key.len() + value.len() + 3;
        }
        let mut out = format!("{length} {key}=").into_bytes();
        out.extend_from_slice(value);
        out.push(b'\n');
        out
    }

    #[test]
    fn a_newline_in_a_value_hides_nothing() {
        let mut body = one("SCHILY.xattr.user.a", b"x\n9 size=1\n");
        body.extend(one("size", b"5"));
        let extended = parse(&body, Scope::Entry).expect("well formed");
        assert_eq!(extended.size, Some(5));
        assert_eq!(extended.xattrs[0].1, b"x\n9 size=1\n");
    }

    #[test]
    fn s_14_malformed_records_are_refused() {
        let twice = [one("path", b"a"), one("path", b"b")].concat();
        for body in [
            &b"5 a=b\n"[..],
            b"7 a=b\n",
            b"x a=b\n",
            b"99999999999999999999 a=b\n",
            b"4 a\n",
            b"5 =b\n\n",
            b"garbage",
            &one("path", b"a\0b"),
            &one("size", b"-1"),
            &one("size", b"9223372036854775808"),
            &one("uid", b"abc"),
            &one("mtime", b"1.x"),
            &twice,
        ] {
            assert!(
                parse(body, Scope::Entry).is_err(),
                "{}",
                body.escape_ascii()
            );
        }
        assert!(parse(&one("path", b"a"), Scope::Global).is_err());
        assert!(parse(&one("comment", b"a"), Scope::Global).is_ok());
    }

    #[test]
    fn times_before_1970_and_beyond_reason() {
        for (text, time_is) in [
            ("1.5", (1, 500_000_000)),
            ("-1.5", (-2, 500_000_000)),
            ("-0.25", (-1, 750_000_000)),
            ("1", (1, 0)),
            ("99999999999999999999999", (i64::MAX, 0)),
            ("0.1234567899", (0, 123_456_789)),
        ] {
            assert_eq!(time(text.as_bytes()), Some(time_is), "{text}");
        }
    }

    #[test]
    fn libarchive_attributes_are_decoded() {
        let body = one("LIBARCHIVE.xattr.user.a%20b", b"aGVsbG8");
        let extended = parse(&body, Scope::Entry).expect("well formed");
        assert_eq!(extended.xattrs, [(b"user.a b".to_vec(), b"hello".to_vec())]);
    }
}
