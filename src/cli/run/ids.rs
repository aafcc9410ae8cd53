//! `--userns`, `--uidmap` and `--gidmap`: podman-run(1), the same options.

use std::path::PathBuf;

use crate::types::request::{IdWord, UserNamespace};

/// The highest id there is: (uid_t)-1 means "none" to the calls that take ids.
const MAX: u64 = u32::MAX as u64 - 1;

/// Parses a `--userns` word.
pub fn userns(text: &str) -> Result<UserNamespace, String> {
    let (mode, rest) = match text.split_once(':') {
        Some((mode, rest)) => (mode, Some(rest)),
        None => (text, None),
    };
    match (mode, rest) {
        ("" | "host", None) => Ok(UserNamespace::Host),
        ("nomap", None) => Ok(UserNamespace::NoMap),
        ("private", None) => Err("needs --uidmap or --gidmap".to_owned()),
        ("keep-id", rest) => keep_id(rest.unwrap_or_default()),
        ("auto", rest) => auto(rest.unwrap_or_default()),
        ("container", Some(name)) if !name.is_empty() => {
            Ok(UserNamespace::Container(name.to_owned()))
        }
        ("ns", Some(path)) if path.starts_with('/') => Ok(UserNamespace::Path(PathBuf::from(path))),
        ("container", _) => Err("names no container".to_owned()),
        ("ns", _) => Err("names no absolute path".to_owned()),
        ("host" | "nomap", Some(_)) => Err("takes no options".to_owned()),
        _ => Err("is not a mode: auto, host, keep-id, nomap, container:NAME or ns:PATH".to_owned()),
    }
}

fn keep_id(options: &str) -> Result<UserNamespace, String> {
    let (mut uid, mut gid, mut size) = (None, None, None);
    for (key, value) in options_of(options) {
        let place = match key {
            "uid" => &mut uid,
            "gid" => &mut gid,
            "size" => &mut size,
            _ => return Err(format!("has the unknown option \"{key}\"")),
        };
        *place = Some(number(value).ok_or_else(|| format!("{key}=\"{value}\" is not an id"))?);
    }
    Ok(UserNamespace::KeepId { uid, gid, size })
}

fn auto(options: &str) -> Result<UserNamespace, String> {
    let (mut size, mut uids, mut gids) = (None, Vec::new(), Vec::new());
    for (key, value) in options_of(options) {
        match key {
            "size" => {
                let parsed = number(value).filter(|size| *size > 0);
                size = Some(parsed.ok_or_else(|| format!("size=\"{value}\" is not a number"))?);
            }
            "uidmapping" => uids.push(word(value)?),
            "gidmapping" => gids.push(word(value)?),
            _ => return Err(format!("has the unknown option \"{key}\"")),
        }
    }
    Ok(UserNamespace::Auto { size, uids, gids })
}

fn options_of(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = text.split(',').filter(|word| !word.is_empty());
    words.map(|word| word.split_once('=').unwrap_or((word, "")))
}

/// Parses a map's word: `[flags]CONTAINER:[@]FROM[:AMOUNT]`.
pub fn word(text: &str) -> Result<IdWord, String> {
    let flags = text
        .find(|c: char| c.is_ascii_digit())
        .ok_or("is not of the form container:from[:amount]")?;
    let (flags, rest) = text.split_at(flags);
    if let Some(flag) = flags.chars().find(|c| !"+ug".contains(*c)) {
        return Err(format!("has the unknown flag \"{flag}\""));
    }
    let parts: Vec<&str> = rest.split(':').collect();
    let (inside, from, count) = match parts[..] {
        [inside, from] => (inside, from, "1"),
        [inside, from, count] => (inside, from, count),
        _ => return Err("is not of the form container:from[:amount]".to_owned()),
    };
    let id = |text: &str| number(text).ok_or_else(|| format!("\"{text}\" is not an id"));
    let word = IdWord {
        inside: id(inside)?,
        outside: id(from.trim_start_matches('@'))?,
        count: id(count)?,
        of_host: from.starts_with('@'),
        extends: flags.contains('+'),
        one_kind: flags.contains(['u', 'g']),
    };
    let end = |from: u32| u64::from(from) + u64::from(word.count) - 1;
    if word.count == 0 || end(word.inside) > MAX || end(word.outside) > MAX {
        return Err("is no range of ids".to_owned());
    }
    Ok(word)
}

fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let value = text.parse::<u64>().ok().filter(|_| digits)?;
    (value <= MAX).then_some(value as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_of_userns() {
        let keep = |uid, gid, size| Some(UserNamespace::KeepId { uid, gid, size });
        for (text, wanted) in [
            ("", Some(UserNamespace::Host)),
            ("host", Some(UserNamespace::Host)),
            ("nomap", Some(UserNamespace::NoMap)),
            ("keep-id", keep(None, None, None)),
            ("keep-id:uid=5,gid=6", keep(Some(5), Some(6), None)),
            ("keep-id:size=100", keep(None, None, Some(100))),
            ("keep-id:what=1", None),
            ("keep-id:uid=-1", None),
            ("keep-id:uid=4294967295", None),
            ("auto:size=0", None),
            (
                "container:web",
                Some(UserNamespace::Container("web".to_owned())),
            ),
            ("container:", None),
            (
                "ns:/proc/1/ns/user",
                Some(UserNamespace::Path("/proc/1/ns/user".into())),
            ),
            ("ns:x", None),
            ("private", None),
            ("host:x", None),
            ("what", None),
        ] {
            assert_eq!(userns(text).ok(), wanted, "{text}");
        }
        let Ok(UserNamespace::Auto { size, uids, .. }) =
            userns("auto:size=8192,uidmapping=1:@100000:2")
        else {
            panic!("an automatic map");
        };
        assert_eq!((size, uids.len(), uids[0].of_host), (Some(8192), 1, true));
    }

    #[test]
    fn words_of_maps() {
        for (text, wanted) in [
            ("0:1:1000", Some((0, 1, 1000, "---"))),
            ("5:7", Some((5, 7, 1, "---"))),
            ("+5:@7:2", Some((5, 7, 2, "@+-"))),
            ("+g5:7", Some((5, 7, 1, "-+1"))),
            ("u0:0:1", Some((0, 0, 1, "--1"))),
            ("x0:0:1", None),
            ("0", None),
            ("0:0:0", None),
            ("0:0:1:2", None),
            ("a:0:1", None),
            ("0:4294967295:1", None),
            ("0:0:4294967295", None),
            ("4294967294:0:2", None),
            ("", None),
        ] {
            let shown = word(text).ok().map(|w| {
                let mark = |set, mark| if set { mark } else { '-' };
                let flags: String = [
                    mark(w.of_host, '@'),
                    mark(w.extends, '+'),
                    mark(w.one_kind, '1'),
                ]
                .iter()
                .collect();
                (w.inside, w.outside, w.count, flags)
            });
            let wanted = wanted.map(|(a, b, c, flags)| (a, b, c, flags.to_owned()));
            assert_eq!(shown, wanted, "{text}");
        }
    }
}
