//! `--change`: one instruction of a Containerfile that alters an image's configuration.
//!
//! `commit` and `import` take `INSTRUCTION value` and `INSTRUCTION=value`: podman-commit(1).

use std::collections::BTreeMap;

use serde_json::Value;

use crate::types::ParseError;
use crate::types::image::ContainerConfig;

/// An instruction that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Cmd(Vec<String>),
    Entrypoint(Vec<String>),
    Env(Vec<(String, String)>),
    Expose(Vec<String>),
    Label(Vec<(String, String)>),
    OnBuild(String),
    StopSignal(String),
    User(String),
    Volume(Vec<String>),
    WorkDir(String),
}

impl Change {
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let wrong = |reason| ParseError::new(text, reason);
        let parts = text.split_once(' ').filter(|(word, _)| !word.contains('='));
        let Some((word, value)) = parts.or_else(|| text.split_once('=')) else {
            return Err(wrong("is not of the form INSTRUCTION value"));
        };
        let value = value.trim();
        let one = || match value {
            "" => Err(wrong("has no value")),
            value => Ok(value.to_owned()),
        };
        match word.trim().to_ascii_uppercase().as_str() {
            "CMD" => Ok(Self::Cmd(command(value))),
            "ENTRYPOINT" => Ok(Self::Entrypoint(command(value))),
            "ENV" => pairs(value, true).map(Self::Env).map_err(wrong),
            "LABEL" => pairs(value, false).map(Self::Label).map_err(wrong),
            "EXPOSE" => {
                let ports = value
                    .split_whitespace()
                    .map(port)
                    .collect::<Option<Vec<_>>>();
                let ports = ports.filter(|ports| !ports.is_empty());
                ports
                    .map(Self::Expose)
                    .ok_or_else(|| wrong("has no valid port"))
            }
            "VOLUME" => {
                let paths = list(value)
                    .unwrap_or_else(|| value.split_whitespace().map(str::to_owned).collect());
                match paths.is_empty() || paths.iter().any(String::is_empty) {
                    true => Err(wrong("has no path")),
                    false => Ok(Self::Volume(paths)),
                }
            }
            "ONBUILD" => one().map(Self::OnBuild),
            "STOPSIGNAL" => one().map(Self::StopSignal),
            "USER" => one().map(Self::User),
            "WORKDIR" => one().map(Self::WorkDir),
            _ => Err(wrong(
                "is not an instruction that changes an image's configuration",
            )),
        }
    }

    /// Puts the change into a configuration.
    pub fn apply(&self, config: &mut ContainerConfig) {
        match self {
            Self::Cmd(words) => config.cmd = Some(words.clone()),
            Self::Entrypoint(words) => config.entrypoint = Some(words.clone()),
            Self::Env(pairs) => {
                let env = config.env.get_or_insert_default();
                for (key, value) in pairs {
                    let begin = format!("{key}=");
                    env.retain(|entry| !entry.starts_with(&begin));
                    env.push(format!("{key}={value}"));
                }
            }
            Self::Expose(ports) => add(config.exposed_ports.get_or_insert_default(), ports),
            Self::Label(pairs) => {
                let labels = config.labels.get_or_insert_default();
                labels.extend(pairs.iter().cloned());
            }
            Self::OnBuild(step) => config.on_build.get_or_insert_default().push(step.clone()),
            Self::StopSignal(signal) => config.stop_signal = Some(signal.clone()),
            Self::User(user) => config.user = Some(user.clone()),
            Self::Volume(paths) => add(config.volumes.get_or_insert_default(), paths),
            Self::WorkDir(path) => config.working_dir = Some(path.clone()),
        }
    }
}

fn add(set: &mut BTreeMap<String, Value>, keys: &[String]) {
    for key in keys {
        set.insert(key.clone(), Value::Object(Default::default()));
    }
}

/// The exec form is a JSON array, anything else is a line for the shell.
fn command(value: &str) -> Vec<String> {
    list(value).unwrap_or_else(|| match value {
        "" => Vec::new(),
        line => ["/bin/sh", "-c", line].map(str::to_owned).to_vec(),
    })
}

fn list(value: &str) -> Option<Vec<String>> {
    serde_json::from_str(value).ok()
}

fn port(word: &str) -> Option<String> {
    let (number, protocol) = word.split_once('/').unwrap_or((word, "tcp"));
    let known = matches!(protocol, "tcp" | "udp" | "sctp");
    let number = number.parse::<u16>().ok().filter(|n| *n > 0 && known)?;
    Some(format!("{number}/{protocol}"))
}

/// Reads `key=value` words, quoted where they hold blanks; `key value` too, where that is
/// an old form.
fn pairs(value: &str, old_form: bool) -> Result<Vec<(String, String)>, &'static str> {
    let first = value.split_whitespace().next().ok_or("has no value")?;
    if !first.contains('=') {
        let (key, rest) = value.split_once(char::is_whitespace).unwrap_or((value, ""));
        return match old_form {
            true => Ok(vec![(key.to_owned(), rest.trim().to_owned())]),
            false => Err("is not of the form key=value"),
        };
    }
    let mut pairs = Vec::new();
    for word in words(value)? {
        let (key, value) = word.split_once('=').ok_or("is not of the form key=value")?;
        if key.is_empty() {
            return Err("has an empty key");
        }
        pairs.push((key.to_owned(), value.to_owned()));
    }
    Ok(pairs)
}

/// Cuts at blanks outside of quotes; a backslash takes the next character as it is.
fn words(text: &str) -> Result<Vec<String>, &'static str> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match (c, quote) {
            ('\\', None | Some('"')) => {
                let next = characters.next().ok_or("ends with a backslash")?;
                word.get_or_insert_default().push(next);
            }
            ('"' | '\'', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (c, Some(open)) if c == open => quote = None,
            (c, None) if c.is_whitespace() => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("has a quote that is not closed");
    }
    words.extend(word);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_read_in_both_forms_or_refused() {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let pair = |key: &str, value: &str| vec![(key.to_owned(), value.to_owned())];
        for (text, change) in [
            (
                "CMD=/bin/x",
                Some(Change::Cmd(owned(&["/bin/sh", "-c", "/bin/x"]))),
            ),
            (
                "cmd [\"a\", \"b=c\"]",
                Some(Change::Cmd(owned(&["a", "b=c"]))),
            ),
            (
                "ENTRYPOINT=[\"/x y\"]",
                Some(Change::Entrypoint(owned(&["/x y"]))),
            ),
            ("ENV A=b=c", Some(Change::Env(pair("A", "b=c")))),
            ("ENV=A=b", Some(Change::Env(pair("A", "b")))),
            ("ENV A b c", Some(Change::Env(pair("A", "b c")))),
            ("LABEL a=\"b c\"", Some(Change::Label(pair("a", "b c")))),
            ("LABEL a", None),
            ("EXPOSE 80", Some(Change::Expose(owned(&["80/tcp"])))),
            (
                "EXPOSE 53/udp 80",
                Some(Change::Expose(owned(&["53/udp", "80/tcp"]))),
            ),
            ("EXPOSE x", None),
            ("EXPOSE 70000", None),
            ("VOLUME /a /b", Some(Change::Volume(owned(&["/a", "/b"])))),
            ("VOLUME [\"/a b\"]", Some(Change::Volume(owned(&["/a b"])))),
            ("USER=me", Some(Change::User("me".into()))),
            ("USER ", None),
            ("WORKDIR /tmp", Some(Change::WorkDir("/tmp".into()))),
            ("STOPSIGNAL 9", Some(Change::StopSignal("9".into()))),
            (
                "ONBUILD RUN x=y z",
                Some(Change::OnBuild("RUN x=y z".into())),
            ),
            ("RUN ls", None),
            ("CMD", None),
        ] {
            assert_eq!(Change::parse(text).ok(), change, "{text}");
        }
    }

    #[test]
    fn a_variable_is_set_once() {
        let mut config = ContainerConfig {
            env: Some(vec!["A=1".into(), "AB=2".into()]),
            ..ContainerConfig::default()
        };
        Change::parse("ENV A=3").expect("read").apply(&mut config);
        assert_eq!(config.env, Some(vec!["AB=2".into(), "A=3".into()]));
    }
}
