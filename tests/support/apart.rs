//! Where an unprivileged user may mount, and how he plays somebody else: user namespaces of util-linux.

use std::process::Command;

use super::World;

/// bash in a user and mount namespace that maps us and our subordinate ids to themselves: a tmpfs can be mounted
/// there, and coracle finds everything as outside.
pub fn mounting(world: &World, script: &str) -> Command {
    let mut command = world.other("unshare");
    command.args(["--user", "--mount", "--map-current-user", "--keep-caps"]);
    let user = std::env::var("USER").unwrap_or_default();
    for (option, file) in [
        ("--map-users", "/etc/subuid"),
        ("--map-groups", "/etc/subgid"),
    ] {
        let text = std::fs::read_to_string(file).expect("subordinate ids");
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{user}:")));
        let (first, count) = line
            .and_then(|line| line.split_once(':'))
            .expect("two numbers");
        command.arg(option).arg(format!("{first},{first},{count}"));
    }
    command.args(["--", "bash", "-c", script]);
    command
}

/// Another local user: the program runs under one of our subordinate ids, which is nobody to the files and
/// sockets of ours. Words follow.
pub fn other_user(world: &World, program: &str) -> Command {
    let mut command = world.other("unshare");
    command.args(["--user", "--map-root-user", "--map-auto", "--", "setpriv"]);
    command.args(["--reuid=1000", "--regid=1000", "--clear-groups", "--"]);
    command.arg(program).current_dir("/");
    command
}
