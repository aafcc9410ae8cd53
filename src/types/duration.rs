//! Durations as Go writes them (`1m30s`, `250ms`) and moments as `--since` takes them.

use crate::types::Timestamp;

const SECOND: i128 = 1_000_000_000;

/// Parses Go's form of a duration into nanoseconds.
pub fn parse(text: &str) -> Result<i128, String> {
    let bad = || "is not a duration such as 10s, 5m or 1h30m".to_owned();
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let negative = rest.starts_with('-');
    rest = rest.strip_prefix('-').unwrap_or(rest);
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(bad());
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .ok_or_else(bad)?;
        let (number, after) = rest.split_at(digits);
        let letters = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        total = total
            .checked_add(part(number, unit).ok_or_else(bad)?)
            .ok_or_else(bad)?;
        rest = after;
    }
    // Go counts nanoseconds in 64 bits.
    let total = i128::from(i64::try_from(total).map_err(|_| bad())?);
    Ok(if negative { -total } else { total })
}

/// Prints nanoseconds as Go does: `2m3.5s`, `10ms`, `0s`.
pub fn print(nanoseconds: i128) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let all = nanoseconds.unsigned_abs();
    let fraction = |whole: u128, rest: u128, digits: usize, unit: &str| {
        let rest = format!("{rest:0digits$}");
        let rest = rest.trim_end_matches('0');
        match rest {
            "" => format!("{sign}{whole}{unit}"),
            rest => format!("{sign}{whole}.{rest}{unit}"),
        }
    };
    match all {
        0 => "0s".to_owned(),
        1..1_000 => format!("{sign}{all}ns"),
        1_000..1_000_000 => fraction(all / 1_000, all % 1_000, 3, "µs"),
        1_000_000..1_000_000_000 => fraction(all / 1_000_000, all % 1_000_000, 6, "ms"),
        _ => {
            let (seconds, rest) = (all / 1_000_000_000, all % 1_000_000_000);
            let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
            let last = fraction(seconds % 60, rest, 9, "s");
            let last = last.trim_start_matches('-');
            match (hours, minutes) {
                (0, 0) => format!("{sign}{last}"),
                (0, _) => format!("{sign}{minutes}m{last}"),
                _ => format!("{sign}{hours}h{minutes}m{last}"),
            }
        }
    }
}

fn part(number: &str, unit: &str) -> Option<i128> {
    let factor: i128 = match unit {
        "ns" => 1,
        "us" | "µs" | "μs" => 1_000,
        "ms" => 1_000_000,
        "s" => SECOND,
        "m" => 60 * SECOND,
        "h" => 3_600 * SECOND,
        _ => return None,
    };
    if let Ok(whole) = number.parse::<u64>() {
        return i128::from(whole).checked_mul(factor);
    }
    let value: f64 = number.parse().ok()?;
    Some((value * factor as f64) as i128)
}

/// Parses a moment: RFC 3339, a date, a date and time, seconds since the epoch, or a duration
/// before `now`; below zero it is after `now`, as Podman has it.
pub fn moment(text: &str, now: Timestamp) -> Result<Timestamp, String> {
    match parse(text) {
        Ok(nanoseconds) => Ok(Timestamp(now.0 - nanoseconds)),
        Err(_) => point(text),
    }
}

/// Parses a moment up to which something goes on: a duration is counted from `now` forward.
pub fn moment_ahead(text: &str, now: Timestamp) -> Result<Timestamp, String> {
    match parse(text) {
        Ok(nanoseconds) => Ok(Timestamp(now.0 + nanoseconds)),
        Err(_) => point(text),
    }
}

/// Parses a moment that does not depend on now.
fn point(text: &str) -> Result<Timestamp, String> {
    if let Some(stamp) = seconds(text).or_else(|| Timestamp::parse(text)) {
        return Ok(stamp);
    }
    Timestamp::parse_local(text).ok_or_else(|| {
        "is neither a time such as 2026-01-31T12:00:00Z nor a duration such as 10m".to_owned()
    })
}

/// Parses `1700000000` or `1700000000.123456789`.
fn seconds(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 9 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let nanoseconds: i128 = format!("{fraction:0<9}").parse().ok()?;
    Some(Timestamp(
        whole.parse::<i64>().ok()? as i128 * SECOND + nanoseconds,
    ))
}

#[cfg(test)]
mod tests {
    #[test]
    fn durations_are_printed_as_go_does() {
        for (nanoseconds, wanted) in [
            (0, "0s"),
            (1, "1ns"),
            (1_500, "1.5µs"),
            (10_000_000, "10ms"),
            (2_955_561_234, "2.955561234s"),
            (60_000_000_000, "1m0s"),
            (-3_723_500_000_000, "-1h2m3.5s"),
        ] {
            assert_eq!(super::print(nanoseconds), wanted);
        }
    }

    use super::*;

    #[test]
    fn durations_are_gos() {
        for (text, value) in [
            ("10s", Some(10 * SECOND)),
            ("1h30m", Some(5400 * SECOND)),
            ("1.5s", Some(1_500_000_000)),
            ("250ms", Some(250_000_000)),
            ("-5m", Some(-300 * SECOND)),
            ("0", Some(0)),
            ("", None),
            ("10", None),
            ("s", None),
            ("1d", None),
        ] {
            assert_eq!(parse(text).ok(), value, "{text:?}");
        }
    }

    #[test]
    fn a_moment_is_absolute_or_ago() {
        let now = Timestamp(1_700_000_000 * SECOND);
        for (text, value) in [
            ("10m", Some(1_699_999_400 * SECOND)),
            ("1600000000", Some(1_600_000_000 * SECOND)),
            ("1600000000.5", Some(1_600_000_000 * SECOND + SECOND / 2)),
            ("2020-09-13T12:26:40Z", Some(1_600_000_000 * SECOND)),
            ("yesterday", None),
        ] {
            assert_eq!(moment(text, now).ok().map(|t| t.0), value, "{text:?}");
        }
        assert_eq!(moment("-10s", now), Ok(Timestamp(now.0 + 10 * SECOND)));
        let ahead = moment_ahead("3s", now);
        assert_eq!(ahead, Ok(Timestamp(now.0 + 3 * SECOND)));
        assert_eq!(moment_ahead("1600000000", now), moment("1600000000", now));
        assert!(moment("2020-09-13T12:26:40", now).is_ok());
        assert!(moment("2020-09-13", now).is_ok());
    }
}
