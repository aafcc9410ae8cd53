//! `--filter KEY=VALUE` over containers: podman-ps(1), "--filter".
//!
//! Values of `name` and `id` are regular expressions, as in Podman.

use crate::cli::error::Error;
use crate::cli::words::filter::{Label, Tests, bad, moment, split};
use crate::engine::{Container, Engine};
use crate::types::request::{MountSource, Network, RestartPolicy};
use crate::types::{Status, Timestamp};

/// Returns the containers that pass every filter, oldest first.
pub fn containers(engine: &Engine, filters: &[String]) -> Result<Vec<Container>, Error> {
    let mut found = engine.containers()?;
    if filters.is_empty() {
        return Ok(found);
    }
    let filter = Filter::parse(filters, engine)?;
    found.retain(|container| filter.passes(container));
    Ok(found)
}

/// One test of a container.
enum Test {
    Id(Pattern),
    Name(Pattern),
    Label(Label),
    NotLabel(Label),
    Status(Status),
    Exited(i32),
    Ancestor(Vec<String>),
    Before(Timestamp),
    Since(Timestamp),
    Until(Timestamp),
    Volume(String),
    Network(String),
    Restart(String),
    Command(String),
    Health(String),
    /// A key that is known and true of no container here.
    Nothing,
}

/// All tests, by key.
pub struct Filter(Tests<Test>);

impl Filter {
    /// Parses `KEY=VALUE` words; names of containers and images are looked up here.
    pub fn parse(words: &[String], engine: &Engine) -> Result<Self, Error> {
        let mut tests = Tests::default();
        for word in words {
            let (key, value) = split(word)?;
            tests.add(key, test(key, value, engine)?);
        }
        Ok(Self(tests))
    }

    pub fn passes(&self, container: &Container) -> bool {
        self.0.pass(|test| holds(test, container))
    }

    /// Says whether a status is asked for: then `ps` shows more than running containers.
    pub fn names_status(&self) -> bool {
        !self.0.of("status").is_empty() || !self.0.of("exited").is_empty()
    }
}

fn test(key: &str, value: &str, engine: &Engine) -> Result<Test, Error> {
    let created =
        |name: &str| -> Result<Timestamp, Error> { Ok(engine.container(name)?.record.created) };
    Ok(match key {
        "id" => Test::Id(Pattern::id(key, value)?),
        "name" => Test::Name(Pattern::parse(key, value)?),
        "label" => Test::Label(Label::parse(value)),
        "label!" => Test::NotLabel(Label::parse(value)),
        "status" => Test::Status(status(key, value)?),
        "exited" => Test::Exited(
            value
                .parse()
                .map_err(|_| bad(key, value, "is not an exit code"))?,
        ),
        "ancestor" => Test::Ancestor(ancestor(value, engine)),
        "before" => Test::Before(created(value)?),
        "since" => Test::Since(created(value)?),
        "until" => Test::Until(moment(key, value)?),
        "volume" => Test::Volume(value.to_owned()),
        "network" => Test::Network(value.to_owned()),
        "restart-policy" => match value {
            "none" => Test::Restart("no".to_owned()),
            "no" | "on-failure" | "always" | "unless-stopped" => Test::Restart(value.to_owned()),
            _ => return Err(Error::usage("", format!("{value} invalid restart policy"))),
        },
        "command" => Test::Command(value.to_owned()),
        "health" => match value {
            "starting" | "healthy" | "unhealthy" | "none" => Test::Health(value.to_owned()),
            _ => {
                return Err(bad(
                    key,
                    value,
                    "is no health: starting, healthy, unhealthy, none",
                ));
            }
        },
        "pod" => Test::Nothing,
        _ => return Err(bad(key, value, "is not a known filter")),
    })
}

fn status(key: &str, value: &str) -> Result<Status, Error> {
    Ok(match value {
        "created" | "configured" => Status::Created,
        "initialized" => Status::Initialized,
        "running" => Status::Running,
        "paused" => Status::Paused,
        "stopping" => Status::Stopping,
        "stopped" | "exited" => Status::Exited,
        "removing" => Status::Removing,
        "unknown" => Status::Unknown,
        _ => return Err(bad(key, value, "is not a status")),
    })
}

/// Returns the words an image is known by: its id and names, or the value itself.
fn ancestor(value: &str, engine: &Engine) -> Vec<String> {
    match engine.image(value) {
        Ok(image) => vec![image.id.hex()],
        Err(_) => vec![value.to_owned()],
    }
}

fn holds(test: &Test, container: &Container) -> bool {
    let record = &container.record;
    match test {
        Test::Id(pattern) => pattern.matches(record.id.as_str()),
        // Docker's names begin with a slash, and `^/web$` is how scripts ask for exactly one.
        Test::Name(pattern) => {
            pattern.matches(record.name.as_str()) || pattern.matches(&format!("/{}", record.name))
        }
        Test::Label(label) => label.is_among(&record.labels),
        Test::NotLabel(label) => !label.is_among(&record.labels),
        Test::Status(status) => container.status == *status,
        Test::Exited(code) => {
            container.status == Status::Exited
                && container.exit.as_ref().is_some_and(|e| e.code == *code)
        }
        Test::Ancestor(words) => words.iter().any(|word| of_image(container, word)),
        Test::Before(moment) => record.created < *moment,
        Test::Since(moment) => record.created > *moment,
        Test::Until(moment) => record.created <= *moment,
        Test::Volume(word) => record.mounts.iter().any(|mount| {
            let source = match &mount.source {
                MountSource::Volume(name) => name == word,
                MountSource::Bind(path) => path.as_os_str() == word.as_str(),
                MountSource::Image(tree) => tree.image == *word,
                MountSource::Artifact(file) => file.artifact == *word,
                MountSource::Anonymous | MountSource::Tmpfs(_) | MountSource::Devpts(_) => false,
            };
            source || mount.target == *word
        }),
        Test::Network(word) => {
            let mut named = record.request.network.attachments().iter();
            network(&record.request.network) == word || named.any(|one| one.network == *word)
        }
        Test::Restart(word) => restart(&record.request.restart) == word,
        Test::Command(word) => record.argv.first().is_some_and(|first| first == word),
        Test::Health(word) => match &container.health {
            None => word == "none",
            Some(state) => state.status == *word,
        },
        Test::Nothing => false,
    }
}

/// An id, a part of a name without tag, or the whole name.
fn of_image(container: &Container, word: &str) -> bool {
    let record = &container.record;
    let name = &record.image_name;
    let hex = record.image_hex();
    let word = word.strip_prefix("sha256:").unwrap_or(word);
    if hex.starts_with(word) && word.len() >= 3 {
        return true;
    }
    let untagged =
        name.rsplit_once(':').map_or(
            name.as_str(),
            |(left, tag)| {
                if tag.contains('/') { name } else { left }
            },
        );
    [name.as_str(), untagged]
        .iter()
        .any(|full| *full == word || full.ends_with(&format!("/{word}")))
}

/// Returns the word a network is listed by.
pub fn network(network: &Network) -> &str {
    match network {
        Network::Default | Network::Pasta(_) => "pasta",
        Network::None => "none",
        Network::Host => "host",
        Network::Slirp4netns(_) => "slirp4netns",
        Network::Container(_) => "container",
        Network::Path(_) => "ns",
        Network::Bridge(_) => "bridge",
    }
}

/// Returns a policy's word without its count.
pub fn restart(policy: &RestartPolicy) -> &'static str {
    match policy {
        RestartPolicy::No => "no",
        RestartPolicy::OnFailure(_) => "on-failure",
        RestartPolicy::Always => "always",
        RestartPolicy::UnlessStopped => "unless-stopped",
    }
}

/// A value of `name` or `id`.
struct Pattern {
    expression: regex_lite::Regex,
}

impl Pattern {
    fn parse(key: &str, value: &str) -> Result<Self, Error> {
        let expression = regex_lite::Regex::new(value)
            .map_err(|_| bad(key, value, "is not a regular expression"))?;
        Ok(Self { expression })
    }

    /// Plain digits are a prefix; anything else is an expression: Podman's `FilterID`.
    fn id(key: &str, value: &str) -> Result<Self, Error> {
        if value.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Self::parse(key, &format!("^{}", value.to_ascii_lowercase()));
        }
        Self::parse(key, value)
    }

    fn matches(&self, text: &str) -> bool {
        self.expression.is_match(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::list::sample;
    use crate::types::Settings;

    #[test]
    fn filters_choose() {
        let engine = Engine::new(Settings::default());
        for (words, wanted) in [
            (&["name=web"][..], "cre run exi"),
            (&["name=^we"], "cre run exi"),
            (&["name=^/we"], "cre run exi"),
            (&["name=^b"], ""),
            (&["id=abab"], "cre run exi"),
            (&["id=ba"], ""),
            (&["status=running"], "run"),
            (&["status=created", "status=exited"], "cre exi"),
            (&["status=running", "name=^b"], ""),
            (&["exited=137"], "exi"),
            (&["exited=0"], ""),
            (&["label=role"], "cre run exi"),
            (&["label=role=web", "label=other"], ""),
            (&["label!=role=db"], "cre run exi"),
            (&["volume=vol"], "cre run exi"),
            (&["volume=/data"], "cre run exi"),
            (&["network=pasta"], "cre run exi"),
            (&["restart-policy=no"], "cre run exi"),
            (&["command=/bin/init"], "cre run exi"),
            (&["health=healthy"], ""),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let filter = Filter::parse(&words, &engine).expect("a sound filter");
            let all = [sample::created(), sample::running(), sample::exited()];
            let passed = all.iter().filter(|container| filter.passes(container));
            let names: Vec<&str> = passed.map(|c| &c.status.as_str()[..3]).collect();
            assert_eq!(names.join(" "), wanted, "{words:?}");
        }
        for bad in ["name", "what=1", "status=what", "exited=x", "name=["] {
            assert!(Filter::parse(&[bad.to_owned()], &engine).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_ancestor_is_named_in_many_ways() {
        let container = sample::created();
        for (word, fits) in [
            ("tiny", true),
            ("tiny:latest", true),
            ("localhost/tiny", true),
            ("localhost/tiny:latest", true),
            ("iny", false),
            ("tiny:1", false),
            (&container.record.image_hex(), true),
            (&container.record.image_hex()[..12], true),
        ] {
            assert_eq!(of_image(&container, word), fits, "{word}");
        }
    }
}
