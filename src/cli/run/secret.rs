//! The words of `--secret`: podman-run(1).

use crate::types::secret::{SecretFile, SecretForm, SecretWish};

/// Parses `NAME` or `[source=]NAME[,type=mount|env][,target=…][,uid=…][,gid=…][,mode=…]`.
pub fn parse(text: &str) -> Result<SecretWish, String> {
    let words: Vec<&str> = text.split(',').collect();
    let (mut source, options) = match words.split_first() {
        Some((first, rest)) if rest.is_empty() || !first.contains('=') => (*first, rest),
        _ => ("", &words[..]),
    };
    let mut file = SecretFile::default();
    let (mut kind, mut of_file) = (None, false);
    for option in options {
        let (key, value) = option.split_once('=').ok_or_else(|| {
            format!("option {option} must be in form option=value: parsing secret")
        })?;
        match key {
            "source" => source = value,
            "type" if kind.is_some() => {
                return Err("cannot set more than one secret type: parsing secret".to_owned());
            }
            "type" if matches!(value, "mount" | "env") => kind = Some(value),
            "type" => return Err(format!("type {value} is invalid: parsing secret")),
            "target" => file.target = Some(value.to_owned()).filter(|path| !path.is_empty()),
            "mode" => {
                let mode = u32::from_str_radix(value, 8);
                file.mode = mode.map_err(|_| format!("mode {value} invalid: parsing secret"))?;
            }
            "uid" | "UID" => file.uid = id(value, "UID")?,
            "gid" | "GID" => file.gid = id(value, "GID")?,
            _ => return Err(format!("option {option} invalid: parsing secret")),
        }
        of_file |= matches!(key, "mode" | "uid" | "UID" | "gid" | "GID");
    }
    if source.is_empty() {
        return Err(format!("no source found {text}: parsing secret"));
    }
    let form = match kind {
        Some("env") if of_file => {
            let why = "UID, GID, Mode options cannot be set with secret type env: parsing secret";
            return Err(why.to_owned());
        }
        Some("env") => SecretForm::Variable(file.target),
        _ => SecretForm::File(file),
    };
    Ok(SecretWish {
        source: source.to_owned(),
        form,
    })
}

fn id(value: &str, what: &str) -> Result<u32, String> {
    value
        .parse()
        .map_err(|_| format!("{what} {value} invalid: parsing secret"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_wishes() {
        let file = |target: Option<&str>, uid, gid, mode| {
            SecretForm::File(SecretFile {
                target: target.map(str::to_owned),
                uid,
                gid,
                mode,
            })
        };
        for (text, source, form) in [
            ("one", "one", file(None, 0, 0, 0o444)),
            ("one,target=/a/b", "one", file(Some("/a/b"), 0, 0, 0o444)),
            (
                "source=one,uid=5,GID=6,mode=0400",
                "one",
                file(None, 5, 6, 0o400),
            ),
            ("one,type=env", "one", SecretForm::Variable(None)),
            (
                "one,type=env,target=A",
                "one",
                SecretForm::Variable(Some("A".into())),
            ),
        ] {
            let wish = parse(text).expect(text);
            assert_eq!((wish.source.as_str(), wish.form), (source, form), "{text}");
        }
        for bad in [
            "",
            "target=a,uid=1",
            "one,two",
            "one,type=file",
            "one,type=env,type=env",
            "one,mode=9",
            "one,uid=x",
            "one,type=env,mode=0400",
            "one,what=1",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
