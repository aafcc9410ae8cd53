//! The manual pages and completion scripts, made from the clap tree and hand-written sections.
//!
//! `tests/docs.rs` keeps `man/` and `completions/` equal to what this makes.

pub mod sections;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::docs::sections::{SECTIONS, SHARED};
use crate::cli::globals::Globals;
use crate::cli::parse;

/// A file below the project's top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub path: String,
    pub text: String,
}

/// Returns the built tree as people see it.
pub fn tree() -> Command {
    let mut tree = parse::tree();
    tree.build();
    shown(tree)
}

fn shown(command: Command) -> Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let mut command = parse::described(command);
    for name in names {
        command = command.mut_subcommand(name, shown);
    }
    command
}

/// Returns every page and script.
pub fn documents() -> Vec<Document> {
    let tree = tree();
    let mut pages = vec![page(&tree, &[])];
    for command in tree.get_subcommands() {
        pages.push(page(command, &[command.get_name()]));
        for sub in command.get_subcommands() {
            let path = [command.get_name(), sub.get_name()];
            pages.push(match same_as(path) {
                Some(top) => link(&path, top),
                None => page(sub, &path),
            });
            for third in sub.get_subcommands() {
                let path = [command.get_name(), sub.get_name(), third.get_name()];
                pages.push(page(third, &path));
            }
        }
    }
    pages.extend(scripts(&tree));
    pages
}

/// Returns the command of the first level that a group repeats.
fn same_as(path: [&str; 2]) -> Option<&'static str> {
    let tops = [
        "attach", "create", "exec", "import", "kill", "load", "logs", "pause", "pull", "push",
        "rm", "run", "save", "search", "start", "stats", "stop", "tag", "unpause", "untag",
        "update", "wait",
    ];
    match path {
        ["runtime", _] => None,
        ["container", "ls"] => Some("ps"),
        ["image", "ls"] => Some("images"),
        ["image", "rm"] => Some("rmi"),
        ["container" | "image", name] => tops.into_iter().find(|top| *top == name),
        _ => None,
    }
}

fn file_name(path: &[&str]) -> String {
    let words = [&["coracle"], path].concat();
    format!("man/{}.1", words.join("-"))
}

/// A page that is another page: soelim(1).
fn link(path: &[&str], top: &str) -> Document {
    Document {
        path: file_name(path),
        text: format!(".so man1/coracle-{top}.1\n"),
    }
}

fn page(command: &Command, path: &[&str]) -> Document {
    let words = [&["coracle"], path].concat();
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned();
    let command = with_aliases(without_globals(command.clone(), path))
        .display_name(words.join("-"))
        .version(None::<&str>);
    let man = Man::new(command.clone())
        .title(words.join("-").to_uppercase())
        .section("1")
        .source(format!("coracle {}", env!("CARGO_PKG_VERSION")))
        .manual("Coracle");
    let mut out = Vec::new();
    let in_memory = "writing to memory does not fail";
    man.render_title(&mut out).expect(in_memory);
    man.render_name_section(&mut out).expect(in_memory);
    out.extend(section("SYNOPSIS", &usage).into_bytes());
    if command.get_arguments().any(|arg| !arg.is_hide_set()) {
        man.render_options_section(&mut out).expect(in_memory);
    }
    if command.has_subcommands() {
        man.render_subcommands_section(&mut out).expect(in_memory);
    }
    let name = path.join(" ");
    let own = SECTIONS.iter().filter(|section| section.0 == name);
    for (_, heading, text) in own.chain(SHARED.iter().filter(|_| !path.is_empty())) {
        out.extend(section(heading, text).into_bytes());
    }
    Document {
        path: file_name(path),
        text: String::from_utf8(out).expect("help texts are UTF-8"),
    }
}

/// The first page lists the global options; the others point there.
fn without_globals(command: Command, path: &[&str]) -> Command {
    if path.is_empty() {
        return command;
    }
    use clap::Args;
    let globals = Globals::augment_args(Command::new("globals"));
    command.mut_args(|arg| {
        let global = globals.get_arguments().any(|g| g.get_id() == arg.get_id());
        if global { arg.hide(true) } else { arg }
    })
}

/// A page has no other place for an option's second name than its help.
fn with_aliases(command: Command) -> Command {
    command.mut_args(|arg| {
        let Some(aliases) = arg.get_visible_aliases().filter(|all| !all.is_empty()) else {
            return arg;
        };
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let help = format!("{help}; also --{}", aliases.join(", --"));
        arg.help(help)
    })
}

/// Sets a section: paragraphs at empty lines, lines that are indented stay as they are.
fn section(heading: &str, text: &str) -> String {
    let mut out = format!(".SH \"{heading}\"\n");
    let mut literal = false;
    for line in text.lines() {
        let indented = line.starts_with("    ");
        if indented != literal {
            out.push_str(if indented { ".PP\n.nf\n" } else { ".fi\n" });
            literal = indented;
        }
        if line.trim().is_empty() && !literal {
            out.push_str(".PP\n");
        } else {
            out.push_str(&escaped(line.strip_prefix("    ").unwrap_or(line)));
            out.push('\n');
        }
    }
    if literal {
        out.push_str(".fi\n");
    }
    out
}

/// Escapes what groff would read as a request or another character: groff_char(7).
fn escaped(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-");
    if line.starts_with(['.', '\'']) {
        format!("\\&{line}")
    } else {
        line
    }
}

/// What follows the static script: names of containers and images come from the program itself.
const DYNAMIC: [(Shell, &str, &str); 3] = [
    (
        Shell::Bash,
        "completions/coracle.bash",
        "\n# Names of containers and images come from coracle itself.\n\
         if command -v coracle >/dev/null 2>&1; then\n    \
         source <(COMPLETE=bash coracle)\nfi\n",
    ),
    (
        Shell::Zsh,
        "completions/_coracle",
        "\n# Names of containers and images come from coracle itself.\n\
         if (( $+commands[coracle] )); then\n    \
         source <(COMPLETE=zsh coracle)\nfi\n",
    ),
    (
        Shell::Fish,
        "completions/coracle.fish",
        "\n# Names of containers and images come from coracle itself.\n\
         if command -q coracle\n    COMPLETE=fish coracle | source\nend\n",
    ),
];

fn scripts(tree: &Command) -> Vec<Document> {
    let scripts = DYNAMIC.map(|(shell, path, dynamic)| {
        let mut out = Vec::new();
        clap_complete::generate(shell, &mut tree.clone(), "coracle", &mut out);
        let text = String::from_utf8(out).expect("help texts are UTF-8");
        let third = match shell {
            Shell::Fish => third_level(tree),
            _ => String::new(),
        };
        Document {
            path: path.to_owned(),
            text: format!("{}\n{third}{dynamic}", text.trim_end()),
        }
    });
    scripts.to_vec()
}

/// The options of commands like `image trust show`, which clap's script for fish leaves out.
fn third_level(tree: &Command) -> String {
    let mut lines = String::new();
    let groups = tree.get_subcommands().flat_map(|group| {
        let subs = group.get_subcommands();
        subs.map(move |sub| (group.get_name(), sub))
    });
    for (group, sub) in groups {
        for third in sub
            .get_subcommands()
            .filter(|third| third.get_name() != "help")
        {
            let when = format!(
                "__fish_coracle_using_subcommand {group}; and __fish_seen_subcommand_from {}; and \
                 __fish_seen_subcommand_from {}",
                sub.get_name(),
                third.get_name()
            );
            for option in third.get_arguments().filter_map(|arg| arg.get_long()) {
                lines += &format!("complete -c coracle -n \"{when}\" -l {option}\n");
            }
        }
    }
    lines
}

/// Returns the completion script of a shell by its name.
pub fn script(shell: &str) -> Option<String> {
    let tree = tree();
    if shell == "powershell" {
        let mut out = Vec::new();
        clap_complete::generate(Shell::PowerShell, &mut tree.clone(), "coracle", &mut out);
        return String::from_utf8(out).ok();
    }
    let file = match shell {
        "bash" => "completions/coracle.bash",
        "zsh" => "completions/_coracle",
        "fish" => "completions/coracle.fish",
        _ => return None,
    };
    let mut scripts = scripts(&tree).into_iter();
    scripts.find(|s| s.path == file).map(|script| script.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_roff() {
        assert_eq!(
            section("A", "one - two\n\n    $ x \\n\n.so"),
            ".SH \"A\"\none \\- two\n.PP\n.PP\n.nf\n$ x \\en\n.fi\n\\&.so\n"
        );
    }

    #[test]
    fn sections_belong_to_commands() {
        let tree = tree();
        for (name, _, _) in SECTIONS {
            let mut here = &tree;
            for word in name.split_whitespace() {
                here = here.find_subcommand(word).expect(name);
            }
        }
    }
}
