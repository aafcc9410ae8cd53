//! Arithmetic of the lines of a map: cutting, taking away, filling up.

use crate::types::ids::IdExtent;
use crate::userns::ids::Extent;

/// Cuts an extent where those of `base` end, and translates its outer ids; `Err` is the first
/// id that is in none.
pub(crate) fn pieces(mut rest: IdExtent, base: &[Extent]) -> Result<Vec<IdExtent>, u32> {
    let mut list = Vec::new();
    while rest.count > 0 {
        let found = base.iter().find_map(|extent| {
            let at = rest.outside.checked_sub(extent.inside)?;
            (at < extent.count).then(|| (extent.outside + at, extent.count - at))
        });
        let (outside, room) = found.ok_or(rest.outside)?;
        let count = rest.count.min(room);
        list.push(IdExtent {
            inside: rest.inside,
            outside,
            count,
        });
        rest.inside = rest.inside.wrapping_add(count);
        rest.outside = rest.outside.wrapping_add(count);
        rest.count -= count;
    }
    Ok(list)
}

/// Takes the ids of `new` away from a list, inside and outside, and adds it.
pub(crate) fn insert(list: &[IdExtent], new: &IdExtent) -> Vec<IdExtent> {
    let mut kept = Vec::new();
    for extent in list {
        let mut parts = vec![*extent];
        for (from, count, by) in [
            (
                new.inside,
                new.count,
                (|e| e.inside) as fn(&IdExtent) -> u32,
            ),
            (new.outside, new.count, |e| e.outside),
        ] {
            parts = parts
                .iter()
                .flat_map(|part| without(part, by(part), from, count))
                .collect();
        }
        kept.extend(parts);
    }
    kept.push(*new);
    kept.sort_by_key(|extent| extent.inside);
    kept
}

/// What is left of an extent that begins at `start` in some numbering, without a range of it.
fn without(extent: &IdExtent, start: u32, from: u32, count: u32) -> Vec<IdExtent> {
    let (start, from) = (u64::from(start), u64::from(from));
    let end = start + u64::from(extent.count);
    let until = from + u64::from(count);
    let part = |a: u64, b: u64| {
        // Both lie within the extent, so the differences are below its count.
        let skip = (a - start) as u32;
        IdExtent {
            inside: extent.inside + skip,
            outside: extent.outside + skip,
            count: (b - a) as u32,
        }
    };
    let mut left = Vec::new();
    if start < from.min(end) {
        left.push(part(start, from.min(end)));
    }
    if until.max(start) < end {
        left.push(part(until.max(start), end));
    }
    left
}

/// Maps the ids of U0 that a list leaves over, lowest first, to the lowest free ids inside.
pub(crate) fn fill(mut list: Vec<IdExtent>, end: u32) -> Vec<IdExtent> {
    let gaps = |mut held: Vec<(u32, u32)>| {
        held.sort_unstable();
        let mut at = 0u32;
        let mut gaps = Vec::new();
        for (start, count) in held {
            if start > at {
                gaps.push((at, start - at));
            }
            at = at.max(start.saturating_add(count));
        }
        gaps.push((at, u32::MAX - at));
        gaps
    };
    let outer = gaps(list.iter().map(|e| (e.outside, e.count)).collect());
    let mut inner = gaps(list.iter().map(|e| (e.inside, e.count)).collect()).into_iter();
    let Some(mut hole) = inner.next() else {
        return list;
    };
    for (mut start, count) in outer {
        let mut left = count.min(end.saturating_sub(start));
        while left > 0 {
            while hole.1 == 0 {
                match inner.next() {
                    Some(next) => hole = next,
                    None => return list,
                }
            }
            let step = left.min(hole.1);
            list.push(IdExtent {
                inside: hole.0,
                outside: start,
                count: step,
            });
            hole = (hole.0 + step, hole.1 - step);
            start += step;
            left -= step;
        }
    }
    list
}
