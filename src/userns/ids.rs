//! Maps of ids between a user namespace and ours: user_namespaces(7), "User and group ID mappings".

use std::fmt;

/// One line of a map: `count` ids from `inside` on are those from `outside` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    pub inside: u32,
    pub outside: u32,
    pub count: u32,
}

/// The ids containers may use: from U0's point of view (inside) and from ours (outside).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdMap {
    pub uid: Vec<Extent>,
    pub gid: Vec<Extent>,
}

impl IdMap {
    /// Returns the map of a child namespace of U0 that repeats U0's ids.
    ///
    /// Extent by extent: one that spans two of the parent's is refused by the kernel even where
    /// they touch.
    pub fn child_extents(&self) -> Self {
        let repeat = |extents: &[Extent]| {
            extents
                .iter()
                .map(|extent| Extent {
                    outside: extent.inside,
                    ..*extent
                })
                .collect()
        };
        Self {
            uid: repeat(&self.uid),
            gid: repeat(&self.gid),
        }
    }

    /// Returns our uid for one of U0's; `None` when it is not mapped.
    pub fn outside_uid(&self, inside: u32) -> Option<u32> {
        outside(&self.uid, inside)
    }

    /// Returns our gid for one of U0's; `None` when it is not mapped.
    pub fn outside_gid(&self, inside: u32) -> Option<u32> {
        outside(&self.gid, inside)
    }
}

fn outside(extents: &[Extent], inside: u32) -> Option<u32> {
    extents.iter().find_map(|e| {
        (inside.checked_sub(e.inside)? < e.count).then(|| e.outside + (inside - e.inside))
    })
}

impl fmt::Display for Extent {
    /// As /proc/PID/uid_map wants it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.inside, self.outside, self.count)
    }
}

/// Writes a map as the kernel reads it, in one piece.
pub(crate) fn map_text(extents: &[Extent]) -> String {
    let lines: Vec<String> = extents.iter().map(Extent::to_string).collect();
    lines.join("\n")
}

/// Parses /proc/PID/uid_map; `None` when it is not one.
pub(crate) fn parse_map(text: &str) -> Option<Vec<Extent>> {
    text.lines()
        .map(|line| {
            let mut numbers = line.split_whitespace().map(|word| word.parse().ok());
            let extent = Extent {
                inside: numbers.next()??,
                outside: numbers.next()??,
                count: numbers.next()??,
            };
            numbers.next().is_none().then_some(extent)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(inside: u32, outside: u32, count: u32) -> Extent {
        Extent {
            inside,
            outside,
            count,
        }
    }

    #[test]
    fn a_child_repeats_the_extents_and_merges_none() {
        let map = IdMap {
            uid: vec![extent(0, 1001, 1), extent(1, 100_000, 65536)],
            gid: vec![extent(0, 1001, 1)],
        };
        let child = map.child_extents();
        assert_eq!(child.uid, vec![extent(0, 0, 1), extent(1, 1, 65536)]);
        assert_eq!(child.gid, vec![extent(0, 0, 1)]);
        for (inside, outside) in [
            (0, Some(1001)),
            (1, Some(100_000)),
            (65536, Some(165_535)),
            (65537, None),
            (u32::MAX, None),
        ] {
            assert_eq!(map.outside_uid(inside), outside, "{inside}");
        }
        assert_eq!(map.outside_gid(1), None);
    }

    #[test]
    fn maps_read_back() {
        let map = vec![extent(0, 1001, 1), extent(1, 100_000, 65536)];
        assert_eq!(map_text(&map), "0 1001 1\n1 100000 65536");
        for (text, outcome) in [
            (
                "         0       1001          1\n         1     100000      65536\n",
                Some(map),
            ),
            ("", Some(vec![])),
            ("0 1", None),
            ("0 1 2 3", None),
            ("0 0 4294967296", None),
            ("a b c", None),
        ] {
            assert_eq!(parse_map(text), outcome, "{text}");
        }
    }
}
