//! Ids of the container as ids of U0: the mounts are made there, runtime/plan.rs.

use oci_spec::runtime::{LinuxIdMapping, Process, Spec};

use crate::runtime::step::{Register, Step, Want};

/// The maps of the spec, and two pairs of ids that went through them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owner {
    gids: Vec<LinuxIdMapping>,
    /// The container's root; `None` where it is U0's.
    pub root: Option<(u32, u32)>,
    /// The workload.
    pub user: (u32, u32),
}

impl Owner {
    /// Translates the ids of a spec.
    pub fn of(spec: &Spec, process: &Process) -> Self {
        let maps = |which: fn(&oci_spec::runtime::Linux) -> &Option<Vec<LinuxIdMapping>>| {
            spec.linux()
                .as_ref()
                .and_then(|linux| which(linux).clone())
                .unwrap_or_default()
        };
        let uids = maps(oci_spec::runtime::Linux::uid_mappings);
        let gids = maps(oci_spec::runtime::Linux::gid_mappings);
        let user = process.user();
        // What is not mapped stays with U0's root: the container sees nobody there.
        let root = (
            through(&uids, 0).unwrap_or(0),
            through(&gids, 0).unwrap_or(0),
        );
        Self {
            user: (
                through(&uids, user.uid()).unwrap_or(user.uid()),
                through(&gids, user.gid()).unwrap_or(user.gid()),
            ),
            root: (root != (0, 0)).then_some(root),
            gids,
        }
    }

    /// Returns U0's number of a group of the container.
    pub fn group(&self, gid: u32) -> u32 {
        through(&self.gids, gid).unwrap_or(gid)
    }

    /// Announces the owner, and gives it what is ours on the host.
    pub fn steps(&self, paths: &[String]) -> Vec<Step> {
        let Some((uid, gid)) = self.root else {
            return Vec::new();
        };
        let mut steps = vec![Step::Owner {
            uid,
            gid,
            streams: self.user.0,
        }];
        for path in paths {
            steps.push(Step::Open {
                to: Register::SOURCE,
                path: path.clone(),
                want: Want::Anything,
            });
            steps.push(Step::Own {
                of: Register::SOURCE,
            });
        }
        steps
    }

    /// Gives a file system that was just made to the container's root.
    pub fn of_mount(&self, mount: Register) -> Option<Step> {
        self.root.map(|_| Step::Own { of: mount })
    }
}

fn through(maps: &[LinuxIdMapping], inside: u32) -> Option<u32> {
    maps.iter().find_map(|map| {
        let at = inside.checked_sub(map.container_id())?;
        (at < map.size()).then(|| map.host_id() + at)
    })
}
