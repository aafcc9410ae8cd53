//! The spellings of true and false that Go's `strconv.ParseBool` takes, as in `--rm=1`.

/// Parses one of Go's twelve spellings.
pub fn parse(text: &str) -> Result<bool, String> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Ok(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Ok(false),
        _ => Err("is neither true nor false".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn gos_spellings_are_taken() {
        for (text, value) in [("1", Some(true)), ("F", Some(false)), ("yes", None)] {
            assert_eq!(super::parse(text).ok(), value, "{text}");
        }
    }
}
