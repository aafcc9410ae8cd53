//! What `--userns`, `--uidmap` and `--gidmap` make of U0's ids: podman-run(1), the same options.
//!
//! Pure: U0's map and what other containers hold come in, the two maps of the container's own
//! namespace come out, cut where U0's extents end (the kernel refuses an extent that spans two
//! of the parent's, user_namespaces(7)).

use std::fmt;

use crate::types::ids::{IdExtent, IdMaps};
use crate::types::request::{IdWord, UserNamespace};
use crate::userns::extents::{fill, insert, pieces};
use crate::userns::ids::{Extent, IdMap};

/// The least that `auto` gives without `size=`, as with Podman.
const AUTO_SIZE: u32 = 1024;

/// What a container's maps follow from.
#[derive(Debug)]
pub struct Wish<'a> {
    pub mode: &'a UserNamespace,
    /// U0.
    pub base: &'a IdMap,
    /// The caller's uid and gid, for `keep-id`.
    pub own: (u32, u32),
    /// The maps of other containers, for `auto`.
    pub taken: &'a [IdMaps],
    /// How many ids the image knows, for `auto`.
    pub needed: u32,
}

/// Why there are no such maps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// An id that U0 does not have.
    NotOurs { kind: &'static str, id: u32 },
    /// A host id that is not the user's.
    NotOfHost { kind: &'static str, id: u32 },
    /// Two words of a map speak of one id.
    Overlap { kind: &'static str },
    /// No so many ids are free in one piece.
    NoneFree { size: u32 },
    /// The mode needs subordinate ids, and there are none.
    NoSubordinates,
    /// Only one id can be mapped at all.
    TooMany { kind: &'static str },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { kind, id } => {
                write!(f, "{kind} {id} of the map is not among this user's ids")
            }
            Self::NotOfHost { kind, id } => write!(
                f,
                "host {kind} {id} is neither the caller's nor subordinate to the caller"
            ),
            Self::Overlap { kind } => write!(f, "two words of the {kind} map speak of one id"),
            Self::NoneFree { size } => {
                write!(f, "not enough unused ids: no {size} in one piece are free")
            }
            Self::NoSubordinates => write!(f, "this user has no subordinate ids"),
            Self::TooMany { kind } => write!(
                f,
                "this user has one {kind} only, and the map asks for more"
            ),
        }
    }
}

impl Refusal {
    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoneFree { .. } => Some(
                "containers with keep-id or nomap hold all ids; give those a size=, or this one a smaller size=",
            ),
            Self::NoSubordinates | Self::TooMany { .. } => Some(
                "as root: usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER",
            ),
            _ => None,
        }
    }
}

/// Returns the maps of a container; `None` when it repeats U0's.
pub fn maps(wish: &Wish<'_>) -> Result<Option<IdMaps>, Refusal> {
    let both = match wish.mode {
        UserNamespace::Host | UserNamespace::Container(_) | UserNamespace::Path(_) => {
            return Ok(None);
        }
        UserNamespace::KeepId { uid, gid, size } => IdMaps {
            uid: keep(uid.unwrap_or(wish.own.0), *size, end(&wish.base.uid)),
            gid: keep(gid.unwrap_or(wish.own.1), *size, end(&wish.base.gid)),
        },
        UserNamespace::NoMap => IdMaps {
            uid: vec![subordinates(&wish.base.uid)?],
            gid: vec![subordinates(&wish.base.gid)?],
        },
        UserNamespace::Auto { size, uids, gids } => automatic(wish, *size, uids, gids)?,
        UserNamespace::Maps { uids, gids } => by_words(wish.base, uids, gids)?,
    };
    Ok(Some(IdMaps {
        uid: cut(&both.uid, &wish.base.uid, "user")?,
        gid: cut(&both.gid, &wish.base.gid, "group")?,
    }))
}

/// One more than U0's highest id.
fn end(base: &[Extent]) -> u32 {
    base.iter().map(|e| e.inside + e.count).max().unwrap_or(0)
}

/// `0←1…`, `own←0`, and the rest as it is, `size` ids in all.
fn keep(own: u32, size: Option<u32>, end: u32) -> Vec<IdExtent> {
    let size = size.map_or(end, |size| size.min(end)).max(1);
    let below = own.min(size - 1);
    [
        (0, 1, below),
        (own, 0, 1),
        (
            own.saturating_add(1),
            own.saturating_add(1),
            (size - 1).saturating_sub(own),
        ),
    ]
    .into_iter()
    .filter(|(_, _, count)| *count > 0)
    .map(|(inside, outside, count)| IdExtent {
        inside,
        outside,
        count,
    })
    .collect()
}

fn subordinates(base: &[Extent]) -> Result<IdExtent, Refusal> {
    match end(base) {
        0 | 1 => Err(Refusal::NoSubordinates),
        end => Ok(IdExtent {
            inside: 0,
            outside: 1,
            count: end - 1,
        }),
    }
}

/// The lowest free slice of U0's subordinate ids, the same for users and groups.
fn automatic(
    wish: &Wish<'_>,
    size: Option<u32>,
    uids: &[IdWord],
    gids: &[IdWord],
) -> Result<IdMaps, Refusal> {
    let size = size.unwrap_or_else(|| wish.needed.max(AUTO_SIZE)).max(1);
    let forced_uid = resolved(uids, &wish.base.uid, "user")?;
    let forced_gid = resolved(gids, &wish.base.gid, "group")?;
    let limit = end(&wish.base.uid).min(end(&wish.base.gid));
    let held = wish
        .taken
        .iter()
        .flat_map(|maps| maps.uid.iter().chain(&maps.gid));
    let mut held: Vec<IdExtent> = held
        .chain(&forced_uid)
        .chain(&forced_gid)
        .copied()
        .collect();
    held.sort_by_key(|extent| extent.outside);
    let mut start = 1u32;
    for extent in &held {
        if extent.outside >= start.saturating_add(size) {
            break;
        }
        start = start.max(extent.outside.saturating_add(extent.count));
    }
    if start.checked_add(size).is_none_or(|last| last > limit) {
        return Err(Refusal::NoneFree { size });
    }
    let slice = IdExtent {
        inside: 0,
        outside: start,
        count: size,
    };
    let around = |forced: &[IdExtent]| {
        forced
            .iter()
            .fold(vec![slice], |list, extent| insert(&list, extent))
    };
    Ok(IdMaps {
        uid: around(&forced_uid),
        gid: around(&forced_gid),
    })
}

/// The words of both options; one that is missing is the other one's copy.
fn by_words(base: &IdMap, uids: &[IdWord], gids: &[IdWord]) -> Result<IdMaps, Refusal> {
    let copied = |own: &[IdWord], other: &[IdWord]| -> Vec<IdWord> {
        if !own.is_empty() {
            return own.to_vec();
        }
        other
            .iter()
            .filter(|word| !word.one_kind)
            .cloned()
            .collect()
    };
    Ok(IdMaps {
        uid: one_map(&copied(uids, gids), &base.uid, "user")?,
        gid: one_map(&copied(gids, uids), &base.gid, "group")?,
    })
}

fn one_map(
    words: &[IdWord],
    base: &[Extent],
    kind: &'static str,
) -> Result<Vec<IdExtent>, Refusal> {
    let mut list = Vec::new();
    for word in words {
        for extent in resolved(std::slice::from_ref(word), base, kind)? {
            if word.extends {
                list = insert(&list, &extent);
            } else {
                list.push(extent);
            }
        }
    }
    // "+" before anything else: the remaining ids fill the gaps from zero on. The same holds
    // where only the other kind was spoken of.
    if words.first().is_none_or(|word| word.extends) {
        list = fill(list, end(base));
    }
    list.sort_by_key(|extent| extent.inside);
    let overlap = |a: u32, a_count: u32, b: u32| b - a < a_count;
    let inside = list
        .windows(2)
        .any(|w| overlap(w[0].inside, w[0].count, w[1].inside));
    let mut sorted = list.clone();
    sorted.sort_by_key(|extent| extent.outside);
    let outside = sorted
        .windows(2)
        .any(|w| overlap(w[0].outside, w[0].count, w[1].outside));
    if inside || outside {
        return Err(Refusal::Overlap { kind });
    }
    Ok(list)
}

/// Words as extents in U0's numbers: a host range may lie in several extents of U0.
fn resolved(
    words: &[IdWord],
    base: &[Extent],
    kind: &'static str,
) -> Result<Vec<IdExtent>, Refusal> {
    let mut list = Vec::new();
    for word in words {
        let whole = IdExtent {
            inside: word.inside,
            outside: word.outside,
            count: word.count,
        };
        if !word.of_host {
            list.push(whole);
            continue;
        }
        let flipped = base.iter().map(|extent| Extent {
            inside: extent.outside,
            outside: extent.inside,
            count: extent.count,
        });
        let pieces = pieces(whole, &flipped.collect::<Vec<_>>())
            .map_err(|id| Refusal::NotOfHost { kind, id })?;
        list.extend(pieces);
    }
    Ok(list)
}

/// Cuts a map where U0's extents end.
fn cut(list: &[IdExtent], base: &[Extent], kind: &'static str) -> Result<Vec<IdExtent>, Refusal> {
    let own: Vec<Extent> = base
        .iter()
        .map(|extent| Extent {
            outside: extent.inside,
            ..*extent
        })
        .collect();
    let mut done = Vec::new();
    for extent in list {
        let cut = pieces(*extent, &own).map_err(|id| match end(base) {
            0 | 1 => Refusal::TooMany { kind },
            _ => Refusal::NotOurs { kind, id },
        });
        done.extend(cut?);
    }
    Ok(done)
}

#[cfg(test)]
mod tests;
