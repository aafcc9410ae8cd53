//! How patient a client is, and who hears of it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How patient the client is.
#[derive(Debug, Clone)]
pub struct Patience {
    /// How often a passing failure is tried again.
    pub retries: u32,
    /// Between tries; `None` grows from half a second.
    pub delay: Option<Duration>,
    /// Nobody listens there yet, but the user says that it is worth trying again.
    pub insists: bool,
    /// Longest silence while data should flow.
    pub stall: Duration,
    /// What a blob's stream must bring at least in so much waiting (S-45).
    pub pace: Pace,
    /// What is being done before anybody has answered, in the user's words.
    pub opening: Option<String>,
    /// Who hears of every failure after which it is tried again.
    pub listener: Listener,
}

/// A rate, taken over a whole window so that short pauses do not matter.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    pub bytes: u64,
    pub window: Duration,
}

type Sink = dyn Fn(&str) + Send + Sync;

/// Takes lines from any thread; nobody listens by default.
#[derive(Clone, Default)]
pub struct Listener(Option<Arc<Sink>>);

impl Listener {
    pub fn new(sink: Arc<Sink>) -> Self {
        Self(Some(sink))
    }

    pub fn hear(&self, line: &str) {
        tracing::info!("{line}");
        if let Some(sink) = &self.0 {
            sink(line);
        }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Listener"
        } else {
            "Nobody"
        })
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            retries: 3,
            delay: None,
            insists: false,
            stall: Duration::from_secs(30),
            // A twelfth of what a modem brought: several layers share a line.
            pace: Pace {
                bytes: 64 << 10,
                window: Duration::from_secs(120),
            },
            opening: None,
            listener: Listener::default(),
        }
    }
}
