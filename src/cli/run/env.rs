//! `-e`, `--env-file` and the host's variables they name; labels and label files.
//!
//! `NAME=value` sets, `NAME` takes the host's value if it has one, `PREFIX*` takes every host
//! variable that begins so: podman-run(1), "--env". Nothing else of the host's environment
//! enters a container, but for the proxy variables of `--http-proxy`.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cli::error::Error;

/// The longest environment or label file that is read, in bytes.
const MAX_FILE: u64 = 1 << 20;

/// What Podman hands on by default: containers.conf(5), "http_proxy".
const PROXIES: [&str; 8] = [
    "http_proxy",
    "https_proxy",
    "ftp_proxy",
    "no_proxy",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "FTP_PROXY",
    "NO_PROXY",
];

pub type Pairs = Vec<(String, String)>;

/// Returns the host's variables that are text; others cannot be named in a request.
pub fn of_host() -> Pairs {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect()
}

/// Returns the proxy variables among the host's.
pub fn proxies(host: &Pairs) -> Pairs {
    let wanted = |name: &str| PROXIES.contains(&name);
    host.iter()
        .filter(|(name, value)| wanted(name) && !value.is_empty())
        .cloned()
        .collect()
}

/// Adds what one `-e` word means.
pub fn add(word: &str, host: &Pairs, pairs: &mut Pairs) -> Result<(), String> {
    if let Some((name, value)) = word.split_once('=') {
        if name.is_empty() {
            return Err("has an empty name".to_owned());
        }
        pairs.push((name.to_owned(), value.to_owned()));
    } else if let Some(prefix) = word.strip_suffix('*') {
        let matching = host.iter().filter(|(name, _)| name.starts_with(prefix));
        pairs.extend(matching.cloned());
    } else if word.is_empty() {
        return Err("has an empty name".to_owned());
    } else if let Some(found) = host.iter().find(|(name, _)| name == word) {
        pairs.push(found.clone());
    }
    Ok(())
}

/// Adds the lines of an environment file; `#` begins a comment line.
pub fn add_file(path: &Path, host: &Pairs, pairs: &mut Pairs) -> Result<(), Error> {
    let text = read("reading environment file", path)?;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        add(line, host, pairs).map_err(|why| {
            let place = format!("{}, line {}", path.display(), number + 1);
            Error::usage(place, why)
        })?;
    }
    Ok(())
}

/// Parses one `--env-merge` word.
pub fn merge(word: &str) -> Result<(String, String), String> {
    match word.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("is not of the form name=value".to_owned()),
    }
}

/// Returns the `-e` and `--env-file` pairs in the order in which later ones win: files first.
pub fn collect(
    words: &[String],
    files: &[std::path::PathBuf],
    host: &Pairs,
) -> Result<Pairs, Error> {
    let mut pairs = Pairs::new();
    for path in files {
        add_file(path, host, &mut pairs)?;
    }
    for word in words {
        add(word, host, &mut pairs)
            .map_err(|why| Error::usage(format!("--env \"{word}\""), why))?;
    }
    Ok(pairs)
}

/// Splits `key=value`; a lone key has an empty value.
pub fn label(word: &str) -> Result<(String, String), String> {
    let (key, value) = word.split_once('=').unwrap_or((word, ""));
    if key.is_empty() {
        return Err("has an empty key".to_owned());
    }
    Ok((key.to_owned(), value.to_owned()))
}

/// Returns the labels of files and flags; flags win.
pub fn labels(
    option: &str,
    words: &[String],
    files: &[std::path::PathBuf],
) -> Result<BTreeMap<String, String>, Error> {
    let mut labels = BTreeMap::new();
    for path in files {
        let text = read("reading label file", path)?;
        for line in text.lines().map(str::trim_start) {
            if !line.is_empty() && !line.starts_with('#') {
                let place = path.display().to_string();
                labels.extend([label(line).map_err(|why| Error::usage(place, why))?]);
            }
        }
    }
    for word in words {
        let pair = label(word).map_err(|why| Error::usage(format!("{option} \"{word}\""), why))?;
        labels.extend([pair]);
    }
    Ok(labels)
}

/// Reads a small text file that the user named.
pub fn read(doing: &'static str, path: &Path) -> Result<String, Error> {
    use std::io::Read;
    let failed = |source| Error::File {
        doing,
        path: path.to_owned(),
        source,
    };
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut text = String::new();
    file.take(MAX_FILE + 1)
        .read_to_string(&mut text)
        .map_err(failed)?;
    if text.len() as u64 > MAX_FILE {
        return Err(failed(std::io::Error::from(
            std::io::ErrorKind::FileTooLarge,
        )));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_set_take_or_match() {
        let host: Pairs = [("HOME", "/h"), ("LC_ALL", "C"), ("LC_TIME", "de")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
        for (word, wanted) in [
            ("A=b=c", Some("A=b=c")),
            ("A=", Some("A=")),
            ("HOME", Some("HOME=/h")),
            ("NONE", Some("")),
            ("LC_*", Some("LC_ALL=C LC_TIME=de")),
            ("=x", None),
            ("", None),
        ] {
            let mut pairs = Pairs::new();
            let shown = add(word, &host, &mut pairs).ok().map(|()| {
                let words = pairs.iter().map(|(name, value)| format!("{name}={value}"));
                words.collect::<Vec<_>>().join(" ")
            });
            assert_eq!(shown.as_deref(), wanted, "{word:?}");
        }
        assert!(proxies(&host).is_empty());
    }

    #[test]
    fn labels_have_keys() {
        for (word, wanted) in [
            ("a=b", Some(("a", "b"))),
            ("a", Some(("a", ""))),
            ("a=b=c", Some(("a", "b=c"))),
            ("=b", None),
        ] {
            let wanted = wanted.map(|(key, value)| (key.to_owned(), value.to_owned()));
            assert_eq!(label(word).ok(), wanted, "{word}");
        }
    }
}
