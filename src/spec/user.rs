//! Who the container's process is: names and numbers looked up in the image's own files.
//!
//! The forms are those of `--user` and of the image config's `User`: name, uid, name:group,
//! uid:gid and mixes. passwd(5) and group(5) are read from bytes the caller fetched beneath
//! the rootfs; there is no NSS (S-85), and a number is never looked up as a name
//! (CVE-2016-3697, CVE-2026-46680). What cannot be understood is refused, never root (S-32).

use std::collections::BTreeSet;

use crate::spec::error::{Error, UserProblem};

/// The longest account file that is read (S-34).
pub const MAX_FILE: usize = 10 << 20;
/// The longest line in one.
pub const MAX_LINE: usize = 64 << 10;
/// What ids without a name are shown as: /proc/sys/kernel/overflowuid.
const NOBODY: u32 = 65_534;
/// NGROUPS_MAX of the kernel.
const MAX_GROUPS: usize = 65_536;

/// The identity a process starts with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    pub uid: u32,
    pub gid: u32,
    /// Supplementary groups, sorted; the primary group is among them (S-69).
    pub groups: Vec<u32>,
    /// For `HOME`; `/` when the image says nothing.
    pub home: String,
    /// The login name, when the image knows one.
    pub name: Option<String>,
}

/// The image's account files; `None` when the image has none.
#[derive(Debug, Clone, Copy, Default)]
pub struct Accounts<'a> {
    pub passwd: Option<&'a [u8]>,
    pub group: Option<&'a [u8]>,
}

/// Returns one more than the highest id in the files, for `--userns=auto`. Nobody needs no
/// place: what is not mapped is nobody's.
pub fn ids_needed(accounts: Accounts<'_>) -> Result<u32, Error> {
    let people = passwd_entries(accounts.passwd)?.flat_map(|entry| [entry.uid, entry.gid]);
    let groups = group_entries(accounts.group)?.map(|entry| entry.gid);
    let highest = people.chain(groups).filter(|id| *id < NOBODY).max();
    Ok(highest.map_or(0, |id| id.saturating_add(1)))
}

/// Resolves a user word, empty meaning root, and `--group-add` words.
pub fn resolve(
    word: &str,
    group_add: &[String],
    accounts: Accounts<'_>,
) -> Result<Resolved, Error> {
    let problem = |reason| Error::User {
        word: word.to_owned(),
        reason,
    };
    let (user_word, group_word) =
        split(word).map_err(|reason| problem(UserProblem::Malformed(reason)))?;
    let entry = match number(user_word) {
        Number::Id(uid) => passwd_entries(accounts.passwd)?.find(|entry| entry.uid == uid),
        Number::OutOfRange => return Err(problem(UserProblem::OutOfRange)),
        Number::Name => Some(
            passwd_entries(accounts.passwd)?
                .find(|entry| entry.name == user_word.as_bytes())
                .ok_or_else(|| problem(UserProblem::NoSuchUser))?,
        ),
    };
    let uid = match (number(user_word), &entry) {
        (Number::Id(uid), _) => uid,
        (_, Some(entry)) => entry.uid,
        (_, None) => return Err(problem(UserProblem::NoSuchUser)),
    };
    let mut groups = BTreeSet::new();
    let gid = match group_word {
        Some(group) => group_id(group, accounts.group).map_err(|e| e.into_error(word))?,
        None => {
            if let Some(entry) = &entry {
                member_of(entry.name, accounts.group, &mut groups)
                    .map_err(|e| e.into_error(word))?;
            }
            entry.as_ref().map_or(0, |entry| entry.gid)
        }
    };
    groups.insert(gid);
    for group in group_add {
        groups.insert(group_id(group, accounts.group).map_err(|e| e.into_error(group))?);
    }
    if groups.len() > MAX_GROUPS {
        return Err(problem(UserProblem::TooManyGroups));
    }
    Ok(Resolved {
        uid,
        gid,
        groups: groups.into_iter().collect(),
        home: home(entry.as_ref().map(|entry| entry.home)),
        name: entry.and_then(|entry| String::from_utf8(entry.name.to_vec()).ok()),
    })
}

/// Cuts `user[:group]`; empty parts and further colons are refused.
fn split(word: &str) -> Result<(&str, Option<&str>), &'static str> {
    if word.is_empty() {
        return Ok(("0", None));
    }
    if word.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err("a user name has no blanks or control characters");
    }
    match word.split_once(':') {
        None => Ok((word, None)),
        Some((user, group)) if user.is_empty() || group.is_empty() => {
            let _ = (user, group);
            Err("both sides of the colon must name something")
        }
        Some((_, group)) if group.contains(':') => Err("more than one colon"),
        Some((user, group)) => Ok((user, Some(group))),
    }
}

enum Number {
    Id(u32),
    OutOfRange,
    Name,
}

/// Tells a number from a name: digits only is a number, whatever the files say.
fn number(word: &str) -> Number {
    let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Number::Name;
    }
    match word.parse::<u32>() {
        // (uid_t)-1 means "no change" to the set*id calls.
        Ok(id) if id != u32::MAX && digits.len() == word.len() => Number::Id(id),
        _ => Number::OutOfRange,
    }
}

/// A lookup's failure before it knows which word it belongs to.
enum Lookup {
    Problem(UserProblem),
    File(Error),
}

impl Lookup {
    fn into_error(self, word: &str) -> Error {
        match self {
            Self::Problem(reason) => Error::User {
                word: word.to_owned(),
                reason,
            },
            Self::File(error) => error,
        }
    }
}

fn group_id(word: &str, group: Option<&[u8]>) -> Result<u32, Lookup> {
    match number(word) {
        Number::Id(gid) => Ok(gid),
        Number::OutOfRange => Err(Lookup::Problem(UserProblem::OutOfRange)),
        Number::Name => group_entries(group)
            .map_err(Lookup::File)?
            .find(|entry| entry.name == word.as_bytes())
            .map(|entry| entry.gid)
            .ok_or_else(|| Lookup::Problem(UserProblem::NoSuchGroup(word.to_owned()))),
    }
}

fn member_of(name: &[u8], group: Option<&[u8]>, found: &mut BTreeSet<u32>) -> Result<(), Lookup> {
    for entry in group_entries(group).map_err(Lookup::File)? {
        if entry
            .members
            .split(|b| *b == b',')
            .any(|member| member == name)
        {
            found.insert(entry.gid);
        }
        if found.len() > MAX_GROUPS {
            return Err(Lookup::Problem(UserProblem::TooManyGroups));
        }
    }
    Ok(())
}

/// HOME must be usable as an environment value and a path, else it is `/`.
fn home(field: Option<&[u8]>) -> String {
    field
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .filter(|text| text.starts_with('/') && !text.chars().any(char::is_control))
        .unwrap_or("/")
        .to_owned()
}

pub(super) struct PasswdEntry<'a> {
    pub name: &'a [u8],
    pub uid: u32,
    gid: u32,
    home: &'a [u8],
}

pub(super) struct GroupEntry<'a> {
    pub name: &'a [u8],
    pub gid: u32,
    members: &'a [u8],
}

pub(super) fn passwd_entries(
    file: Option<&[u8]>,
) -> Result<impl Iterator<Item = PasswdEntry<'_>>, Error> {
    // name:password:uid:gid:gecos:home:shell
    Ok(lines(file, "/etc/passwd")?.filter_map(|line| {
        let mut fields = line.split(|b| *b == b':');
        let name = fields.next().filter(|name| !name.is_empty())?;
        let uid = id_field(fields.nth(1)?)?;
        let gid = id_field(fields.next()?)?;
        Some(PasswdEntry {
            name,
            uid,
            gid,
            home: fields.nth(1).unwrap_or_default(),
        })
    }))
}

pub(super) fn group_entries(
    file: Option<&[u8]>,
) -> Result<impl Iterator<Item = GroupEntry<'_>>, Error> {
    // name:password:gid:members
    Ok(lines(file, "/etc/group")?.filter_map(|line| {
        let mut fields = line.split(|b| *b == b':');
        let name = fields.next().filter(|name| !name.is_empty())?;
        let gid = id_field(fields.nth(1)?)?;
        Some(GroupEntry {
            name,
            gid,
            members: fields.next().unwrap_or_default(),
        })
    }))
}

/// A malformed or overflowing id makes its line invisible; it never becomes 0 (CVE-2024-40635).
fn id_field(bytes: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(bytes).ok()?;
    match number(text) {
        Number::Id(id) => Some(id),
        _ => None,
    }
}

fn lines<'a>(
    file: Option<&'a [u8]>,
    name: &'static str,
) -> Result<impl Iterator<Item = &'a [u8]>, Error> {
    let bytes = file.unwrap_or_default();
    let refuse = |reason| Error::AccountFile { file: name, reason };
    if bytes.len() > MAX_FILE {
        return Err(refuse("larger than 10 MiB"));
    }
    if bytes
        .split(|b| *b == b'\n')
        .any(|line| line.len() > MAX_LINE)
    {
        return Err(refuse("a line is longer than 64 KiB"));
    }
    Ok(bytes
        .split(|b| *b == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &[u8] = b"root:x:0:0:root:/root:/bin/sh\n\
        1000:x:0:0:a trap:/trap:/bin/sh\n\
        web:x:33:33::/var/www:/usr/sbin/nologin\n\
        app:x:1000:1000::/home/app:/bin/sh\n\
        big:x:4294967296:0::/:\n\
        none:x::0::/:\n\
        bell:x:44:44::/a\x07b:\n\
        rel:x:45:45::home:\n\
        short:x:46\n";
    const GROUP: &[u8] = b"root:x:0:\nwww:x:33:\nadm:x:4:app,web\ndocker:x:999:app\napp:x:1000:\nhuge:x:99999999999:app\n";

    fn who(word: &str) -> Result<Resolved, Error> {
        let accounts = Accounts {
            passwd: Some(PASSWD),
            group: Some(GROUP),
        };
        resolve(word, &[], accounts)
    }

    #[test]
    fn words_become_ids_from_the_images_files() {
        for (word, uid, gid, groups, home) in [
            ("", 0, 0, &[0][..], "/root"),
            ("root", 0, 0, &[0], "/root"),
            ("0", 0, 0, &[0], "/root"),
            ("00", 0, 0, &[0], "/root"),
            // A number is never a name, even if the file has such a name.
            ("1000", 1000, 1000, &[4, 999, 1000], "/home/app"),
            ("app", 1000, 1000, &[4, 999, 1000], "/home/app"),
            ("app:www", 1000, 33, &[33], "/home/app"),
            ("app:7", 1000, 7, &[7], "/home/app"),
            ("5:6", 5, 6, &[6], "/"),
            ("5", 5, 0, &[0], "/"),
            ("5:adm", 5, 4, &[4], "/"),
            ("2147483648", 1 << 31, 0, &[0], "/"),
            ("4294967294", u32::MAX - 1, 0, &[0], "/"),
            ("bell", 44, 44, &[44], "/"),
            ("rel", 45, 45, &[45], "/"),
            ("web", 33, 33, &[4, 33], "/var/www"),
        ] {
            let found = who(word).expect(word);
            assert_eq!((found.uid, found.gid), (uid, gid), "{word}");
            assert_eq!(found.groups, groups, "{word}");
            assert_eq!(found.home, home, "{word}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_never_root() {
        for word in [
            "4294967295",
            "4294967296",
            "99999999999999999999",
            "-1",
            "+1",
            "-0",
            "0x0",
            "1e3",
            "root:",
            ":0",
            ":",
            "1:2:3",
            "nobody",
            "app:nogroup",
            "app:-1",
            "app:4294967295",
            "ro ot",
            "root\n",
            "big",
            "none",
            "short",
            "0:0:",
            "ROOT",
        ] {
            assert!(who(word).is_err(), "{word:?}");
        }
        assert!(resolve("root", &[], Accounts::default()).is_err());
        let alone = resolve("0", &[], Accounts::default()).expect("no files needed");
        assert_eq!((alone.uid, alone.home.as_str()), (0, "/"));
    }

    #[test]
    fn added_groups_join_the_list() {
        let accounts = Accounts {
            passwd: Some(PASSWD),
            group: Some(GROUP),
        };
        let add = ["docker".to_owned(), "77".to_owned()];
        let found = resolve("web", &add, accounts).expect("known words");
        assert_eq!(found.groups, [4, 33, 77, 999]);
        assert!(resolve("web", &["nope".to_owned()], accounts).is_err());
    }

    #[test]
    fn oversized_files_are_refused() {
        let long_line = vec![b'a'; MAX_LINE + 1];
        let big = b"a:x:1:1::/:\n".repeat(1 << 20);
        for passwd in [&long_line, &big] {
            let accounts = Accounts {
                passwd: Some(passwd),
                group: None,
            };
            assert!(matches!(
                resolve("7", &[], accounts),
                Err(Error::AccountFile { .. })
            ));
        }
        let many: Vec<u8> = (0..70_000u32)
            .flat_map(|gid| format!("g{gid}:x:{gid}:app\n").into_bytes())
            .collect();
        let accounts = Accounts {
            passwd: Some(PASSWD),
            group: Some(&many),
        };
        assert_eq!(
            resolve("app", &[], accounts),
            Err(Error::User {
                word: "app".to_owned(),
                reason: UserProblem::TooManyGroups
            })
        );
    }
}
