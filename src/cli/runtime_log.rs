//! The log of `coracle runtime`: what engines read when a runtime fails.
//!
//! One line per event, as runc and crun write them: logfmt, or a JSON object with `level`, `msg`
//! and `time`.

use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use crate::types::Timestamp;

/// Where the log goes; without a path nowhere, standard error having it already.
pub struct Log<'a> {
    pub path: Option<&'a Path>,
    pub json: bool,
}

impl Log<'_> {
    /// Appends a line; a log that cannot be written is not worth failing for.
    pub fn write(&self, level: &str, message: &str) {
        let Some(path) = self.path else { return };
        let line = line(self.json, level, message, &Timestamp::now().local());
        let file = File::options()
            .append(true)
            .create(true)
            .mode(0o644)
            .open(path);
        let _ = file.and_then(|mut file| file.write_all(line.as_bytes()));
    }
}

fn line(json: bool, level: &str, message: &str, time: &str) -> String {
    if json {
        let event = serde_json::json!({"level": level, "msg": message, "time": time});
        return format!("{event}\n");
    }
    // logfmt quotes as Go does; a JSON string is one of Go's.
    let message = serde_json::Value::from(message);
    format!("time=\"{time}\" level={level} msg={message}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_keep_a_message_on_its_line() {
        assert_eq!(
            line(true, "error", "a\n\"b\"", "T"),
            "{\"level\":\"error\",\"msg\":\"a\\n\\\"b\\\"\",\"time\":\"T\"}\n"
        );
        assert_eq!(
            line(false, "error", "a\nb", "T"),
            "time=\"T\" level=error msg=\"a\\nb\"\n"
        );
    }
}
