//! `events`: what was recorded, and what is being recorded.

use std::time::Duration;

use crate::engine::events::{Backend, journal};
use crate::engine::{Engine, Error};
use crate::store::Lines;
use crate::sys::watch::Watch;
use crate::types::{Event, Timestamp};

/// How often the file is looked at although nothing was told.
const LOOK: Duration = Duration::from_millis(500);

/// What of the events is wanted.
#[derive(Debug, Clone, Default)]
pub struct EventsRequest {
    /// Go on with what happens from now on.
    pub stream: bool,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
}

impl EventsRequest {
    fn wants(&self, event: &Event) -> bool {
        self.since.is_none_or(|since| event.time >= since)
            && self.until.is_none_or(|until| event.time <= until)
    }

    fn is_over(&self) -> bool {
        !self.stream || self.until.is_some_and(|until| Timestamp::now() > until)
    }
}

impl Engine {
    /// Hands every event over, oldest first, until `each` returns false.
    ///
    /// A stream without `since` begins now; it ends at `until`, or never.
    pub fn events(
        &self,
        request: &EventsRequest,
        each: &mut dyn FnMut(Event) -> bool,
    ) -> Result<(), Error> {
        let mut request = request.clone();
        if request.stream && request.since.is_none() && request.until.is_none() {
            request.since = Some(Timestamp::now());
        }
        match self.events_backend()? {
            Backend::None => Err(Error::new("cannot read events with the \"none\" backend")),
            Backend::Journal => from_journal(&request, each),
            Backend::File(file) => {
                let directory = file.path.parent().unwrap_or(&file.path);
                // Watched before the first look: nothing is added unseen in between.
                let watch = Watch::directory(directory);
                let mut lines = Lines::of(&file.path);
                loop {
                    let over = request.is_over();
                    let more = lines.read(&mut |event| !request.wants(&event) || each(event))?;
                    if over || !more {
                        return Ok(());
                    }
                    watch.wait(LOOK);
                }
            }
        }
    }
}

fn from_journal(request: &EventsRequest, each: &mut dyn FnMut(Event) -> bool) -> Result<(), Error> {
    let mut arguments = vec!["SYSLOG_IDENTIFIER=coracle".to_owned()];
    if let Some(since) = request.since {
        arguments.push(format!("--since={}", journal::moment(since)));
    }
    if request.stream {
        arguments.push("--follow".to_owned());
        arguments.push("--no-tail".to_owned());
    }
    // What does not follow ends by itself.
    let mut goes_on = || !request.stream || !request.is_over();
    journal::read(&arguments, &mut goes_on, &mut |document| {
        let Some(whole) = journal::field(&document, "CORACLE_JSON") else {
            return true;
        };
        let Ok(event) = serde_json::from_slice::<Event>(&whole) else {
            return true;
        };
        if request.until.is_some_and(|until| event.time > until) {
            return false;
        }
        !request.wants(&event) || each(event)
    })
}
