//! Commands and options that may have been meant.

use clap::Command;

use crate::types::nearest::nearest;

/// Proposes a command of the same group.
pub fn command(typed: &str, group: &Command) -> Option<String> {
    let names = group.get_subcommands().flat_map(|c| {
        let aliases = c.get_visible_aliases().map(str::to_owned);
        aliases.chain([c.get_name().to_owned()]).collect::<Vec<_>>()
    });
    nearest(typed, names).map(|name| format!("did you mean \"{name}\"?"))
}

/// Proposes an option of the command.
pub fn option(typed: &str, command: &Command) -> Option<String> {
    let typed = typed.strip_prefix("--")?;
    let names = command.get_arguments().filter_map(|arg| arg.get_long());
    nearest(typed, names.map(str::to_owned)).map(|name| format!("did you mean --{name}?"))
}
