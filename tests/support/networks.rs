//! What the tests of named networks share: worlds with netavark, containers on networks, and the
//! namespace of all of them.

use std::path::{Path, PathBuf};

use super::world::Done;
use super::{PATIENCE, World, images, skip, wait_until};

/// A busybox that serves a page.
pub const SERVE: &str = "echo served >/index.html; exec httpd -f -h / -p 80";

/// A world with the image `tiny`, where netavark is.
pub fn world() -> Option<World> {
    let there = ["/usr/lib/podman", "/usr/libexec/podman"]
        .iter()
        .any(|folder| Path::new(folder).join("netavark").exists());
    if !there {
        skip("no netavark");
        return None;
    }
    if !images::have_tiny() || !super::have_subordinate_ids() {
        return None;
    }
    Some(World::with_image("tiny"))
}

/// The same with programs that look up names: those of a static busybox cannot.
pub fn world_of_debian() -> Option<World> {
    let world = world()?;
    let layout = images::debian("debian")?;
    let id = world.ok(["pull", "-q", &layout]);
    world.ok(["tag", &id, "debian"]);
    Some(world)
}

/// Starts a container on networks that serves a page.
pub fn serve(world: &World, name: &str, more: &[&str]) {
    let mut words = vec!["run", "-d", "--name", name];
    words.extend(more);
    words.extend(["tiny", "sh", "-c", SERVE]);
    world.ok(words);
}

/// Asks for the page with what every Debian has.
pub fn fetch(world: &World, from: &str, host: &str) -> Done {
    let script = format!(
        "exec 3<>/dev/tcp/{host}/80 && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && tail -1 <&3"
    );
    world.coracle(["exec", from, "timeout", "10", "bash", "-c", &script])
}

/// Waits until the page is there: the server may have just begun.
pub fn fetch_soon(world: &World, from: &str, host: &str) {
    let what = format!("{from} has the page of {host}");
    wait_until(&what, PATIENCE, || {
        fetch(world, from, host).stdout == "served\n"
    });
}

/// Starts a container on networks that does nothing.
pub fn rest(world: &World, name: &str, more: &[&str]) {
    let mut words = vec!["run", "-d", "--name", name];
    words.extend(more);
    words.extend(["debian", "sleep", "1000"]);
    world.ok(words);
}

/// A field of a container's place on a network.
pub fn on(world: &World, container: &str, network: &str, field: &str) -> String {
    let format = format!("{{{{(index .NetworkSettings.Networks \"{network}\").{field}}}}}");
    world.inspect(container, &format)
}

/// A file of the runtime directory, by its name.
pub fn runtime_file(world: &World, name: &str) -> Option<PathBuf> {
    let mut folders = vec![world.root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name() == name {
                return Some(entry.path());
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            }
        }
    }
    None
}

/// The processes of the namespace that bridges are in.
pub fn shared_processes(world: &World) -> Vec<i32> {
    let record = runtime_file(world, "network.json").expect("somebody is on a network");
    let text = std::fs::read_to_string(record).unwrap_or_default();
    let record: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let pids = [&record["holder"]["pid"], &record["uplink"]["pid"]];
    pids.iter()
        .filter_map(|pid| Some(pid.as_i64()? as i32))
        .collect()
}

/// Every process whose network namespace is the shared one: name servers, too.
pub fn inhabitants(world: &World) -> Vec<i32> {
    let namespace = |pid: i32| std::fs::read_link(format!("/proc/{pid}/ns/net")).ok();
    let mut all = shared_processes(world);
    let wanted = all.first().and_then(|pid| namespace(*pid));
    for entry in std::fs::read_dir("/proc").expect("/proc").flatten() {
        let pid = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok());
        let lives_there = |pid: &i32| wanted.is_some() && namespace(*pid) == wanted;
        all.extend(pid.filter(lives_there));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Waits until these processes have ended and no address is taken.
pub fn assert_nothing_is_left(world: &World, processes: &[i32]) {
    assert!(!processes.is_empty());
    for pid in processes {
        let gone = || {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            stat.is_empty() || stat.contains(") Z ")
        };
        wait_until("it ends", PATIENCE, gone);
    }
    wait_until("no lease is left", PATIENCE, || {
        runtime_file(world, "networks.json").is_none()
    });
}
