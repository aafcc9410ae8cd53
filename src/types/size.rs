//! Sizes as typed: `64m`, `1g`, `512`, `10MiB`, as in docker/go-units: memory counts in powers of
//! 1024, what lies on a disk in powers of 1000.

/// Parses a size in memory into bytes; a bare number is bytes.
pub fn parse(text: &str) -> Result<u64, String> {
    parse_in(text, 1024)
}

/// Parses a size on a disk into bytes.
pub fn parse_decimal(text: &str) -> Result<u64, String> {
    parse_in(text, 1000)
}

fn parse_in(text: &str, base: u64) -> Result<u64, String> {
    let bad = || "is not a size: a number and b, k, m, g, t or p".to_owned();
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim_start().to_ascii_lowercase();
    let power: u32 = match unit.trim_end_matches('b').trim_end_matches('i') {
        "" if unit.is_empty() || unit == "b" => 0,
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        "p" => 5,
        _ => return Err(bad()),
    };
    let factor = base.pow(power);
    if let Ok(whole) = number.parse::<u64>() {
        return whole.checked_mul(factor).ok_or_else(bad);
    }
    let value: f64 = number.parse().map_err(|_| bad())?;
    let bytes = value * factor as f64;
    if !bytes.is_finite() || bytes < 0.0 || bytes >= u64::MAX as f64 {
        return Err(bad());
    }
    Ok(bytes as u64)
}

#[cfg(test)]
mod tests {
    #[test]
    fn units_are_powers_of_1024() {
        for (text, bytes) in [
            ("512", Some(512)),
            ("512b", Some(512)),
            ("64k", Some(65_536)),
            ("64M", Some(67_108_864)),
            ("1g", Some(1 << 30)),
            ("1.5g", Some(3 << 29)),
            ("10MiB", Some(10 << 20)),
            ("10 mb", Some(10 << 20)),
            ("", None),
            ("m", None),
            ("-1", None),
            ("1x", None),
            ("1ib", None),
            ("99999999999p", None),
        ] {
            assert_eq!(super::parse(text).ok(), bytes, "{text:?}");
        }
    }

    #[test]
    fn a_disk_counts_in_thousands() {
        assert_eq!(super::parse_decimal("8000"), Ok(8000));
        assert_eq!(super::parse_decimal("10m"), Ok(10_000_000));
    }
}
