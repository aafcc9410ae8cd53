//! Maps of ids: what a container's user namespace calls the ids of U0, user_namespaces(7).

use serde::{Deserialize, Serialize};

/// One line of a map: `count` ids from `inside` on are U0's from `outside` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdExtent {
    pub inside: u32,
    pub outside: u32,
    pub count: u32,
}

impl IdExtent {
    /// Returns the id outside for one inside.
    pub fn outside_of(&self, inside: u32) -> Option<u32> {
        let at = inside.checked_sub(self.inside)?;
        (at < self.count).then(|| self.outside + at)
    }

    /// Returns the id inside for one outside.
    pub fn inside_of(&self, outside: u32) -> Option<u32> {
        let at = outside.checked_sub(self.outside)?;
        (at < self.count).then(|| self.inside + at)
    }
}

/// The two maps of a container whose user namespace does not simply repeat U0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdMaps {
    pub uid: Vec<IdExtent>,
    pub gid: Vec<IdExtent>,
}

impl IdMaps {
    /// Returns U0's numbers for the container's root; U0's own 0 stands in where there is none.
    pub fn root(&self) -> (u32, u32) {
        (
            to_outside(&self.uid, 0).unwrap_or(0),
            to_outside(&self.gid, 0).unwrap_or(0),
        )
    }
}

/// Returns U0's number for one of the container's; `None` when it is not mapped.
pub fn to_outside(extents: &[IdExtent], inside: u32) -> Option<u32> {
    extents.iter().find_map(|extent| extent.outside_of(inside))
}

/// Returns the container's number for one of U0's; `None` when it is not mapped.
pub fn to_inside(extents: &[IdExtent], outside: u32) -> Option<u32> {
    extents.iter().find_map(|extent| extent.inside_of(outside))
}

/// Returns the number on disk for what the image calls `inside`.
///
/// One the container has no name for gets a number it cannot see, so that it stays nobody's
/// instead of becoming somebody else's: itself where that is free, else `spare`.
pub fn on_disk(extents: &[IdExtent], inside: u32, spare: Option<u32>) -> Option<u32> {
    if let Some(outside) = to_outside(extents, inside) {
        return Some(outside);
    }
    match to_inside(extents, inside) {
        None => Some(inside),
        Some(_) => spare,
    }
}

/// Returns the lowest id of U0 that the container does not see, of the ids below `end`.
pub fn spare(extents: &[IdExtent], end: u32) -> Option<u32> {
    let mut at = 0;
    while let Some(extent) = extents.iter().find(|extent| extent.inside_of(at).is_some()) {
        at = extent.outside.checked_add(extent.count)?;
    }
    (at < end).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(inside: u32, outside: u32, count: u32) -> IdExtent {
        IdExtent {
            inside,
            outside,
            count,
        }
    }

    #[test]
    fn both_ways_through_a_map() {
        let keep = [
            extent(0, 1, 1000),
            extent(1000, 0, 1),
            extent(1001, 1001, 64536),
        ];
        for (inside, outside) in [(0, 1), (999, 1000), (1000, 0), (1001, 1001), (65536, 65536)] {
            assert_eq!(to_outside(&keep, inside), Some(outside));
            assert_eq!(to_inside(&keep, outside), Some(inside));
        }
        assert_eq!(to_outside(&keep, 65537), None);
        assert_eq!(spare(&keep, 65537), None);
        assert_eq!(on_disk(&keep, 70000, None), Some(70000));
    }

    #[test]
    fn what_is_not_mapped_becomes_nobodys_never_somebodys() {
        let slice = [extent(0, 1000, 1000)];
        assert_eq!(on_disk(&slice, 5, Some(0)), Some(1005));
        assert_eq!(on_disk(&slice, 1500, spare(&slice, 65537)), Some(0));
        assert_eq!(on_disk(&slice, 3000, Some(0)), Some(3000));
        assert_eq!(spare(&[extent(0, 0, 10)], 65537), Some(10));
        assert_eq!(spare(&[extent(0, 0, 10)], 10), None);
    }
}
