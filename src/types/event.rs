//! What happened, to what, when: one line of the event log, in Podman's words.
//!
//! Names and order of the fields are those of Podman's event file, so that one reader serves
//! both. Everything but the time may have been written by another version: nothing is closed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::types::{ContainerRecord, Timestamp, escape};

/// Something that happened.
///
/// `status` is Podman's word for it: for containers attach, cleanup, commit, create, died, exec,
/// exec_died, export, health_status, init, kill, mount, pause, remove, rename, restart, start,
/// stop, unmount, unpause, update, …; podman-events(1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    #[serde(rename = "ContainerExitCode", skip_serializing_if = "Option::is_none")]
    pub exit_code: Option<i32>,
    #[serde(rename = "ID", skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(rename = "Image", skip_serializing_if = "String::is_empty")]
    pub image: String,
    #[serde(rename = "Name", skip_serializing_if = "String::is_empty")]
    pub name: String,
    #[serde(rename = "Network", skip_serializing_if = "String::is_empty")]
    pub network: String,
    #[serde(rename = "Status")]
    pub status: String,
    #[serde(rename = "Time")]
    pub time: Timestamp,
    /// container, image, network, pod, secret, system or volume.
    #[serde(rename = "Type")]
    pub kind: String,
    #[serde(rename = "health_status", skip_serializing_if = "String::is_empty")]
    pub health_status: String,
    #[serde(rename = "HealthLog", skip_serializing_if = "String::is_empty")]
    pub health_log: String,
    #[serde(rename = "HealthFailingStreak", skip_serializing_if = "is_zero")]
    pub health_failing_streak: u32,
    #[serde(rename = "error", skip_serializing_if = "String::is_empty")]
    pub error: String,
    #[serde(rename = "OOMKilled", skip_serializing_if = "Option::is_none")]
    pub oom_killed: Option<bool>,
    /// Of a created container, where containers.conf asks for it.
    #[serde(
        rename = "ContainerInspectData",
        skip_serializing_if = "String::is_empty"
    )]
    pub inspect_data: String,
    /// Labels of a container, options of a volume.
    #[serde(rename = "Attributes", deserialize_with = "or_none")]
    pub attributes: Option<BTreeMap<String, String>>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn or_none<'de, D: serde::Deserializer<'de>>(
    d: D,
) -> Result<Option<BTreeMap<String, String>>, D::Error> {
    Option::deserialize(d)
}

impl Event {
    /// An event of any object: its type, the word, its id and name (either may be empty).
    pub fn of(kind: &str, status: &str, id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            status: status.to_owned(),
            time: Timestamp::now(),
            kind: kind.to_owned(),
            ..Self::default()
        }
    }

    /// An event of a container, with its labels.
    pub fn container(record: &ContainerRecord, status: &str) -> Self {
        Self {
            image: record.image_name.clone(),
            attributes: Some(record.labels.clone()),
            ..Self::of(
                "container",
                status,
                record.id.as_str(),
                record.name.as_str(),
            )
        }
    }

    /// An event of an image; the name is the one that was meant.
    pub fn image(status: &str, id: impl Into<String>, name: impl Into<String>) -> Self {
        Self::of("image", status, id, name)
    }

    /// An event of a volume.
    pub fn volume(status: &str, name: impl Into<String>) -> Self {
        Self::of("volume", status, "", name)
    }

    /// An event of a network itself.
    pub fn network(status: &str, id: &str, name: &str, driver: &str) -> Self {
        let driver = ("driver".to_owned(), driver.to_owned());
        Self {
            network: name.to_owned(),
            attributes: Some(BTreeMap::from([driver])),
            ..Self::of("network", status, id, "")
        }
    }

    /// Returns the line that people read, one whatever the labels hold; `whole` shows the id in
    /// full.
    pub fn line(&self, whole: bool) -> String {
        escape::visible(&self.text(whole))
    }

    fn text(&self, whole: bool) -> String {
        let id = if whole || self.id.len() < 12 {
            &self.id
        } else {
            &self.id[..12]
        };
        let begin = format!("{} {} {}", self.time.go_local(), self.kind, self.status);
        match self.kind.as_str() {
            "container" | "pod" => {
                let mut line = format!("{begin} {id} (image={}, name={}", self.image, self.name);
                for (key, value) in [
                    ("health_status", self.health_status.as_str()),
                    ("health_log", &self.health_log),
                ] {
                    if !value.is_empty() {
                        line.push_str(&format!(", {key}={value}"));
                    }
                }
                if self.health_failing_streak > 0 {
                    let streak = self.health_failing_streak;
                    line.push_str(&format!(", health_failing_streak={streak}"));
                }
                for (key, value) in self.attributes.iter().flatten() {
                    line.push_str(&format!(", {key}={value}"));
                }
                line + ")"
            }
            "network" => match self.attributes.as_ref().and_then(|all| all.get("driver")) {
                Some(driver) => {
                    let id = &self.id;
                    format!("{begin} {id} (name={}, type={driver})", self.network)
                }
                None => format!("{begin} {id} (container={id}, name={})", self.network),
            },
            "image" => {
                let why = if self.error.is_empty() {
                    String::new()
                } else {
                    format!(" {}", self.error)
                };
                format!("{begin} {id} {}{why}", self.name)
            }
            "secret" => format!("{begin} {id}"),
            _ if self.name.is_empty() => begin,
            _ => format!("{begin} {}", self.name),
        }
    }

    /// The same with one attribute more.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        let attributes = self.attributes.get_or_insert_default();
        attributes.insert(key.to_owned(), value.into());
        self
    }

    /// The same with an exit code.
    #[must_use]
    pub fn with_code(self, code: i32) -> Self {
        Self {
            exit_code: Some(code),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn podmans_lines_are_read_and_written() {
        let line = r#"{"Name":"busybox","Status":"pull","Time":"2022-04-06T11:26:42.723667984+02:00","Type":"image","Attributes":null}"#;
        let event: Event = serde_json::from_str(line).expect("an event");
        assert_eq!(
            (event.name.as_str(), event.status.as_str()),
            ("busybox", "pull")
        );
        let written = serde_json::to_string(&event).expect("JSON");
        assert_eq!(
            written,
            line.replace("11:26:42.723667984+02:00", "09:26:42.723667984Z")
        );
    }

    #[test]
    fn a_label_cannot_forge_a_line() {
        let event = Event::of("container", "start", "0123456789abcdef", "web");
        let line = event.with("a", "b\n2026 container died\x1b[2J").line(false);
        let end =
            " container start 0123456789ab (image=, name=web, a=b\\x0a2026 container died\\x1b[2J)";
        assert!(line.ends_with(end), "{line}");
    }
}
