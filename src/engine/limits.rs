//! What one layer may cost (S-16, S-17), as the user's storage options change it.
//!
//! Known words: `coracle.layer_size`, `coracle.layer_entries`, `coracle.free_space`; the first and
//! last in bytes, with k, m, g or t for powers of 1024. Other drivers' options are not ours.

use crate::engine::{Engine, Error};
use crate::layer::Limits;
use crate::types::escape;

impl Engine {
    /// Returns the budget of every layer that comes in.
    pub(crate) fn limits(&self) -> Result<Limits, Error> {
        of_options(&self.settings.storage_options)
    }
}

fn of_options(options: &[String]) -> Result<Limits, Error> {
    let mut limits = Limits::default();
    for option in options {
        let Some(ours) = option.strip_prefix("coracle.") else {
            continue;
        };
        let bad = |why: &str| {
            let shown = escape::quoted(option);
            Error::new(format!("storage option {shown}: {why}"))
        };
        let (key, value) = ours.split_once('=').ok_or_else(|| bad("has no value"))?;
        if key == "userns_copy" && matches!(value, "true" | "false") {
            continue; // `engine/ids.rs`
        }
        let place = match key {
            "layer_size" => &mut limits.bytes,
            "layer_entries" => &mut limits.entries,
            "free_space" => &mut limits.free,
            _ => return Err(bad("is not known")),
        };
        *place = amount(value).ok_or_else(|| bad("is no amount such as 20g"))?;
    }
    Ok(limits)
}

fn amount(text: &str) -> Option<u64> {
    let (digits, shift) = match text.char_indices().next_back()? {
        (at, 'k' | 'K') => (&text[..at], 10),
        (at, 'm' | 'M') => (&text[..at], 20),
        (at, 'g' | 'G') => (&text[..at], 30),
        (at, 't' | 'T') => (&text[..at], 40),
        _ => (text, 0),
    };
    let number: u64 = digits.parse().ok()?;
    number.checked_mul(1 << shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_or_refused() {
        for (option, bytes) in [
            ("coracle.layer_size=20g", Some(20 << 30)),
            ("coracle.layer_size=5", Some(5)),
            ("overlay.mountopt=nodev", Some(Limits::default().bytes)),
            ("coracle.layer_size=", None),
            ("coracle.layer_size=g", None),
            ("coracle.layer_size=99999999999t", None),
            ("coracle.layer_size", None),
            ("coracle.other=1", None),
        ] {
            let limits = of_options(&[option.to_owned()]);
            assert_eq!(limits.ok().map(|limits| limits.bytes), bytes, "{option}");
        }
    }
}
