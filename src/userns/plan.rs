//! Which ids U0 gets: the rung of the ladder this user stands on (design section 8).
//!
//! Pure but for [`Situation::look`], which gathers the facts. Nothing is made here.

use std::path::{Path, PathBuf};

use crate::sys;
use crate::userns::error::Error;
use crate::userns::ids::{Extent, IdMap, parse_map};
use crate::userns::single::WhySingle;
use crate::userns::subid::{self, BadLine, Range, User};
use crate::userns::tool;

/// Where container ids of uid 0 start when root has no subordinate range: between systemd's
/// container range and the ids it keeps for foreign images (systemd's UIDS-GIDS.md).
const ROOT_RANGE: Range = Range {
    start: 0x7000_0000,
    count: 65536,
};

// capabilities(7).
const CAP_SETGID: u8 = 6;
const CAP_SETUID: u8 = 7;

/// What U0's map shall be and who writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub uid: Vec<Extent>,
    pub gid: Vec<Extent>,
    pub writer: Writer,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Writer {
    /// newuidmap and newgidmap, whose paths these are.
    Tools {
        newuidmap: PathBuf,
        newgidmap: PathBuf,
    },
    /// We hold CAP_SETUID and CAP_SETGID.
    Ourselves,
    /// Anybody may map himself, once setgroups is denied.
    Single(WhySingle),
}

/// The facts a plan is made from.
#[derive(Debug, Clone)]
pub(crate) struct Situation {
    pub uid: u32,
    pub gid: u32,
    pub name: Option<String>,
    /// CAP_SETUID and CAP_SETGID are ours.
    pub may_set_ids: bool,
    pub no_new_privs: bool,
    pub newuidmap: Option<PathBuf>,
    pub newgidmap: Option<PathBuf>,
    /// The ids that exist in our own user namespace.
    pub uids_here: Vec<Range>,
    pub gids_here: Vec<Range>,
    pub subuids: Result<Vec<Range>, BadLine>,
    pub subgids: Result<Vec<Range>, BadLine>,
}

impl Situation {
    /// Looks around.
    pub(crate) fn look() -> Result<Self, Error> {
        let (uid, gid) = sys::process::effective_ids();
        let name = sys::user::name_of(uid);
        let here = |file: &str| -> Result<Vec<Range>, Error> {
            let path = Path::new(file);
            let text = crate::userns::read_bounded(path, subid::MAX_FILE)
                .map_err(|source| Error::file(path, source))?;
            let extents = parse_map(&text).unwrap_or_default();
            Ok(extents.iter().map(range_inside).collect())
        };
        let ranges = |file: &str, people: &str, own: u32, option: &[&str]| {
            let user = User {
                name: name.clone(),
                uid,
                own,
                taken: subid::ids_of(&etc(people).unwrap_or_default()),
            };
            subordinate(file, &user, option)
        };
        Ok(Self {
            uid,
            gid,
            may_set_ids: sys::process::has_capability(CAP_SETUID)
                && sys::process::has_capability(CAP_SETGID),
            no_new_privs: sys::process::has_no_new_privs(),
            newuidmap: tool::find("newuidmap"),
            newgidmap: tool::find("newgidmap"),
            uids_here: here("/proc/self/uid_map")?,
            gids_here: here("/proc/self/gid_map")?,
            subuids: ranges("subuid", "passwd", uid, &[])?,
            subgids: ranges("subgid", "group", gid, &["-g"])?,
            name,
        })
    }

    /// Chooses the best rung.
    pub(crate) fn plan(&self) -> Result<Plan, Error> {
        if self.may_set_ids {
            let uids = self.ids_for_containers(&self.subuids, &self.uids_here, self.uid)?;
            let gids = self.ids_for_containers(&self.subgids, &self.gids_here, self.gid)?;
            if !uids.is_empty() && !gids.is_empty() {
                return Ok(Plan {
                    uid: behind_containers(&uids, self.uid),
                    gid: behind_containers(&gids, self.gid),
                    writer: Writer::Ourselves,
                });
            }
            return Ok(self.single(WhySingle::OneIdHere));
        }
        let (Some(newuidmap), Some(newgidmap)) = (&self.newuidmap, &self.newgidmap) else {
            return Ok(self.single(WhySingle::NoTool));
        };
        if self.no_new_privs {
            return Ok(self.single(WhySingle::NoNewPrivs));
        }
        for program in [newuidmap, newgidmap] {
            if !sys::user::gains_privileges(program) {
                return Ok(self.single(WhySingle::Unprivileged(program.clone())));
            }
        }
        let uids = clip(self.subuids.clone().map_err(Error::Subid)?, &self.uids_here);
        let gids = clip(self.subgids.clone().map_err(Error::Subid)?, &self.gids_here);
        if uids.is_empty() || gids.is_empty() {
            let user = self.name.clone().unwrap_or_else(|| self.uid.to_string());
            let file = if uids.is_empty() {
                "/etc/subuid"
            } else {
                "/etc/subgid"
            };
            return Ok(self.single(WhySingle::NoRanges { user, file }));
        }
        Ok(Plan {
            uid: after_us(&uids, self.uid),
            gid: after_us(&gids, self.gid),
            writer: Writer::Tools {
                newuidmap: newuidmap.clone(),
                newgidmap: newgidmap.clone(),
            },
        })
    }

    /// The map of one id that anybody may write.
    pub(crate) fn single(&self, why: WhySingle) -> Plan {
        let one = |outside| {
            vec![Extent {
                inside: 0,
                outside,
                count: 1,
            }]
        };
        Plan {
            uid: one(self.uid),
            gid: one(self.gid),
            writer: Writer::Single(why),
        }
    }

    /// Which ids containers of a privileged user get: his subordinate ones, else a high range,
    /// else whatever this namespace has. Never his own, so that root in a container is not he.
    fn ids_for_containers(
        &self,
        ranges: &Result<Vec<Range>, BadLine>,
        here: &[Range],
        own: u32,
    ) -> Result<Vec<Range>, Error> {
        let subordinate = clip(ranges.clone().map_err(Error::Subid)?, here);
        if !subordinate.is_empty() {
            return Ok(subordinate);
        }
        if clip(vec![ROOT_RANGE], here) == [ROOT_RANGE] {
            return Ok(vec![ROOT_RANGE]);
        }
        Ok(here.iter().flat_map(|range| without(*range, own)).collect())
    }
}

fn range_inside(extent: &Extent) -> Range {
    Range {
        start: extent.inside,
        count: extent.count,
    }
}

/// Us at 0, our subordinate ids from 1 on.
fn after_us(ranges: &[Range], own: u32) -> Vec<Extent> {
    let us = Range {
        start: own,
        count: 1,
    };
    in_a_row([us].iter().chain(ranges))
}

/// The containers' ids from 0 on, ourselves behind them: our files stay ours, and no container
/// is given that last id.
fn behind_containers(ranges: &[Range], own: u32) -> Vec<Extent> {
    let us = Range {
        start: own,
        count: 1,
    };
    in_a_row(ranges.iter().chain(&[us]))
}

fn in_a_row<'a>(ranges: impl Iterator<Item = &'a Range>) -> Vec<Extent> {
    let mut inside = 0u32;
    let mut extents = Vec::new();
    for range in ranges {
        let count = range.count.min(u32::MAX - inside);
        if count == 0 {
            break;
        }
        extents.push(Extent {
            inside,
            outside: range.start,
            count,
        });
        inside += count;
    }
    extents
}

/// Splits a namespace-wide map into what containers may use and our own place behind it, if it
/// was made by [`behind_containers`].
pub(crate) fn without_us(mut extents: Vec<Extent>, own: u32) -> Vec<Extent> {
    if let Some(last) = extents.last()
        && last.inside != 0
        && last.outside == own
        && last.count == 1
    {
        extents.pop();
    }
    extents
}

/// Returns the map containers may use of a whole map of U0.
pub(crate) fn for_containers(uid: Vec<Extent>, gid: Vec<Extent>) -> IdMap {
    let (own_uid, own_gid) = sys::process::effective_ids();
    IdMap {
        uid: without_us(uid, own_uid),
        gid: without_us(gid, own_gid),
    }
}

/// The parts of `ranges` that exist in this namespace.
fn clip(ranges: Vec<Range>, here: &[Range]) -> Vec<Range> {
    ranges
        .into_iter()
        .flat_map(|range| here.iter().filter_map(move |around| common(range, *around)))
        .collect()
}

fn common(a: Range, b: Range) -> Option<Range> {
    let start = a.start.max(b.start);
    let end =
        (u64::from(a.start) + u64::from(a.count)).min(u64::from(b.start) + u64::from(b.count));
    let count = end
        .checked_sub(u64::from(start))
        .filter(|count| *count > 0)?;
    Some(Range {
        start,
        count: u32::try_from(count).ok()?,
    })
}

/// A range with one id cut out of it.
fn without(range: Range, id: u32) -> Vec<Range> {
    if !range.contains(id) {
        return vec![range];
    }
    let before = Range {
        start: range.start,
        count: id - range.start,
    };
    let after = Range {
        start: id.saturating_add(1),
        count: range.count - before.count - 1,
    };
    [before, after]
        .into_iter()
        .filter(|part| part.count > 0)
        .collect()
}

/// Reads the user's ranges from NSS when nsswitch.conf says so, else from the file in /etc.
fn subordinate(
    file: &str,
    user: &User,
    option: &[&str],
) -> Result<Result<Vec<Range>, BadLine>, Error> {
    if subid::asks_nss(&etc("nsswitch.conf")?)
        && let Some(getsubids) = tool::find("getsubids")
        && let Some(name) = &user.name
    {
        let text = tool::output(&getsubids, &[option, &[name.as_str()]].concat())?;
        return Ok(subid::parse_getsubids(&getsubids, &text, user));
    }
    Ok(subid::parse(&etc_path(file), &etc(file)?, user))
}

/// Reads a file of /etc; one that does not exist is empty.
fn etc(name: &str) -> Result<String, Error> {
    let path = etc_path(name);
    match crate::userns::read_bounded(&path, subid::MAX_FILE) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        other => other.map_err(|source| Error::file(&path, source)),
    }
}

/// Tests of debug builds bring an /etc of their own.
fn etc_path(name: &str) -> PathBuf {
    #[cfg(debug_assertions)]
    if let Some(folder) = std::env::var_os("CORACLE_TEST_ETC") {
        return Path::new(&folder).join(name);
    }
    Path::new("/etc").join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: u32, count: u32) -> Range {
        Range { start, count }
    }

    /// A user with what it takes, on an ordinary machine.
    fn alice() -> Situation {
        // The test program is as privileged as newuidmap when `passwd` is: any set-id program.
        let tool = Path::new("/usr/bin/passwd").to_owned();
        Situation {
            uid: 1001,
            gid: 1002,
            name: Some("alice".to_owned()),
            may_set_ids: false,
            no_new_privs: false,
            newuidmap: Some(tool.clone()),
            newgidmap: Some(tool),
            uids_here: vec![range(0, u32::MAX)],
            gids_here: vec![range(0, u32::MAX)],
            subuids: Ok(vec![range(100_000, 65536), range(300_000, 10)]),
            subgids: Ok(vec![range(200_000, 65536)]),
        }
    }

    fn maps(situation: &Situation) -> (String, String, &'static str) {
        let plan = situation.plan().expect("a plan");
        let writer = match plan.writer {
            Writer::Tools { .. } => "tools",
            Writer::Ourselves => "ourselves",
            Writer::Single(WhySingle::NoTool) => "no tool",
            Writer::Single(WhySingle::NoNewPrivs) => "no_new_privs",
            Writer::Single(WhySingle::Unprivileged(_)) => "unprivileged",
            Writer::Single(WhySingle::NoRanges { file, .. }) => file,
            Writer::Single(WhySingle::OneIdHere) => "one id",
            Writer::Single(_) => "else",
        };
        let text = |extents: &[Extent]| crate::userns::ids::map_text(extents).replace('\n', ", ");
        (text(&plan.uid), text(&plan.gid), writer)
    }

    #[test]
    fn each_rung_of_the_ladder() {
        let root = Situation {
            uid: 0,
            gid: 0,
            may_set_ids: true,
            subuids: Ok(vec![]),
            subgids: Ok(vec![]),
            ..alice()
        };
        let with_range = Situation {
            subuids: Ok(vec![range(500_000, 65536)]),
            ..root.clone()
        };
        let nested = Situation {
            uids_here: vec![range(0, 65537)],
            gids_here: vec![range(0, 1), range(1, 1000)],
            ..root.clone()
        };
        let nested_single = Situation {
            uids_here: vec![range(0, 1)],
            ..nested.clone()
        };
        let clipped = Situation {
            uids_here: vec![range(0, 100_100)],
            ..alice()
        };
        let beyond = Situation {
            gids_here: vec![range(0, 65536)],
            ..alice()
        };
        let no_tool = Situation {
            newgidmap: None,
            ..alice()
        };
        let bound = Situation {
            no_new_privs: true,
            ..alice()
        };
        let no_bits = Situation {
            newuidmap: Some("/bin/true".into()),
            ..alice()
        };
        let one = ("0 1001 1", "0 1002 1");
        for (situation, uid, gid, writer) in [
            (
                alice(),
                "0 1001 1, 1 100000 65536, 65537 300000 10",
                "0 1002 1, 1 200000 65536",
                "tools",
            ),
            (
                clipped,
                "0 1001 1, 1 100000 100",
                "0 1002 1, 1 200000 65536",
                "tools",
            ),
            (beyond, one.0, one.1, "/etc/subgid"),
            (no_tool, one.0, one.1, "no tool"),
            (bound, one.0, one.1, "no_new_privs"),
            (no_bits, one.0, one.1, "unprivileged"),
            (
                root,
                "0 1879048192 65536, 65536 0 1",
                "0 1879048192 65536, 65536 0 1",
                "ourselves",
            ),
            (
                with_range,
                "0 500000 65536, 65536 0 1",
                "0 1879048192 65536, 65536 0 1",
                "ourselves",
            ),
            (
                nested,
                "0 1 65536, 65536 0 1",
                "0 1 1000, 1000 0 1",
                "ourselves",
            ),
            (nested_single, "0 0 1", "0 0 1", "one id"),
        ] {
            assert_eq!(maps(&situation), (uid.to_owned(), gid.to_owned(), writer));
        }
    }

    #[test]
    fn our_own_place_is_not_for_containers() {
        let extents = behind_containers(&[range(500_000, 10)], 0);
        assert_eq!(extents.len(), 2);
        assert_eq!(without_us(extents.clone(), 0), extents[..1]);
        assert_eq!(without_us(extents.clone(), 7), extents);
        let ordinary = after_us(&[range(100_000, 10)], 1001);
        assert_eq!(without_us(ordinary.clone(), 1001), ordinary);
    }
}
