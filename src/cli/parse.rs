//! From the words of the command line to [`Cli`], in the manner of Go's pflag.
//!
//! Scripts written for Podman say `--rm=true`, repeat options (the last one counts), and give
//! values that begin with a hyphen. clap allows each of these when told; [`like_go`] tells it
//! for all commands alike. clap's own errors become ours: `Error: …`, `hint: …`, code 125.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Command, CommandFactory, FromArgMatches};

use crate::cli::error::Error;
use crate::cli::{Cli, exit, logging, output, suggest, unsupported, words};

/// How often a registry is tried again unless settings say it.
const DEFAULT_RETRIES: u32 = 3;
/// What stands for the value of a switch.
const BOOL: &str = "BOOL";

/// The command line was answered already: by help, by the version, or by an error.
pub struct Stop {
    pub code: u8,
}

/// Returns the whole tree, in the form that parses.
pub fn tree() -> Command {
    like_go(Cli::command())
}

/// Parses the command line, or answers it.
pub fn command_line(words: impl Iterator<Item = OsString>) -> Result<Cli, Stop> {
    let words = as_help(words.collect());
    let parsed = tree()
        .try_get_matches_from(&words)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| answer(error, &words))
}

/// `help run` is `run --help`.
fn as_help(mut words: Vec<OsString>) -> Vec<OsString> {
    let first = words
        .iter()
        .skip(1)
        .position(|w| !w.as_encoded_bytes().starts_with(b"-"));
    if let Some(at) = first.map(|at| at + 1)
        && words[at] == "help"
    {
        words.remove(at);
        words.push("--help".into());
    }
    words
}

/// Makes a command's options behave as pflag's.
pub fn like_go(command: Command) -> Command {
    command.args_override_self(true).mut_args(|arg| {
        if matches!(arg.get_action(), ArgAction::SetTrue) {
            return arg
                .action(ArgAction::Set)
                .num_args(0..=1)
                .require_equals(true)
                .value_parser(words::boolean::parse)
                .default_value("false")
                .default_missing_value("true")
                .hide_default_value(true)
                .value_name(BOOL);
        }
        let takes_one = arg.get_num_args().is_none_or(|count| count == 1.into());
        let valued = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
        if valued && takes_one && !arg.is_positional() {
            return arg.allow_hyphen_values(true);
        }
        arg
    })
}

/// Returns a built command as it is shown to people: a switch without its `[=BOOL]`.
pub fn described(command: Command) -> Command {
    command.mut_args(|arg| {
        let names = arg.get_value_names().unwrap_or_default();
        if !names.iter().any(|name| *name == BOOL) || arg.is_positional() {
            return arg;
        }
        arg.action(ArgAction::SetTrue)
            .num_args(0)
            .default_value(None)
            .default_missing_value(None)
            .require_equals(false)
    })
}

/// Says of options whose defaults are settings what they are.
fn with_defaults(command: Command) -> Command {
    let verb = match command.get_name() {
        "push" => "push",
        _ => "pull",
    };
    let settings = crate::engine::settings_here();
    let times = settings.retries.unwrap_or(DEFAULT_RETRIES);
    let delay = settings.retry_delay.map_or_else(String::new, |delay| {
        let shown = words::duration::print(i128::try_from(delay.as_nanos()).unwrap_or(0));
        format!(" (default \"{shown}\")")
    });
    command.mut_args(|arg| match arg.get_id().as_str() {
        "retry" => arg.help(format!(
            "Try again when performing {verb} (default {times})"
        )),
        "retry_delay" => arg.help(format!("Time between {verb} failures{delay}")),
        _ => arg,
    })
}

/// Prints help, version or an error, and chooses the code.
fn answer(error: clap::Error, words: &[OsString]) -> Stop {
    let code = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = if error.kind() == ErrorKind::DisplayHelp {
                let mut asked = with_defaults(described(current(words)));
                asked.render_help().to_string()
            } else {
                format!("coracle version {}\n", env!("CARGO_PKG_VERSION"))
            };
            match output::text(&text) {
                Ok(()) | Err(Error::ReaderLeft) => exit::SUCCESS,
                Err(_) => exit::ENGINE,
            }
        }
        _ => {
            let error = explained(&error, words);
            output::failure(&error);
            exit::of_error(&error, exit::Convention::Usual)
        }
    };
    Stop { code }
}

/// Turns clap's error into ours; what Podman knows is refused by name.
fn explained(error: &clap::Error, words: &[OsString]) -> Error {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let option = context(ContextKind::InvalidArg).unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let help = help_for(words);
    match error.kind() {
        ErrorKind::UnknownArgument => {
            match unsupported::option_of(current(words).get_name(), &option) {
                Some(reason) => refused(&option, reason),
                None => Error::usage("", format!("unknown option {option}"))
                    .hint(suggest::option(&option, &current(words)).unwrap_or(help)),
            }
        }
        ErrorKind::InvalidSubcommand => {
            let name = context(ContextKind::InvalidSubcommand).unwrap_or_default();
            unknown_command(&name, words)
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Error::usage("", "no command is given").hint(help)
        }
        ErrorKind::MissingRequiredArgument => {
            let words = option.replace(['<', '>'], "").replace("...", "");
            Error::usage("", format!("missing {words}")).hint(help)
        }
        ErrorKind::InvalidValue if bare(&option) == "--log-level" && !value.is_empty() => {
            logging::unknown(&value)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => wrong_value(error, &option, &value)
            .unwrap_or_else(|| Error::usage(bare(&option), "needs a value").hint(help)),
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            Error::usage(
                "",
                format!(
                    "{} and {} cannot be used together",
                    bare(&option),
                    bare(&other)
                ),
            )
        }
        _ => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            let first = first.strip_prefix("error: ").unwrap_or(first);
            Error::usage("", first).hint(help)
        }
    }
}

/// Says why a value is refused; `None` when there is none.
fn wrong_value(error: &clap::Error, option: &str, value: &str) -> Option<Error> {
    let what = format!("{} \"{value}\"", bare(option));
    if let Some(why) = std::error::Error::source(error) {
        return Some(Error::usage(what, why.to_string()));
    }
    match error.get(ContextKind::ValidValue) {
        _ if value.is_empty() => None,
        Some(ContextValue::Strings(words)) => {
            let known = words.join(", ");
            Some(Error::usage(what, format!("must be one of {known}")))
        }
        _ => Some(Error::usage(what, "is not valid")),
    }
}

fn refused(what: &str, reason: unsupported::Reason) -> Error {
    match reason {
        unsupported::Reason::Later => Error::unsupported(what),
        unsupported::Reason::Never(why) => Error::usage(what, why),
        unsupported::Reason::Sentence(why) => Error::usage("", why),
    }
}

fn unknown_command(name: &str, words: &[OsString]) -> Error {
    let path = path_of(words);
    let whole = [path.as_slice(), &[name.to_owned()]].concat().join(" ");
    if let Some(reason) = unsupported::command(&whole) {
        return refused(&whole, reason);
    }
    let error = Error::usage("", format!("unknown command \"{whole}\""));
    let near = suggest::command(name, &current(words));
    error.hint(near.unwrap_or_else(|| help_for(words)))
}

/// An option as it was meant, without clap's `<VALUE>`.
fn bare(option: &str) -> &str {
    option.split([' ', '=', '[']).next().unwrap_or(option)
}

/// Returns the names of the subcommands the words go through.
fn path_of(words: &[OsString]) -> Vec<String> {
    let mut here = Cli::command();
    let mut path = Vec::new();
    let mut after_option = false;
    for word in words.iter().skip(1) {
        let Some(found) = word.to_str().and_then(|word| here.find_subcommand(word)) else {
            let option = word.as_encoded_bytes().starts_with(b"-");
            if !option && !after_option {
                break; // a word that is nothing's: what follows is about it
            }
            after_option = option;
            continue;
        };
        after_option = false;
        path.push(found.get_name().to_owned());
        here = found.clone();
        if !here.has_subcommands() {
            break;
        }
    }
    path
}

/// Returns the command the words are about, with its options.
fn current(words: &[OsString]) -> Command {
    let mut here = tree();
    // Deferred options appear only when the tree is built.
    here.build();
    for name in path_of(words) {
        if let Some(found) = here.find_subcommand(&name) {
            here = found.clone();
        }
    }
    here
}

fn help_for(words: &[OsString]) -> String {
    let path = [vec!["coracle".to_owned()], path_of(words)].concat();
    format!("see {} --help", path.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_sound() {
        let mut tree = tree();
        tree.build();
        tree.debug_assert();
    }
}
