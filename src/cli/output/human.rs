//! Durations and sizes in words, exactly as Podman prints them (docker/go-units).

use crate::types::Timestamp;

/// Returns a span as go-units' `HumanDuration` words it: "2 minutes", "About an hour".
pub fn duration(nanoseconds: i128) -> String {
    let seconds = nanoseconds / 1_000_000_000;
    let minutes = seconds / 60;
    // Hours are rounded, all other units cut: go-units duration.go.
    let hours = (nanoseconds + 1_800_000_000_000) / 3_600_000_000_000;
    match () {
        () if seconds < 1 => "Less than a second".to_owned(),
        () if seconds == 1 => "1 second".to_owned(),
        () if seconds < 60 => format!("{seconds} seconds"),
        () if minutes == 1 => "About a minute".to_owned(),
        () if minutes < 60 => format!("{minutes} minutes"),
        () if hours == 1 => "About an hour".to_owned(),
        () if hours < 48 => format!("{hours} hours"),
        () if hours < 24 * 7 * 2 => format!("{} days", hours / 24),
        () if hours < 24 * 30 * 2 => format!("{} weeks", hours / 24 / 7),
        () if hours < 24 * 365 * 2 => format!("{} months", hours / 24 / 30),
        () => format!("{} years", hours / 24 / 365),
    }
}

/// Returns how long ago a moment was: "2 minutes ago".
pub fn ago(then: Timestamp, now: Timestamp) -> String {
    format!("{} ago", duration((now.0 - then.0).max(0)))
}

/// Returns bytes in powers of 1000 with `precision` digits: go-units `HumanSizeWithPrecision`.
pub fn size(bytes: u64, precision: usize) -> String {
    scaled(
        bytes as f64,
        1000.0,
        &["B", "kB", "MB", "GB", "TB", "PB", "EB"],
        precision,
    )
}

/// Returns bytes in powers of 1024 with `precision` digits: go-units `BytesSize`.
pub fn binary_size(bytes: u64, precision: usize) -> String {
    scaled(
        bytes as f64,
        1024.0,
        &["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"],
        precision,
    )
}

/// Returns a span as Go's `time.Duration` prints itself: "1m2.5s", "12.345ms", "3µs".
pub fn go_duration(nanoseconds: u64) -> String {
    const SECOND: u64 = 1_000_000_000;
    let fraction = |value: u64, unit: u64| -> String {
        let width = unit.ilog10() as usize;
        let text = format!("{}.{:0width$}", value / unit, value % unit);
        match width {
            0 => value.to_string(),
            _ => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        }
    };
    match nanoseconds {
        0 => "0s".to_owned(),
        1..=999 => format!("{nanoseconds}ns"),
        1_000..=999_999 => format!("{}µs", fraction(nanoseconds, 1_000)),
        1_000_000..=999_999_999 => format!("{}ms", fraction(nanoseconds, 1_000_000)),
        _ => {
            let (hours, minutes) = (nanoseconds / SECOND / 3600, nanoseconds / SECOND / 60 % 60);
            let seconds = fraction(nanoseconds % (60 * SECOND), SECOND);
            match (hours, minutes) {
                (0, 0) => format!("{seconds}s"),
                (0, _) => format!("{minutes}m{seconds}s"),
                _ => format!("{hours}h{minutes}m{seconds}s"),
            }
        }
    }
}

/// Returns an image's size with three digits: "7.78 MB", as `podman images` prints it.
pub fn image_size(bytes: u64) -> String {
    let text = size(bytes, 3);
    let unit = text
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    format!("{} {}", &text[..unit], &text[unit..])
}

/// Returns a value that fits one of the units, printed as Go's `%.*g`.
fn scaled(mut value: f64, base: f64, units: &[&str], precision: usize) -> String {
    let mut unit = 0;
    while value >= base && unit + 1 < units.len() {
        value /= base;
        unit += 1;
    }
    format!("{}{}", general(value, precision), units[unit])
}

/// Go's `%.{precision}g` for values from 0 up to a few thousand.
fn general(value: f64, precision: usize) -> String {
    let whole = format!("{:.0}", value.trunc()).len();
    if value >= 10_f64.powi(precision as i32) {
        // Exponents only appear for what no unit can hold.
        return format!("{:.*e}", precision.saturating_sub(1), value);
    }
    let digits = if value < 1.0 {
        precision
    } else {
        precision.saturating_sub(whole)
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_worded_like_go_units() {
        const S: i128 = 1_000_000_000;
        for (seconds, wanted) in [
            (0, "Less than a second"),
            (1, "1 second"),
            (59, "59 seconds"),
            (60, "About a minute"),
            (119, "About a minute"),
            (120, "2 minutes"),
            (3599, "59 minutes"),
            (3600, "About an hour"),
            (5400, "2 hours"),
            (47 * 3600, "47 hours"),
            (48 * 3600, "2 days"),
            (13 * 86400, "13 days"),
            (14 * 86400, "2 weeks"),
            (60 * 86400, "2 months"),
            (800 * 86400, "2 years"),
        ] {
            assert_eq!(duration(seconds * S), wanted, "{seconds}");
        }
    }

    #[test]
    fn spans_as_go_prints_them() {
        for (nanoseconds, wanted) in [
            (0, "0s"),
            (5, "5ns"),
            (1_500, "1.5µs"),
            (12_345_000, "12.345ms"),
            (1_000_000_000, "1s"),
            (62_500_000_000, "1m2.5s"),
            (3_600_000_000_000, "1h0m0s"),
        ] {
            assert_eq!(go_duration(nanoseconds), wanted);
        }
    }

    #[test]
    fn sizes_have_few_digits() {
        for (bytes, wanted) in [
            (0, "0 B"),
            (17, "17 B"),
            (999, "999 B"),
            (1000, "1 kB"),
            (7_780_000, "7.78 MB"),
            (77_800_000, "77.8 MB"),
            (778_000_000, "778 MB"),
            (1_234_567_890, "1.23 GB"),
        ] {
            assert_eq!(image_size(bytes), wanted);
        }
        assert_eq!(size(1_234_567, 4), "1.235MB");
    }
}
