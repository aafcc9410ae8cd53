//! One more process in a running container: its own process, changed as asked.

use oci_spec::runtime::{Process, User as ProcessUser};

use crate::spec::error::Error;
use crate::spec::merge::Environment;
use crate::spec::security::{self, CapSet};
use crate::spec::user::Resolved;
use crate::types::RunRequest;
use crate::types::request::ExecRequest;

/// Changes the container's process into that of an `exec`.
///
/// Capabilities follow the same rules as at the start (S-67); `--privileged` gives all of
/// the user namespace's, never more than the kernel's `last_capability`.
pub fn exec(
    process: &mut Process,
    user: &Resolved,
    request: &ExecRequest,
    container: &RunRequest,
    last_capability: u32,
) -> Result<(), Error> {
    let bounding = if request.privileged {
        CapSet::all(last_capability)
    } else {
        let (add, drop) = (&container.cap_add, &container.cap_drop);
        security::bounding(add, drop, container.privileged, last_capability)?
    };
    let mut identity = ProcessUser::default();
    identity.set_uid(user.uid);
    identity.set_gid(user.gid);
    identity.set_umask(process.user().umask());
    identity.set_additional_gids(Some(user.groups.clone()));
    let mut env = Environment(process.env().clone().unwrap_or_default());
    if request.tty {
        env.set_default("TERM=xterm".to_owned());
    }
    if request.user.is_some() && !user.home.is_empty() {
        env.set(format!("HOME={}", user.home));
    }
    for (key, value) in &request.env {
        if key.is_empty() || key.contains(['=', '\0']) || value.contains('\0') {
            return Err(Error::BadText {
                what: "environment variable",
                text: key.clone(),
                reason: "must be NAME=VALUE without NUL",
            });
        }
        env.set(format!("{key}={value}"));
    }
    process.set_user(identity);
    process.set_env(Some(env.0));
    process.set_args(Some(request.command.clone()));
    process.set_terminal(Some(request.tty));
    process.set_capabilities(Some(security::process_sets(bounding, user.uid)));
    Ok(())
}
