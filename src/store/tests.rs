//! The store on a scratch directory: what is made, found, taken and thrown away.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use crate::store::{Error, Store, random_name};
use crate::types::Digest;
use crate::userns::machine;

/// A store in a fresh directory, removed afterwards.
struct World {
    root: PathBuf,
    store: Store,
}

impl World {
    fn new() -> Self {
        let name = random_name().expect("getrandom works");
        let root = std::env::temp_dir().join(format!("coracle-store-{name}"));
        let store = Store::open(&root).expect("a fresh store");
        Self { root, store }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

fn id(digit: char) -> crate::types::ContainerId {
    crate::types::ContainerId::try_from(digit.to_string().repeat(64)).expect("hex")
}

fn record(digit: char, name: &str) -> crate::types::ContainerRecord {
    let text = serde_json::json!({
        "id": id(digit), "name": name, "created": "2026-01-01T00:00:00Z",
        "image_id": Digest::of(b"x"), "image_name": "x", "image_digest": "",
        "machine_id": "", "request": {}, "argv": [], "env": [], "workdir": "/",
        "user": "", "hostname": "h", "labels": {}, "stop_signal": 15, "layers": [],
        "mounts": [], "anonymous_volumes": [], "ports": []
    });
    serde_json::from_value(text).expect("a record")
}

#[test]
fn s_12_the_root_is_closed_to_others() {
    let world = World::new();
    let mode = |path: &PathBuf| std::fs::metadata(path).expect("there").permissions().mode();
    assert_eq!(mode(&world.root) & 0o777, 0o700);
    std::fs::set_permissions(&world.root, PermissionsExt::from_mode(0o755)).expect("ours");
    Store::open(&world.root).expect("opens");
    assert_eq!(mode(&world.root) & 0o777, 0o700);
}

#[test]
fn a_newer_format_and_a_strange_directory_are_refused() {
    let world = World::new();
    std::fs::write(world.root.join("version"), "coracle store 99\n").expect("write");
    assert!(matches!(
        Store::open(&world.root),
        Err(Error::TooNew { number: 99, .. })
    ));
    std::fs::remove_file(world.root.join("version")).expect("remove");
    std::fs::write(world.root.join("thesis.tex"), "").expect("write");
    assert!(matches!(
        Store::open(&world.root),
        Err(Error::NotAStore { .. })
    ));
}

#[test]
fn a_blob_that_changed_on_disk_counts_as_absent() {
    let world = World::new();
    let digest = world.store.put_blob(b"hello").expect("put");
    assert_eq!(world.store.blob(&digest).expect("there"), b"hello");
    std::fs::write(world.store.blob_path_for_test(&digest), b"").expect("tear it");
    assert!(matches!(
        world.store.blob(&digest),
        Err(Error::NoBlob { .. })
    ));
    world.store.put_blob(b"hello").expect("put again");
    assert_eq!(world.store.blob(&digest).expect("there"), b"hello");
}

#[test]
fn a_claim_is_exclusive_until_dropped() {
    let world = World::new();
    let digest = Digest::of(b"layer");
    let claim = world.store.claim(&digest, &mut |_| true).expect("free");
    assert!(!claim.waited());
    let refused = world.store.claim(&digest, &mut |_| false);
    assert!(matches!(refused, Err(Error::Busy { .. })));
    let store = Store::open(&world.root).expect("opens");
    let (tell, told) = std::sync::mpsc::channel();
    let waiter = std::thread::spawn(move || {
        let mut waiting = |_| tell.send(()).is_ok();
        let claim = store.claim(&digest, &mut waiting);
        claim.expect("in the end").waited()
    });
    let limit = Duration::from_secs(60);
    told.recv_timeout(limit).expect("it has to wait");
    drop(claim);
    assert!(waiter.join().expect("no panic"));
}

#[test]
fn names_are_exclusive_and_a_dead_commands_name_is_free() {
    let world = World::new();
    let store = &world.store;
    store
        .create_container(&record('a', "web"), &[])
        .expect("first");
    let taken = store.create_container(&record('b', "web"), &[]);
    assert!(matches!(taken, Err(Error::NameTaken { by, .. }) if by == id('a')));
    assert_eq!(store.find_container("web").expect("by name"), id('a'));
    assert_eq!(store.find_container("aaa").expect("by prefix"), id('a'));
    store
        .create_container(&record('c', "aa"), &[])
        .expect("second");
    assert_eq!(
        store.find_container("aa").expect("name before prefix"),
        id('c')
    );
    assert!(matches!(
        store.find_container("zz"),
        Err(Error::Unknown { .. })
    ));
    assert_eq!(store.containers().expect("list").len(), 2);

    // The command died between reserving the name and the rename.
    std::fs::remove_dir_all(store.container_dir(&id('a'))).expect("remove");
    store
        .create_container(&record('d', "web"), &[])
        .expect("the name is free");
    store
        .remove_container(&id('d'), &record('d', "web").name)
        .expect("remove");
    assert!(matches!(
        store.find_container("web"),
        Err(Error::Unknown { .. })
    ));
}

#[test]
fn an_ambiguous_prefix_lists_what_fits() {
    let world = World::new();
    let mut second = record('a', "two");
    let text = format!("{}b", "a".repeat(63));
    second.id = crate::types::ContainerId::try_from(text).expect("hex");
    world
        .store
        .create_container(&record('a', "one"), &[])
        .expect("first");
    world.store.create_container(&second, &[]).expect("second");
    let found = world.store.find_container("aaaa");
    assert!(matches!(found, Err(Error::Ambiguous { found, .. }) if found.len() == 2));
}

#[test]
fn the_monitors_lock_tells_whether_it_lives() {
    let world = World::new();
    let store = &world.store;
    store
        .create_container(&record('a', "web"), &[])
        .expect("made");
    assert!(!store.monitor_alive(&id('a')));
    let held = store.lock_monitor(&id('a')).expect("works").expect("free");
    assert!(store.monitor_alive(&id('a')));
    assert!(store.lock_monitor(&id('a')).expect("works").is_none());
    drop(held);
    // Other tests start programs: until they execute, they hold copies of every descriptor.
    let free = (0..6000).any(|_| {
        std::thread::sleep(Duration::from_millis(5));
        !store.monitor_alive(&id('a'))
    });
    assert!(free);
}

#[test]
fn what_nobody_refers_to_is_collected_and_what_is_leased_stays() {
    let world = World::new();
    let store = &world.store;
    let kept = store.put_blob(b"kept").expect("put");
    let lost = store.put_blob(b"lost").expect("put");
    let mut lease = store.lease().expect("lease");
    lease.blob(&kept).expect("write");
    let collected = store.collect().expect("collect");
    assert_eq!(collected.blobs, 1);
    assert!(store.find_blob(&lost).expect("reads").is_none());
    assert!(store.find_blob(&kept).expect("reads").is_some());
    drop(lease);
    assert_eq!(store.collect().expect("collect").blobs, 1);
}

#[test]
fn s_106_what_a_killed_command_left_is_swept() {
    let world = World::new();
    let store = &world.store;
    let staged = store.stage().expect("stage");
    let path = staged.path().to_owned();
    std::fs::create_dir_all(path.join("deep/er")).expect("fill");
    store.sweep().expect("sweep");
    assert!(path.exists(), "its owner lives");
    drop(staged);
    let other = store.tmp().join("stage-0000");
    std::fs::create_dir(&other).expect("a dead command's");
    store.sweep().expect("sweep");
    assert!(!other.exists());
    assert_eq!(
        std::fs::read_dir(store.tmp().join("trash"))
            .expect("there")
            .count(),
        0
    );
}

#[test]
fn a_layer_of_an_earlier_boot_that_never_reached_the_disk_is_dropped() {
    use crate::store::LayerFacts;
    use crate::types::{ChainId, DiffId, Timestamp};
    let world = World::new();
    let store = &world.store;
    let diff_id = DiffId(Digest::of(b"tar"));
    let chain = ChainId::chain(&[diff_id])[0];
    let facts = LayerFacts {
        diff_id,
        parent: None,
        size: 3,
        entries: 1,
        created: Timestamp::now(),
        bare_root: false,
    };
    let commit = || {
        let staged = store.stage().expect("stage");
        std::fs::create_dir(staged.path().join("diff")).expect("diff");
        staged.commit_layer(store, &chain, &facts).expect("commit")
    };
    let layer = commit();
    assert!(!layer.is_from(&diff_id.0));
    store.add_layer_blob(&chain, &diff_id.0).expect("add");
    assert!(layer.is_from(&diff_id.0));
    commit(); // a second one is no error
    assert_eq!(
        std::fs::read(layer.path.join("unsynced")).expect("mark"),
        machine::boot_id().as_bytes()
    );
    std::fs::write(layer.path.join("unsynced"), "another boot").expect("write");
    assert!(store.layer(&chain).expect("reads").is_none());
    let layer = commit();
    store.settle().expect("settle");
    assert!(!layer.path.join("unsynced").exists());
    assert!(store.layer(&chain).expect("reads").is_some());
}
