//! `top`: the processes of a container, in the columns of podman-top(1) or in those of its own ps.

use std::collections::BTreeMap;

use clap::Args;

use crate::cli::error::Error;
use crate::cli::exit;
use crate::cli::names;
use crate::cli::output;
use crate::cli::output::table;
use crate::cli::words::duration;
use crate::engine::Engine;
use crate::engine::top::{Top, TopProcess, capability_name};

/// Show the processes of a container
#[derive(Debug, Clone, Args)]
pub struct TopArgs {
    /// Show the container that was created last
    #[arg(long, short)]
    pub latest: bool,
    /// Name or id of the container, then columns such as pid,user,args,%C, or options of the
    /// container's own ps
    #[arg(value_name = "CONTAINER", trailing_var_arg = true, allow_hyphen_values = true,
          add = crate::cli::complete::containers())]
    pub words: Vec<String>,
}

/// A column: its name, its short form, its heading, and how it is filled.
struct Column {
    name: &'static str,
    code: &'static str,
    heading: &'static str,
    cell: fn(&Top, &TopProcess) -> String,
}

const fn column(
    name: &'static str,
    code: &'static str,
    heading: &'static str,
    cell: fn(&Top, &TopProcess) -> String,
) -> Column {
    Column {
        name,
        code,
        heading,
        cell,
    }
}

const COLUMNS: &[Column] = &[
    column("args", "%a", "COMMAND", |_, p| p.arguments.clone()),
    column("capamb", "", "AMBIENT CAPS", |t, p| capabilities(t, p, 4)),
    column("capbnd", "", "BOUNDING CAPS", |t, p| capabilities(t, p, 3)),
    column("capeff", "", "EFFECTIVE CAPS", |t, p| capabilities(t, p, 2)),
    column("capinh", "", "INHERITED CAPS", |t, p| capabilities(t, p, 0)),
    column("capprm", "", "PERMITTED CAPS", |t, p| capabilities(t, p, 1)),
    column("comm", "%c", "COMMAND", |_, p| p.command.clone()),
    column("etime", "%t", "ELAPSED", |_, p| seconds(p.seconds_alive())),
    column("group", "%G", "GROUP", |t, p| {
        named(&t.groups, p.gid.effective)
    }),
    column("groups", "", "GROUPS", |t, p| all(&t.groups, &p.groups)),
    column("hgroup", "", "HGROUP", |t, p| {
        named(&t.host_groups, p.host_gid)
    }),
    column("hgroups", "", "HGROUPS", |t, p| {
        all(&t.host_groups, &p.host_groups)
    }),
    column("hpid", "", "HPID", |_, p| p.host_pid.to_string()),
    column("huser", "", "HUSER", |t, p| {
        named(&t.host_users, p.host_uid)
    }),
    column("label", "", "LABEL", |_, p| {
        p.label.clone().unwrap_or_else(|| "?".to_owned())
    }),
    column("nice", "%n", "NI", |_, p| p.nice.to_string()),
    column("pcpu", "%C", "%CPU", |_, p| share(p)),
    column("pgid", "%r", "PGID", |_, p| p.group_leader.to_string()),
    column("pid", "%p", "PID", |_, p| p.pid.to_string()),
    column("ppid", "%P", "PPID", |_, p| p.parent.to_string()),
    column("rgroup", "%g", "RGROUP", |t, p| {
        named(&t.groups, p.gid.real)
    }),
    column("rss", "", "RSS", |_, p| p.resident.to_string()),
    column("ruser", "%u", "RUSER", |t, p| named(&t.users, p.uid.real)),
    column("seccomp", "", "SECCOMP", |_, p| seccomp(p).to_owned()),
    column("state", "", "STATE", |_, p| p.state.to_string()),
    column("stime", "", "STIME", |_, p| began(p)),
    column("time", "%x", "TIME", |_, p| seconds(p.busy)),
    column("tty", "%y", "TTY", |_, p| terminal(p.terminal)),
    column("user", "%U", "USER", |t, p| {
        named(&t.users, p.uid.effective)
    }),
    column("vsz", "%z", "VSZ", |_, p| p.virtual_size.to_string()),
];

const DEFAULT: &str = "user,pid,ppid,pcpu,etime,tty,time,args";

/// `top`
pub fn top(engine: &Engine, args: &TopArgs) -> Result<u8, Error> {
    let (name, words) = match (args.latest, args.words.split_first()) {
        (true, _) => (names::latest(engine)?, args.words.as_slice()),
        (false, Some((name, words))) => (name.clone(), words),
        (false, None) => {
            let why = "you must provide the name or id of a running container";
            return Err(Error::usage("", why));
        }
    };
    let asked = if words.is_empty() {
        vec![DEFAULT.to_owned()]
    } else {
        words.to_vec()
    };
    let Some(columns) = columns(&asked) else {
        return own_ps(engine, &name, words);
    };
    let top = engine.top(&name)?;
    let heading = columns.iter().map(|c| c.heading.to_owned()).collect();
    let mut rows: Vec<Vec<String>> = vec![heading];
    for process in &top.processes {
        rows.push(columns.iter().map(|c| (c.cell)(&top, process)).collect());
    }
    output::text(&table::aligned(&rows))?;
    Ok(exit::SUCCESS)
}

/// Finds the columns; `None` when a word names none: then all of them are for ps.
fn columns(words: &[String]) -> Option<Vec<&'static Column>> {
    let words = words.iter().flat_map(|word| word.split(','));
    words
        .map(|word| {
            COLUMNS
                .iter()
                .find(|c| c.name == word || (!c.code.is_empty() && c.code == word))
        })
        .collect()
}

/// Runs the container's own ps(1): what it prints is what its processes may see, and nothing a
/// terminal obeys (S-81).
fn own_ps(engine: &Engine, name: &str, words: &[String]) -> Result<u8, Error> {
    // Looked up first, so that the refusals are top's own.
    engine.top(name)?;
    let mut command = vec!["ps".to_owned()];
    let mut before = "";
    for word in words {
        // procps lets blanks part columns, busybox wants commas: ps(1), -o.
        command.push(match before.starts_with('-') && before.ends_with('o') {
            true => word.split_whitespace().collect::<Vec<_>>().join(","),
            false => word.clone(),
        });
        before = word;
    }
    let seen = engine.ask_inside(name, command)?;
    output::strangers(&seen)?;
    Ok(exit::SUCCESS)
}

fn named(names: &BTreeMap<u32, String>, id: u32) -> String {
    names.get(&id).cloned().unwrap_or_else(|| id.to_string())
}

fn all(names: &BTreeMap<u32, String>, ids: &[u32]) -> String {
    let names: Vec<String> = ids.iter().map(|id| named(names, *id)).collect();
    names.join(",")
}

fn capabilities(top: &Top, process: &TopProcess, which: usize) -> String {
    let set = process.capabilities[which];
    let full = u64::MAX >> (63 - top.last_capability.min(63));
    if set == 0 {
        return "none".to_owned();
    }
    if set & full == full {
        return "full".to_owned();
    }
    let held = (0..64).filter(|number| set >> number & 1 == 1);
    let mut names: Vec<&str> = held.filter_map(capability_name).collect();
    names.sort_unstable();
    names.join(",")
}

fn seccomp(process: &TopProcess) -> &'static str {
    match process.seccomp {
        0 => "disabled",
        1 => "strict",
        2 => "filter",
        _ => "?",
    }
}

fn share(process: &TopProcess) -> String {
    let alive = process.seconds_alive();
    let share = if alive > 0.0 {
        100.0 * process.busy / alive
    } else {
        0.0
    };
    format!("{share:.3}")
}

/// As Go prints a duration; procfs counts hundredths.
fn seconds(seconds: f64) -> String {
    duration::print((seconds * 100.0).round() as i128 * 10_000_000)
}

fn began(process: &TopProcess) -> String {
    let ago = (process.seconds_alive() * 1e9) as i128;
    let moment = crate::types::Timestamp(crate::types::Timestamp::now().0 - ago);
    crate::types::Timestamp(moment.0 / 1_000_000_000 * 1_000_000_000).go_local()
}

/// Device numbers of terminals: Documentation/admin-guide/devices.txt.
fn terminal(device: u64) -> String {
    let (major, minor) = (
        (device >> 8) & 0xfff,
        (device & 0xff) | (device >> 12 & 0xfff00),
    );
    match major {
        4 if minor < 64 => format!("tty{minor}"),
        4 => format!("ttyS{}", minor - 64),
        136..=143 => format!("pts/{}", (major - 136) * 256 + minor),
        _ => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_two_names() {
        let names = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let found = columns(&words)?;
            Some(
                found
                    .iter()
                    .map(|c| c.heading)
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        };
        for (words, wanted) in [
            (&["pid,user"][..], Some("PID USER")),
            (&["%C", "%p", "args"], Some("%CPU PID COMMAND")),
            (&["-eo", "pid"], None),
            (&["pid,what"], None),
            (&["pid user"], None),
            (&[""], None),
        ] {
            assert_eq!(names(words).as_deref(), wanted, "{words:?}");
        }
    }

    #[test]
    fn terminals_have_names() {
        for (device, name) in [
            (0, "?"),
            (0x8803, "pts/3"),
            (0x0401, "tty1"),
            (0x0440, "ttyS0"),
        ] {
            assert_eq!(terminal(device), name);
        }
    }

    #[test]
    fn sets_are_full_or_named() {
        let top = Top {
            last_capability: 40,
            ..Top::default()
        };
        let mut process = TopProcess::default();
        for (set, wanted) in [
            (0, "none"),
            (u64::MAX >> 23, "full"),
            (1 | 1 << 21, "CHOWN,SYS_ADMIN"),
        ] {
            process.capabilities[2] = set;
            assert_eq!(capabilities(&top, &process, 2), wanted);
        }
    }
}
