//! `events`: what happened to containers, images, volumes, and goes on happening.

use clap::Args;
use serde_json::{Map, Value};

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::output::{self, template};
use crate::cli::words::filter::{Label, Tests, bad, split};
use crate::cli::words::{boolean, duration};
use crate::engine::{Engine, EventsRequest};
use crate::types::{Event, Timestamp};

/// Show what happens to containers, images and volumes
#[derive(Debug, Clone, Args)]
pub struct EventsArgs {
    /// Show only events that match (container=, event=, image=, label=, pod=, type=, volume=)
    #[arg(long, short, value_name = "FILTER")]
    pub filter: Vec<String>,
    /// Print as JSON or with a Go template
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Show ids in full (the default); false shortens them
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = boolean::parse, value_name = "BOOL")]
    pub no_trunc: bool,
    /// Begin with what happened then (a time, or how long ago)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Go on with what happens from now on (the default); false ends with what there is
    #[arg(long, default_value = "true", hide_default_value = true, action = clap::ArgAction::Set,
          num_args = 0..=1, require_equals = true, default_missing_value = "true",
          value_parser = boolean::parse, value_name = "BOOL")]
    pub stream: bool,
    /// End with what happened then (a time, or how long from now)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
}

/// `events`
pub fn events(engine: &Engine, args: &EventsArgs) -> Result<u8, Error> {
    let now = Timestamp::now();
    type Parse = fn(&str, Timestamp) -> Result<Timestamp, String>;
    let moment = |option: &str, word: &Option<String>, parse: Parse| match word {
        None => Ok(None),
        Some(text) => parse(text, now).map(Some).map_err(|why| {
            let what = format!("failed to parse event filters: {option} \"{text}\"");
            Error::usage(what, why)
        }),
    };
    let request = EventsRequest {
        stream: args.stream,
        since: moment("--since", &args.since, duration::moment)?,
        until: moment("--until", &args.until, duration::moment_ahead)?,
    };
    let filter = Filter::parse(&args.filter)?;
    let mut failed = None;
    engine.events(&request, &mut |event| {
        if !filter.passes(&event) {
            return true;
        }
        match print(&event, args) {
            Ok(()) => true,
            Err(error) => {
                failed = Some(error);
                false
            }
        }
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(exit::SUCCESS),
    }
}

fn print(event: &Event, args: &EventsArgs) -> Result<(), Error> {
    match args.format.as_deref() {
        None | Some("") => output::line(&event.line(args.no_trunc)),
        Some(format) if template::is_json(format) => output::line(&document(event).to_string()),
        Some(format) => {
            let text = template::rows(format, &[], false, &[fields(event)])?;
            output::text(&text)
        }
    }
}

/// The JSON that is printed: with the time in seconds and nanoseconds since the epoch.
fn document(event: &Event) -> Value {
    let mut printed = Map::new();
    let Ok(Value::Object(all)) = serde_json::to_value(event) else {
        return Value::Null;
    };
    for (key, value) in all {
        if key == "Time" {
            let nanoseconds = i64::try_from(event.time.0).unwrap_or(i64::MAX);
            printed.insert("time".to_owned(), event.time.seconds().into());
            printed.insert("timeNano".to_owned(), nanoseconds.into());
        } else {
            let key = match key.as_str() {
                "error" => "Error".to_owned(),
                "Network" => "network".to_owned(),
                _ => key,
            };
            printed.insert(key, value);
        }
    }
    Value::Object(printed)
}

/// What a template may name: every field, whether it says something or not.
fn fields(event: &Event) -> Value {
    let attributes = event.attributes.clone().unwrap_or_default();
    serde_json::json!({
        "ContainerExitCode": event.exit_code,
        "ID": event.id,
        "Image": event.image,
        "Name": event.name,
        "Network": event.network,
        "Status": event.status,
        "Time": event.time.seconds(),
        "TimeNano": i64::try_from(event.time.0).unwrap_or(i64::MAX),
        "Type": event.kind,
        "HealthStatus": event.health_status,
        "HealthLog": event.health_log,
        "HealthFailingStreak": event.health_failing_streak,
        "Error": event.error,
        "OOMKilled": event.oom_killed.unwrap_or(false),
        "ContainerInspectData": event.inspect_data,
        "Attributes": attributes,
        "PodID": "",
        "ToHumanReadable": event.line(true),
    })
}

/// One test of an event.
#[derive(Debug)]
enum Test {
    Container(String),
    Status(String),
    Image(String),
    Label(Label),
    Kind(String),
    Artifact(String),
    Volume(String),
    /// There is no such object here.
    Nothing,
}

/// All tests, by key.
#[derive(Debug, Default)]
struct Filter(Tests<Test>);

impl Filter {
    fn parse(words: &[String]) -> Result<Self, Error> {
        let mut filter = Self::default();
        for word in words {
            let (key, value) = split(word)?;
            let (key, value) = (key.to_ascii_lowercase(), value.to_owned());
            let test = match key.as_str() {
                "container" => Test::Container(value),
                "event" | "status" => Test::Status(match value.as_str() {
                    "die" => "died".to_owned(), // Docker's word
                    _ => value,
                }),
                "image" => Test::Image(value),
                "label" => Test::Label(Label::parse(&value)),
                "type" => Test::Kind(value),
                "volume" => Test::Volume(value),
                "artifact" => Test::Artifact(value),
                "pod" | "machine" => Test::Nothing,
                _ => return Err(bad(&key, &value, "is an invalid filter")),
            };
            let key = match key.as_str() {
                "status" => "event",
                // Of events, unlike of objects, one of several labels is enough.
                "label" => "labels",
                other => other,
            };
            filter.0.add(key, test);
        }
        Ok(filter)
    }

    fn passes(&self, event: &Event) -> bool {
        self.0.pass(|test| holds(test, event))
    }
}

fn holds(test: &Test, event: &Event) -> bool {
    let is = |kind: &str| event.kind == kind;
    match test {
        Test::Container(word) => {
            is("container") && (event.name == *word || event.id.starts_with(word.as_str()))
        }
        Test::Status(word) => event.status == *word,
        Test::Image(word) => {
            let tagged = |name: &str| name == word || name.strip_suffix(":latest") == Some(word);
            let id = is("image") && event.id.starts_with(word.as_str());
            let name = if is("image") {
                &event.name
            } else {
                &event.image
            };
            id || tagged(name)
        }
        Test::Label(label) => {
            let attributes = event.attributes.as_ref();
            attributes.is_some_and(|attributes| label.is_among(attributes))
        }
        Test::Kind(word) => event.kind == *word,
        Test::Artifact(word) => {
            is("artifact") && (event.name == *word || event.id.starts_with(word.as_str()))
        }
        Test::Volume(word) => is("volume") && event.name.starts_with(word.as_str()),
        Test::Nothing => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_of_each_key_must_hold() {
        let event = Event {
            image: "docker.io/library/debian:latest".to_owned(),
            ..Event::of("container", "died", "abc1", "web").with("a", "b")
        };
        for (words, passes) in [
            (&["container=web"][..], true),
            (&["container=ab"], true),
            (&["container=we"], false),
            (&["container=x", "container=web", "type=container"], true),
            (&["event=die"], true),
            (&["status=start", "event=died"], true),
            (&["label=a", "label=c=d"], true),
            (&["label=a=c"], false),
            (&["image=docker.io/library/debian"], true),
            (&["type=image"], false),
            (&["pod=web"], false),
        ] {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let filter = Filter::parse(&words).expect("filters");
            assert_eq!(filter.passes(&event), passes, "{words:?}");
        }
        assert!(Filter::parse(&["what=x".to_owned()]).is_err());
    }
}
