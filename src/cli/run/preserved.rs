//! `--preserve-fds COUNT` and `--preserve-fd NUMBER,…`: podman-run(1).

use crate::cli::error::Error;

/// The highest number that can be handed on; the start keeps those above to itself.
const LAST: i32 = 66;

/// Returns the descriptors both options name, in order, each once.
pub fn numbers(count: Option<u32>, named: &[i32]) -> Result<Vec<i32>, Error> {
    let counted = match count {
        Some(count) if count > (LAST - 2) as u32 => {
            let what = format!("--preserve-fds {count}");
            return Err(Error::usage(what, format!("is more than {}", LAST - 2)));
        }
        Some(count) => 3..3 + count as i32,
        None => 3..3,
    };
    let mut all: Vec<i32> = counted.chain(named.iter().copied()).collect();
    if let Some(bad) = all.iter().find(|fd| !(3..=LAST).contains(*fd)) {
        let what = format!("--preserve-fd {bad}");
        return Err(Error::usage(what, format!("is not from 3 to {LAST}")));
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_options_name_descriptors() {
        for (count, named, wanted) in [
            (None, &[][..], Some(&[][..])),
            (Some(2), &[], Some(&[3, 4])),
            (Some(1), &[9, 5, 3], Some(&[3, 5, 9])),
            (Some(65), &[], None),
            (None, &[2], None),
            (None, &[67], None),
        ] {
            let found = numbers(count, named).ok();
            assert_eq!(found.as_deref(), wanted, "{count:?} {named:?}");
        }
    }
}
