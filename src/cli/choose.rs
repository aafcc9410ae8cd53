//! Which of several images a short name means: asked where there is a terminal, on both sides.

use std::io::{self, BufRead, IsTerminal, Read, Write};

use crate::engine::Chooser;
use crate::types::escape;

/// The longest answer that is read, in bytes.
const MAX_ANSWER: u64 = 1024;

/// Returns who asks; nobody where a script reads or writes.
pub fn chooser() -> Option<Chooser> {
    let both = io::stdin().is_terminal() && io::stdout().is_terminal();
    both.then(|| Box::new(choose) as Chooser)
}

/// Shows the names with their numbers and reads one.
fn choose(names: &[String]) -> Option<usize> {
    let mut err = io::stderr().lock();
    let _ = writeln!(err, "Please select an image:");
    for (at, name) in names.iter().enumerate() {
        let _ = writeln!(err, "  {}) {}", at + 1, escape::visible(name));
    }
    let _ = write!(err, "number: ");
    let _ = err.flush();
    let mut line = String::new();
    io::stdin()
        .lock()
        .take(MAX_ANSWER)
        .read_line(&mut line)
        .ok()?;
    let number: usize = line.trim().parse().ok()?;
    number.checked_sub(1)
}
