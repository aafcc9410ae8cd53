//! `--ulimit`, `--umask`, `--sysctl`, `--restart`, `--log-driver` and `--log-opt`.

use crate::cli::words::size;
use crate::types::request::{Log, LogDriver, Personality, RestartPolicy, SdNotify, Ulimit};

/// The resources of setrlimit(2).
const RESOURCES: [&str; 16] = [
    "as",
    "core",
    "cpu",
    "data",
    "fsize",
    "locks",
    "memlock",
    "msgqueue",
    "nice",
    "nofile",
    "nproc",
    "rss",
    "rtprio",
    "rttime",
    "sigpending",
    "stack",
];

/// Parses `NAME=SOFT[:HARD]`; -1 is without limit.
pub fn ulimit(text: &str) -> Result<Ulimit, String> {
    let (name, values) = text
        .split_once('=')
        .ok_or("invalid ulimit argument: name=soft[:hard] is wanted")?;
    let name = name.to_ascii_lowercase();
    let name = name.strip_prefix("rlimit_").unwrap_or(&name).to_owned();
    if !RESOURCES.contains(&name.as_str()) {
        return Err(format!("has the unknown limit \"{name}\""));
    }
    let value = |word: &str| match word {
        "-1" | "unlimited" => Ok(u64::MAX),
        _ => word
            .parse::<u64>()
            .map_err(|_| format!("\"{word}\" is not a number")),
    };
    let (soft, hard) = match values.split_once(':') {
        Some((soft, hard)) => (value(soft)?, value(hard)?),
        None => (value(values)?, value(values)?),
    };
    if soft > hard {
        let shown = |value| match value {
            u64::MAX => "-1 (unlimited)".to_owned(),
            value => value.to_string(),
        };
        return Err(format!(
            "ulimit soft limit must be less than or equal to hard limit: soft: {}, hard: {}",
            shown(soft),
            shown(hard)
        ));
    }
    Ok(Ulimit { name, soft, hard })
}

/// Parses an octal mask.
pub fn umask(text: &str) -> Result<u32, String> {
    u32::from_str_radix(text, 8)
        .ok()
        .filter(|mask| *mask <= 0o777 && !text.starts_with('+'))
        .ok_or_else(|| "is not an octal mask such as 0022".to_owned())
}

/// Parses an execution domain: personality(2).
pub fn personality(text: &str) -> Result<Personality, String> {
    match text.to_ascii_uppercase().as_str() {
        "LINUX" => Ok(Personality::Linux),
        "LINUX32" => Ok(Personality::Linux32),
        _ => Err("is none of LINUX and LINUX32".to_owned()),
    }
}

/// Splits `KEY=VALUE`; whether the key may be set is the spec's question.
pub fn sysctl(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("is not of the form key=value".to_owned()),
    }
}

/// Parses `no`, `always`, `unless-stopped` or `on-failure[:TIMES]`.
pub fn restart(text: &str) -> Result<RestartPolicy, String> {
    let unknown =
        || "is not a restart policy: no, on-failure[:times], always or unless-stopped".to_owned();
    match text {
        "" | "no" | "never" => Ok(RestartPolicy::No),
        "always" => Ok(RestartPolicy::Always),
        "unless-stopped" => Ok(RestartPolicy::UnlessStopped),
        "on-failure" => Ok(RestartPolicy::OnFailure(None)),
        _ => {
            let times = text.strip_prefix("on-failure:").ok_or_else(unknown)?;
            let times = times.parse().map_err(|_| unknown())?;
            Ok(RestartPolicy::OnFailure(Some(times)))
        }
    }
}

/// Parses `--sdnotify`.
pub fn sd_notify(text: &str) -> Result<SdNotify, String> {
    [
        SdNotify::Container,
        SdNotify::Conmon,
        SdNotify::Healthy,
        SdNotify::Ignore,
    ]
    .into_iter()
    .find(|mode| mode.as_str() == text)
    .ok_or_else(|| "is none of container, conmon, healthy and ignore".to_owned())
}

/// A field of the journal: upper-case letters, digits and underscores; systemd's own begin with one.
fn log_label(text: &str) -> Option<(String, String)> {
    let (key, value) = text.split_once('=')?;
    let good = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let named = key.len() <= 64 && key.starts_with(|c: char| c.is_ascii_uppercase());
    (named && key.bytes().all(good)).then(|| (key.to_owned(), value.to_owned()))
}

/// Puts `--log-driver` and the `--log-opt` words together.
pub fn log(driver: Option<&str>, options: &[String]) -> Result<Log, String> {
    let mut log = Log::default();
    match driver {
        None | Some("k8s-file") => {}
        Some("json-file") => log.driver = LogDriver::JsonFile,
        Some("journald") => log.driver = LogDriver::Journald,
        Some("none") => log.driver = LogDriver::None,
        Some("passthrough") => log.driver = LogDriver::Passthrough,
        Some("passthrough-tty") => log.driver = LogDriver::PassthroughTty,
        // The words of Podman, which does not name the driver.
        Some(_) => {
            let why = "running container create option: invalid log driver: invalid argument";
            return Err(why.to_owned());
        }
    }
    for option in options {
        match option.split_once('=') {
            Some(("path", path)) if path.starts_with('/') => log.path = Some(path.into()),
            Some(("path", path)) => {
                return Err(format!(
                    "--log-opt path=\"{path}\": is not an absolute path"
                ));
            }
            Some(("max-size", "-1")) => log.max_size = None,
            Some(("max-size", word)) => {
                let bytes = size::parse_decimal(word);
                log.max_size =
                    Some(bytes.map_err(|why| format!("--log-opt max-size=\"{word}\": {why}"))?);
            }
            Some(("tag", tag)) => log.tag = Some(tag.to_owned()),
            Some(("label", label)) => {
                let (key, value) = log_label(label)
                    .ok_or_else(|| format!("--log-opt \"{option}\": is not label=KEY=VALUE"))?;
                log.labels.insert(key, value);
            }
            _ => return Err(format!("--log-opt \"{option}\": is not a known option")),
        }
    }
    Ok(log)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ulimits_have_two_sides() {
        for (text, wanted) in [
            ("nofile=64:128", Some(("nofile", 64, 128))),
            ("NOFILE=64", Some(("nofile", 64, 64))),
            ("RLIMIT_core=-1", Some(("core", u64::MAX, u64::MAX))),
            ("nproc=10:unlimited", Some(("nproc", 10, u64::MAX))),
            ("nofile=2:1", None),
            ("what=1", None),
            ("nofile", None),
            ("nofile=x", None),
        ] {
            let limit = ulimit(text).ok();
            let shown = limit.as_ref().map(|u| (u.name.as_str(), u.soft, u.hard));
            assert_eq!(shown, wanted, "{text}");
        }
    }

    #[test]
    fn small_words_are_checked() {
        assert_eq!(umask("0027"), Ok(0o027));
        assert!(umask("8").is_err());
        assert!(umask("1000").is_err());
        assert_eq!(
            restart("on-failure:3"),
            Ok(RestartPolicy::OnFailure(Some(3)))
        );
        assert_eq!(restart("unless-stopped"), Ok(RestartPolicy::UnlessStopped));
        assert!(restart("sometimes").is_err());
        assert!(sysctl("net.ipv4.ip_forward").is_err());
        assert!(log(Some("syslog"), &[]).is_err());
        assert_eq!(sd_notify("conmon"), Ok(SdNotify::Conmon));
        let options = ["max-size=10m".to_owned(), "tag=x".to_owned()];
        assert_eq!(
            log(None, &options).expect("fine").max_size,
            Some(10_000_000)
        );
    }
}
