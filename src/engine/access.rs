//! Whose the files of a bind mount are: said when a container may have failed for it.

use std::os::unix::fs::MetadataExt;

use crate::engine::Engine;
use crate::spec::user::Resolved;
use crate::types::ContainerRecord;
use crate::types::ids::to_inside;
use crate::types::request::{Mount, MountSource};

impl Engine {
    /// Remembers what may go wrong in a run that is about to begin: the container's user is
    /// somebody else on the host, and may not write into what the caller has mounted.
    pub(crate) fn foresee_access(&self, record: &ContainerRecord, user: &Resolved) {
        let caller = match &record.ids {
            None => Some(0),
            Some(maps) => to_inside(&maps.uid, 0),
        };
        if caller == Some(user.uid) || user.uid == 0 {
            return;
        }
        if let Some(mount) = record.mounts.iter().find(|mount| is_closed(mount)) {
            let (uid, gid, target) = (user.uid, user.gid, &mount.target);
            *self.access_hint.borrow_mut() = Some(format!(
                "{target} is yours, and user {uid} of the container is somebody else on the host: \
                 --userns=keep-id:uid={uid},gid={gid} lets it write there, and what it writes is \
                 yours"
            ));
        }
    }

    /// What may help where the last container that was started failed.
    pub fn access_hint(&self) -> Option<String> {
        self.access_hint.borrow().clone()
    }
}

/// Whether only its owner, the caller, may write into a mounted directory.
fn is_closed(mount: &Mount) -> bool {
    let MountSource::Bind(source) = &mount.source else {
        return false;
    };
    let plain = !mount.read_only && !mount.chown && mount.overlay.is_none();
    plain
        && std::fs::metadata(source).is_ok_and(|facts| {
            let own = facts.uid() == crate::sys::fs::own_uid();
            own && facts.is_dir() && facts.mode() & 0o002 == 0
        })
}
