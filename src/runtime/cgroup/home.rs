//! Groups below which a container's may be made: one that is ours, and hands controllers on.
//!
//! cgroup-v2.rst, "Top-down Constraint" and "No Internal Process Constraint".

use crate::runtime::cgroup::{Cgroup, Error};

/// The leaf other processes are moved to when their group is to hand controllers on.
const CALLERS: &str = "init";

/// How often processes that appear while they are being moved are looked for.
const ROUNDS: usize = 10;

/// The nearest group around us that hands controllers on and is ours, else our own.
pub(super) fn home() -> Option<Cgroup> {
    let own = Cgroup::own()?;
    if !own.is_ours() {
        return None;
    }
    let mut around = own.parent();
    while let Some(group) = around.filter(Cgroup::is_ours) {
        let enabled = group.read("cgroup.subtree_control").unwrap_or_default();
        if !enabled.trim().is_empty() {
            return Some(group);
        }
        around = group.parent();
    }
    Some(own)
}

/// A group by its path; what is missing of it is made.
pub(super) fn named_parent(parent: &str) -> Result<Cgroup, Error> {
    let refuse = |reason| Error::Parent {
        parent: parent.to_owned(),
        reason,
    };
    let group = Cgroup::at(parent).ok_or_else(|| refuse("leads out of the hierarchy"))?;
    let mut missing = Vec::new();
    let mut at = group.clone();
    while !at.exists() {
        let around = at
            .parent()
            .ok_or_else(|| refuse("is not a control group"))?;
        missing.push(std::mem::replace(&mut at, around));
    }
    if !at.is_ours() {
        return Err(refuse("is not delegated to us"));
    }
    for group in missing.into_iter().rev() {
        at.enable_controllers();
        group.make()?;
        at = group;
    }
    Ok(group)
}

/// Hands on what controllers there are; for a limit, processes that stand in the way are moved.
pub(super) fn hand_on(home: &Cgroup, limited: bool) -> Result<(), Error> {
    home.enable_controllers();
    let enabled = home.read("cgroup.subtree_control").unwrap_or_default();
    if limited && enabled.trim().is_empty() && !home.controllers().is_empty() {
        vacate(home, CALLERS)?;
        home.enable_controllers();
    }
    Ok(())
}

/// The group below which a bundle that names none gets one; `None` where nothing is ours.
pub fn usual_home(limited: bool) -> Result<Option<Cgroup>, Error> {
    let Some(home) = home() else {
        return Ok(None);
    };
    hand_on(&home, limited)?;
    Ok(Some(home))
}

/// Moves a group's processes to a leaf, so that it may hand controllers on.
pub(super) fn vacate(group: &Cgroup, leaf: &str) -> Result<(), Error> {
    let leaf = group.below(leaf);
    for _ in 0..ROUNDS {
        let processes = group.processes();
        if processes.is_empty() {
            return Ok(());
        }
        if !leaf.exists() {
            leaf.make()?;
        }
        for pid in processes {
            // One that has ended meanwhile is gone from there as well.
            let _ = leaf.take(pid);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_stays_in_the_hierarchy() {
        for parent in ["../x", "/a/../../b"] {
            assert!(
                matches!(named_parent(parent), Err(Error::Parent { .. })),
                "{parent}"
            );
        }
    }
}
