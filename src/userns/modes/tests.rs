//! Every mode as a table: what is asked, and the map that comes of it.

use super::*;

fn base() -> IdMap {
    let extents = vec![
        Extent {
            inside: 0,
            outside: 1001,
            count: 1,
        },
        Extent {
            inside: 1,
            outside: 100_000,
            count: 65536,
        },
    ];
    IdMap {
        uid: extents.clone(),
        gid: extents,
    }
}

fn shown(list: &[IdExtent]) -> String {
    let words = list
        .iter()
        .map(|e| format!("{}:{}:{}", e.inside, e.outside, e.count));
    words.collect::<Vec<_>>().join(" ")
}

fn word(text: &str) -> IdWord {
    let flags = text.trim_start_matches(['+', 'u', 'g']);
    let numbers: Vec<u32> = flags
        .split(':')
        .map(|n| n.trim_start_matches('@').parse().expect("a number"))
        .collect();
    IdWord {
        inside: numbers[0],
        outside: numbers[1],
        count: numbers.get(2).copied().unwrap_or(1),
        of_host: text.contains('@'),
        extends: text.starts_with('+'),
        one_kind: text.contains(['u', 'g']),
    }
}

fn words(text: &str) -> Vec<IdWord> {
    text.split_whitespace().map(word).collect()
}

fn made(mode: &UserNamespace, taken: &[IdMaps]) -> Result<String, Refusal> {
    let base = base();
    let maps = maps(&Wish {
        mode,
        base: &base,
        own: (1001, 1001),
        taken,
        needed: 0,
    })?;
    Ok(maps.map_or("-".to_owned(), |m| {
        let (uid, gid) = (shown(&m.uid), shown(&m.gid));
        if uid == gid {
            uid
        } else {
            format!("{uid} / {gid}")
        }
    }))
}

fn keep(uid: Option<u32>, gid: Option<u32>, size: Option<u32>) -> UserNamespace {
    UserNamespace::KeepId { uid, gid, size }
}

#[test]
fn the_modes_with_a_name() {
    for (mode, wanted) in [
        (UserNamespace::Host, "-"),
        (keep(None, None, None), "0:1:1001 1001:0:1 1002:1002:64535"),
        (keep(Some(0), Some(0), None), "0:0:1 1:1:65536"),
        (
            keep(Some(5), None, Some(10)),
            "0:1:5 5:0:1 6:6:4 / 0:1:9 1001:0:1",
        ),
        (keep(Some(70000), Some(70000), None), "0:1:65536 70000:0:1"),
        (UserNamespace::NoMap, "0:1:65536"),
    ] {
        assert_eq!(made(&mode, &[]).as_deref(), Ok(wanted), "{mode:?}");
    }
}

#[test]
fn automatic_slices_are_disjoint() {
    let auto = |size, uids: &str| UserNamespace::Auto {
        size,
        uids: words(uids),
        gids: vec![],
    };
    let taken = |from, count| IdMaps {
        uid: vec![IdExtent {
            inside: 0,
            outside: from,
            count,
        }],
        gid: vec![],
    };
    for (mode, held, wanted) in [
        (auto(None, ""), vec![], Ok("0:1:1024")),
        (auto(Some(10), ""), vec![taken(1, 1024)], Ok("0:1025:10")),
        (auto(Some(10), ""), vec![taken(11, 100)], Ok("0:1:10")),
        (
            auto(Some(11), ""),
            vec![taken(11, 100), taken(111, 5)],
            Ok("0:116:11"),
        ),
        (
            auto(None, ""),
            vec![taken(0, 65537)],
            Err(Refusal::NoneFree { size: 1024 }),
        ),
        (auto(Some(65536), ""), vec![], Ok("0:1:65536")),
        (
            auto(Some(65537), ""),
            vec![],
            Err(Refusal::NoneFree { size: 65537 }),
        ),
        (
            auto(Some(10), "1:@100000:1"),
            vec![],
            Ok("0:2:1 1:1:1 2:4:8 / 0:2:10"),
        ),
    ] {
        assert_eq!(
            made(&mode, &held).as_deref(),
            wanted.as_ref().map(|w| *w),
            "{mode:?}"
        );
    }
}

#[test]
fn words_of_a_map() {
    let not_ours = |id| Err(Refusal::NotOurs { kind: "user", id });
    let overlap = Err(Refusal::Overlap { kind: "user" });
    for (uids, gids, wanted) in [
        ("0:1:1000", "", Ok("0:1:1000")),
        ("0:0:1000", "", Ok("0:0:1 1:1:999")),
        (
            "",
            "0:0:10 g20:20:1",
            Ok("0:0:1 1:1:9 / 0:0:1 1:1:9 20:20:1"),
        ),
        ("0:1:1000", "0:0:1000", Ok("0:1:1000 / 0:0:1 1:1:999")),
        (
            "0:0:65000 +100000:1:1",
            "",
            Ok("0:0:1 2:2:64998 100000:1:1"),
        ),
        ("+100000:1:1", "", Ok("0:0:1 1:2:65535 100000:1:1")),
        (
            "",
            "+g100000:@100001",
            Ok("0:0:1 1:1:65536 / 0:0:1 1:1:1 2:3:65534 100000:2:1"),
        ),
        ("100:@100000:2 0:@1001:1", "", Ok("0:0:1 100:1:2")),
        ("0:1:70000", "", not_ours(65537)),
        ("0:1:10 5:20:10", "", overlap.clone()),
        ("0:1:10 20:5:10", "", overlap),
        (
            "0:@7:1",
            "",
            Err(Refusal::NotOfHost {
                kind: "user",
                id: 7,
            }),
        ),
    ] {
        let mode = UserNamespace::Maps {
            uids: words(uids),
            gids: words(gids),
        };
        assert_eq!(
            made(&mode, &[]).as_deref(),
            wanted.as_ref().map(|w| *w),
            "{uids} {gids}"
        );
    }
}

#[test]
fn one_id_allows_one_name() {
    let one = vec![Extent {
        inside: 0,
        outside: 1001,
        count: 1,
    }];
    let base = IdMap {
        uid: one.clone(),
        gid: one,
    };
    let wish = |mode: UserNamespace| {
        maps(&Wish {
            mode: &mode,
            base: &base,
            own: (1001, 1001),
            taken: &[],
            needed: 0,
        })
    };
    let kept = wish(keep(None, None, None))
        .expect("one id")
        .expect("a map");
    assert_eq!(shown(&kept.uid), "1001:0:1");
    assert_eq!(wish(UserNamespace::NoMap), Err(Refusal::NoSubordinates));
}
