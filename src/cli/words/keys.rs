//! The keys that detach a terminal: `ctrl-p,ctrl-q`, checked here, understood by the attach client.

/// Checks a `--detach-keys` word: letters or `ctrl-` with a letter or one of `@[\]^_`.
pub fn check(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    for key in text.split(',') {
        let fine = match key.strip_prefix("ctrl-") {
            Some(with) => {
                let mut chars = with.chars();
                let first = chars.next();
                chars.next().is_none()
                    && first.is_some_and(|c| c.is_ascii_lowercase() || "@[\\]^_".contains(c))
            }
            None => key.len() == 1 && key.is_ascii() && !key.as_bytes()[0].is_ascii_control(),
        };
        if !fine {
            return Err(format!(
                "\"{key}\" is neither a character nor ctrl- and a letter"
            ));
        }
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn sequences_are_checked() {
        for (text, fine) in [
            ("", true),
            ("ctrl-p,ctrl-q", true),
            ("a", true),
            ("a,b,ctrl-@", true),
            ("ctrl-", false),
            ("ctrl-pp", false),
            ("ab", false),
            (",", false),
        ] {
            assert_eq!(super::check(text).is_ok(), fine, "{text:?}");
        }
    }
}
