//! Inputs that strangers might send: known ones, and seeded mutations of them (S-118).
//!
//! For tests only, of parsers that may refuse anything but must answer everything. A text corpus is
//! `tests/corpus/NAME`, one input a line. `CORACLE_FUZZ_SECONDS` says how long each target is tried (1), and
//! `CORACLE_FUZZ_SEED` repeats a run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

/// The longest a parser may take for one input.
const PATIENCE: Duration = Duration::from_secs(5);
/// The largest input that is made.
const LARGEST: usize = 1 << 16;

/// What numbers and delimiters break most.
const WORDS: &[&[u8]] = &[
    b"0",
    b"-1",
    b"+1",
    b"65535",
    b"65536",
    b"2147483648",
    b"4294967295",
    b"4294967296",
    b"9223372036854775807",
    b"9223372036854775808",
    b"18446744073709551615",
    b"18446744073709551616",
    b"99999999999999999999999999",
    b"1e308",
    b"NaN",
    b"0x10",
    b"\0",
    b"\n",
    b"\r\n",
    b"\xff\xfe",
    b"\xc3",
    "é\u{202e}\u{1F980}".as_bytes(),
    b"::",
    b"//",
    b"/../",
    b"..",
    b"@",
    b"=",
    b",,",
    b"\\",
    b"\"",
    b"'",
    b"[[[[[[[[",
    b"{\"\":{\"\":",
    b"null",
    b" ",
    b"%s",
    b"${x}",
    b"-",
];

/// Numbers from a seed: xorshift, which is enough to go astray with.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// Returns a number that is below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Reads the lines of `tests/corpus/NAME`.
pub fn corpus(name: &str) -> Vec<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus")
        .join(name);
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    lines.map(<[u8]>::to_vec).collect()
}

/// Tries a parser with the inputs and with mutations of them, until the time is over.
pub fn survives(target: &str, inputs: &[Vec<u8>], parse: impl Fn(&[u8])) {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let time = Duration::from_secs(number("CORACLE_FUZZ_SECONDS").unwrap_or(1));
    let clock = std::time::UNIX_EPOCH
        .elapsed()
        .map_or(1, |now| now.as_nanos() as u64);
    let seed = number("CORACLE_FUZZ_SEED").unwrap_or(clock).max(1);
    let mut random = Random::new(seed);
    let try_one = |input: &[u8]| {
        let begin = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| parse(input))).is_err() {
            let shown: String = input
                .escape_ascii()
                .to_string()
                .chars()
                .take(4000)
                .collect();
            panic!("{target}, CORACLE_FUZZ_SEED={seed}, panics for {shown}");
        }
        let took = begin.elapsed();
        assert!(
            took < PATIENCE,
            "{target} took {took:?} for {}",
            input.escape_ascii()
        );
    };
    for input in inputs {
        try_one(input);
    }
    for input in [
        &b""[..],
        &[0; 4096],
        &[0xff; 4096],
        &b"[".repeat(LARGEST),
        &b"a".repeat(LARGEST),
    ] {
        try_one(input);
    }
    let end = Instant::now() + time;
    while Instant::now() < end {
        try_one(&mutated(inputs, &mut random));
    }
}

/// One of the inputs, changed in a few places.
fn mutated(inputs: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let any = |random: &mut Random| inputs.get(random.below(inputs.len())).cloned();
    let mut text = any(random).unwrap_or_default();
    for _ in 0..=random.below(6) {
        let at = random.below(text.len() + 1);
        let end = at + random.below((text.len() - at).min(64) + 1);
        match random.below(8) {
            0 if at < text.len() => text[at] ^= 1 << random.below(8),
            1 if at < text.len() => text[at] = random.below(256) as u8,
            2 => drop(text.drain(at..end)),
            3 => {
                let again = text[at..end].to_vec();
                text.splice(end..end, again);
            }
            4 => text.truncate(at),
            5 => {
                let other = any(random).unwrap_or_default();
                let from = random.below(other.len() + 1);
                text.splice(at..end, other[from..].iter().copied());
            }
            _ => {
                let word = WORDS[random.below(WORDS.len())];
                text.splice(at..end, word.iter().copied());
            }
        }
        text.truncate(LARGEST);
    }
    text
}
