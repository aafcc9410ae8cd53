//! What a pull, load or save tells while it works: bars on a terminal, plain lines elsewhere.
//!
//! All of it goes to standard error; standard output belongs to results.

use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, OnceLock};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::types::Progress;
use crate::types::escape;
use crate::types::progress::Event;

/// Returns the sink that suits standard error.
pub fn choose(quiet: bool) -> Box<dyn Progress> {
    if quiet {
        Box::new(Quiet)
    } else if io::stderr().is_terminal() {
        let bars = Bars::default();
        // The one who came first goes on drawing; there is one work in a command.
        let _ = DRAWN.set(bars.all.clone());
        Box::new(bars)
    } else {
        Box::new(Lines)
    }
}

fn say(text: &str) {
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "{}", escape::visible(text));
}

/// The bars of this command, where it draws some.
static DRAWN: OnceLock<MultiProgress> = OnceLock::new();

/// Prints a finished line on standard error, above whatever bars are drawn there.
pub fn above_bars(line: &str) {
    let print = || {
        let _ = writeln!(io::stderr().lock(), "{line}");
    };
    match DRAWN.get() {
        Some(bars) => bars.suspend(print),
        None => print(),
    }
}

/// Only warnings.
struct Quiet;

impl Progress for Quiet {
    fn event(&self, event: Event<'_>) {
        if let Event::Warning(text) = event {
            say(&format!("Warning: {text}"));
        }
    }
}

/// One line when an object begins and one when it was here already.
struct Lines;

impl Progress for Lines {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Note(text) => say(text),
            Event::Warning(text) => say(&format!("Warning: {text}")),
            Event::Begin { label, .. } => say(label),
            Event::Advance { .. } | Event::Done { skipped: false, .. } => {}
            Event::Done { id, skipped: true } => say(&format!("{id} is here already")),
        }
    }
}

/// A bar for each object.
#[derive(Default)]
struct Bars {
    all: MultiProgress,
    open: Mutex<HashMap<String, ProgressBar>>,
}

impl Bars {
    fn with<T>(&self, act: impl FnOnce(&mut HashMap<String, ProgressBar>) -> T) -> T {
        // A panic elsewhere does not make a map of bars wrong.
        let mut open = self
            .open
            .lock()
            .unwrap_or_else(|broken| broken.into_inner());
        act(&mut open)
    }
}

impl Progress for Bars {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Note(text) => {
                let _ = self.all.println(escape::visible(text));
            }
            Event::Warning(text) => {
                let _ = self
                    .all
                    .println(format!("Warning: {}", escape::visible(text)));
            }
            Event::Begin { id, label, total } => {
                let bar = self.all.add(bar(total));
                bar.set_prefix(escape::visible(label));
                self.with(|open| open.insert(id.to_owned(), bar));
            }
            Event::Advance { id, bytes } => self.with(|open| {
                if let Some(bar) = open.get(id) {
                    bar.inc(bytes);
                }
            }),
            Event::Done { id, skipped } => {
                if let Some(bar) = self.with(|open| open.remove(id)) {
                    bar.finish_with_message(if skipped { "here already" } else { "done" });
                }
            }
        }
    }
}

fn bar(total: u64) -> ProgressBar {
    if total == 0 {
        let bar = ProgressBar::no_length();
        return bar.with_style(style("{prefix} {bytes} {msg}"));
    }
    ProgressBar::new(total).with_style(style("{prefix} [{wide_bar}] {bytes} / {total_bytes} {msg}"))
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
