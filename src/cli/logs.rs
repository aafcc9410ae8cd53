//! `logs`: what containers wrote, one or several together.

use std::io::{self, IsTerminal, Write};

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::names::Named;
use crate::cli::words::duration;
use crate::engine::{Engine, LogLine, LogsRequest};
use crate::types::Timestamp;
use crate::types::escape;

/// Terminal colours that tell containers apart.
const COLOURS: [&str; 6] = [
    "\x1b[37m", "\x1b[31m", "\x1b[33m", "\x1b[34m", "\x1b[35m", "\x1b[36m",
];
const NO_COLOUR: &str = "\x1b[0m";

/// Print what containers wrote
#[derive(Debug, Clone, Args)]
pub struct LogsArgs {
    /// Tell containers apart by colour
    #[arg(long)]
    pub color: bool,
    /// Go on printing until the container ends
    #[arg(long, short)]
    pub follow: bool,
    /// Begin each line with the container's name
    #[arg(long = "names", short = 'n')]
    pub with_names: bool,
    /// Print only what was written since then (a time, or how long ago)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Print only so many lines of the end; -1 is all
    #[arg(
        long,
        value_name = "LINES",
        default_value = "-1",
        hide_default_value = true,
        allow_hyphen_values = true
    )]
    pub tail: i64,
    /// Begin each line with its time
    #[arg(long, short)]
    pub timestamps: bool,
    /// Print only what was written until then (a time, or how long from now)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<String>,
    #[command(flatten)]
    pub named: Named,
}

/// `logs`
pub fn logs(engine: &Engine, args: &LogsArgs) -> Result<u8, Error> {
    let names = args.named.resolve(engine)?;
    let now = Timestamp::now();
    type Parse = fn(&str, Timestamp) -> Result<Timestamp, String>;
    let moment = |option: &str, word: &Option<String>, parse: Parse| match word {
        None => Ok(None),
        Some(text) => parse(text, now)
            .map(Some)
            .map_err(|why| Error::usage(format!("{option} \"{text}\""), why)),
    };
    let request = LogsRequest {
        follow: args.follow,
        tail: u64::try_from(args.tail).ok(),
        since: moment("--since", &args.since, duration::moment)?,
        until: moment("--until", &args.until, duration::moment_ahead)?,
    };
    let printers = names
        .iter()
        .enumerate()
        .map(|(index, name)| Printer::of(engine, name, args, (index, names.len())))
        .collect::<Result<Vec<_>, _>>()?;
    if args.follow && names.len() > 1 {
        return together(engine, &names, &printers, &request);
    }
    for (name, printer) in names.iter().zip(&printers) {
        print_all(engine, name, printer, &request)?;
    }
    Ok(exit::SUCCESS)
}

/// Follows several containers at once; each line is written whole.
fn together(
    engine: &Engine,
    names: &[String],
    printers: &[Printer],
    request: &LogsRequest,
) -> Result<u8, Error> {
    let settings = &engine.settings;
    std::thread::scope(|scope| {
        let all: Vec<_> = names
            .iter()
            .zip(printers)
            .map(|(name, printer)| {
                // An engine belongs to one thread: it opens its stores once.
                scope.spawn(move || {
                    print_all(&Engine::new(settings.clone()), name, printer, request)
                })
            })
            .collect();
        for thread in all {
            match thread.join() {
                Ok(done) => done?,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        Ok(exit::SUCCESS)
    })
}

fn print_all(
    engine: &Engine,
    name: &str,
    printer: &Printer,
    request: &LogsRequest,
) -> Result<(), Error> {
    let mut failed = None;
    engine.logs(name, request, &mut |line| match printer.print(&line) {
        Ok(()) => true,
        Err(error) => {
            failed = Some(error);
            false
        }
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

/// How one container's records are written.
struct Printer {
    prefix: String,
    suffix: &'static str,
    timestamps: bool,
    /// Made with `-t`: its escape sequences were meant for a terminal.
    terminal_output: bool,
}

impl Printer {
    /// Of several containers, each line says whose it is.
    fn of(
        engine: &Engine,
        name: &str,
        args: &LogsArgs,
        (index, count): (usize, usize),
    ) -> Result<Self, Error> {
        let record = engine.container(name)?.record;
        let colour = COLOURS[index % COLOURS.len()];
        let whose = match (args.with_names, count) {
            (true, _) => format!("{} ", record.name),
            (false, 1) => String::new(),
            (false, _) => format!("{} ", record.id.short()),
        };
        Ok(Self {
            prefix: if args.color {
                format!("{colour}{whose}")
            } else {
                whose
            },
            suffix: if args.color { NO_COLOUR } else { "" },
            timestamps: args.timestamps,
            terminal_output: record.request.tty,
        })
    }

    fn print(&self, line: &LogLine) -> io::Result<()> {
        let mut text = self.prefix.clone().into_bytes();
        if self.timestamps {
            text.extend(format!("{} ", line.time.local()).into_bytes());
        }
        let raw = self.terminal_output || !terminal(line.stderr);
        if raw {
            text.extend(&line.text);
        } else {
            text.extend(plain(&line.text).into_bytes());
        }
        text.extend(self.suffix.as_bytes());
        if !line.partial {
            text.push(b'\n');
        }
        if line.stderr {
            let mut err = io::stderr().lock();
            err.write_all(&text)
        } else {
            let mut out = io::stdout().lock();
            out.write_all(&text)?;
            out.flush()
        }
    }
}

fn terminal(stderr: bool) -> bool {
    if stderr {
        io::stderr().is_terminal()
    } else {
        io::stdout().is_terminal()
    }
}

/// Plain text and colour pass to a terminal, nothing else does (S-81).
fn plain(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b == 0x1b) {
        out.push_str(&tabbed(&rest[..at]));
        let length = colour_length(&rest[at..]);
        // Only digits and semicolons follow: always valid text.
        out.push_str(&String::from_utf8_lossy(&rest[at..at + length]));
        if length == 0 {
            out.push_str("\\x1b");
        }
        rest = &rest[at + length.max(1)..];
    }
    out.push_str(&tabbed(rest));
    out
}

fn tabbed(bytes: &[u8]) -> String {
    let cells = bytes.split(|b| *b == b'\t').map(escape::visible_bytes);
    cells.collect::<Vec<_>>().join("\t")
}

/// Returns how long the SGR sequence at the start is, 0 if there is none: ECMA-48, 8.3.117.
fn colour_length(bytes: &[u8]) -> usize {
    let Some(rest) = bytes.strip_prefix(b"\x1b[") else {
        return 0;
    };
    let end = rest.iter().position(|b| !b.is_ascii_digit() && *b != b';');
    match end {
        Some(end) if rest[end] == b'm' => end + 3,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_text_and_colour_only() {
        for (bytes, wanted) in [
            (&b"a\tb"[..], "a\tb"),
            (b"\x1b[1;31mred\x1b[m", "\x1b[1;31mred\x1b[m"),
            (b"\x1b]0;title\x07", "\\x1b]0;title\\x07"),
            (b"\x1b[2J", "\\x1b[2J"),
            (b"\x1b[31", "\\x1b[31"),
            (b"\x1b", "\\x1b"),
            (b"\xff", "\\xff"),
            (b"50%\r100%", "50%\\x0d100%"),
        ] {
            assert_eq!(plain(bytes), wanted);
        }
    }
}
