//! Signal names and numbers of Linux: signal(7).
//!
//! The numbers are those of x86, Arm, RISC-V and most others; MIPS, SPARC, Alpha and PA-RISC
//! differ and are not supported.

const NAMES: &[(&str, i32)] = &[
    ("HUP", 1),
    ("INT", 2),
    ("QUIT", 3),
    ("ILL", 4),
    ("TRAP", 5),
    ("ABRT", 6),
    ("BUS", 7),
    ("FPE", 8),
    ("KILL", 9),
    ("USR1", 10),
    ("SEGV", 11),
    ("USR2", 12),
    ("PIPE", 13),
    ("ALRM", 14),
    ("TERM", 15),
    ("STKFLT", 16),
    ("CHLD", 17),
    ("CONT", 18),
    ("STOP", 19),
    ("TSTP", 20),
    ("TTIN", 21),
    ("TTOU", 22),
    ("URG", 23),
    ("XCPU", 24),
    ("XFSZ", 25),
    ("VTALRM", 26),
    ("PROF", 27),
    ("WINCH", 28),
    ("IO", 29),
    ("PWR", 30),
    ("SYS", 31),
    ("RTMIN", RTMIN),
    ("RTMAX", RTMAX),
    ("IOT", 6),
    ("CLD", 17),
    ("POLL", 29),
];

/// The first real-time signal glibc leaves to programs.
const RTMIN: i32 = 34;
const RTMAX: i32 = 64;

/// Parses `TERM`, `SIGTERM`, `15`, `RTMIN+3` or `RTMAX-2`.
pub fn parse(text: &str) -> Result<i32, String> {
    // `kill -s -TERM` comes of the shell's own kill.
    let text = text.strip_prefix('-').unwrap_or(text);
    let bad = || format!("invalid signal: {text}");
    if let Ok(number) = text.parse::<i64>() {
        return match number {
            0 => Err(bad()),
            1..=64 => Ok(number as i32),
            _ => Err(format!("valid signals are 1 through {RTMAX}")),
        };
    }
    let upper = text.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    if let Some((_, number)) = NAMES.iter().find(|known| known.0 == name) {
        return Ok(*number);
    }
    let number = if let Some(offset) = name.strip_prefix("RTMIN+") {
        offset.parse::<u8>().ok().map(|n| RTMIN + i32::from(n))
    } else if let Some(offset) = name.strip_prefix("RTMAX-") {
        offset.parse::<u8>().ok().map(|n| RTMAX - i32::from(n))
    } else {
        None
    };
    number
        .filter(|n| (RTMIN..=RTMAX).contains(n))
        .ok_or_else(bad)
}

/// Returns `SIGTERM` for 15; a number nobody named as it is.
pub fn name(number: i32) -> String {
    match NAMES.iter().find(|known| known.1 == number) {
        Some((name, _)) => format!("SIG{name}"),
        None if number > RTMIN && number < RTMAX => format!("SIGRTMIN+{}", number - RTMIN),
        None => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_and_numbers_are_taken() {
        for (text, number) in [
            ("TERM", Some(15)),
            ("sigkill", Some(9)),
            ("1", Some(1)),
            ("64", Some(64)),
            ("RTMIN", Some(34)),
            ("SIGRTMIN+3", Some(37)),
            ("RTMAX-1", Some(63)),
            ("0", None),
            ("65", None),
            ("RTMIN+31", None),
            ("NOPE", None),
            ("", None),
        ] {
            assert_eq!(super::parse(text).ok(), number, "{text:?}");
        }
        assert_eq!(super::name(15), "SIGTERM");
        assert_eq!(super::name(37), "SIGRTMIN+3");
    }
}
