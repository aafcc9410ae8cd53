//! Whole specs, compared with the files in tests/golden/spec.
//!
//! `UPDATE=1 cargo test --lib spec::tests` writes them anew; review the difference like code.

use std::path::{Path, PathBuf};

use crate::spec::seccomp::{Arch, Profile};
use crate::spec::user::Resolved;
use crate::spec::{
    CgroupView, Error, ExecInput, Extent, Generated, Ids, Input, Machine, Namespace, exec_process,
    make, merge, to_json,
};
use crate::types::container::{ContainerId, ContainerName, ContainerRecord};
use crate::types::image::ContainerConfig;
use crate::types::request::{
    Device, Devpts, ExecRequest, ImageTree, Mount, MountSource, Personality, RunRequest, Seccomp,
    Security, Tmpfs, Ulimit,
};
use crate::types::{Digest, ImageConfig, ImageId, Timestamp};

/// A world in which one thing at a time is changed.
struct Case {
    request: RunRequest,
    user: Resolved,
    ids: Ids,
    single_id: bool,
    host_root: bool,
    namespaces: [Namespace; 5],
    cgroup_view: CgroupView,
    profile: Option<Profile>,
    selinux: bool,
}

impl Case {
    fn new() -> Self {
        let map = vec![extent(0, 0, 1), extent(1, 1, 65_536)];
        Self {
            request: RunRequest {
                command: vec!["sh".into(), "-c".into(), "true".into()],
                read_only_tmpfs: true,
                ..RunRequest::default()
            },
            user: Resolved {
                uid: 0,
                gid: 0,
                groups: vec![0],
                home: "/root".into(),
                name: Some("root".into()),
            },
            ids: Ids {
                uid: map.clone(),
                gid: map,
            },
            single_id: false,
            host_root: false,
            namespaces: std::array::from_fn(|_| Namespace::Private),
            cgroup_view: CgroupView::Fresh,
            profile: None,
            selinux: false,
        }
    }

    fn record(&self) -> ContainerRecord {
        let image = ImageConfig {
            config: ContainerConfig {
                env: Some(vec!["LANG=C.UTF-8".into()]),
                working_dir: Some("/srv".into()),
                ..ContainerConfig::default()
            },
            ..ImageConfig::default()
        };
        let merged = merge(&self.request, &image).expect("a valid request");
        ContainerRecord {
            health: None,
            id: ContainerId::from_random([0xc0; 32]),
            name: ContainerName::parse("golden").expect("a name"),
            created: Timestamp(0),
            image_id: Some(ImageId(Digest::of(b"image"))),
            image_name: "localhost/tiny:latest".into(),
            platform: None,
            image_digest: Digest::of(b"manifest").to_string(),
            machine_id: "m".into(),
            request: self.request.clone(),
            argv: merged.argv,
            env: merged.env,
            workdir: merged.workdir,
            user: merged.user,
            hostname: "c0c0c0c0c0c0".into(),
            labels: merged.labels,
            stop_signal: merged.stop_signal,
            layers: vec![],
            mounts: self.request.mounts.clone(),
            anonymous_volumes: vec![],
            ports: vec![],
            ids: None,
            runtime_word: None,
            runtime: None,
            secrets: Vec::new(),
        }
    }

    fn json(&self) -> Result<serde_json::Value, Error> {
        let record = self.record();
        let [network, pid, ipc, uts, cgroup] = self.namespaces.clone();
        let volume = |name: &str| -> Option<PathBuf> {
            (name != "lost").then(|| Path::new("/store/volumes").join(name))
        };
        let layer = |hex: &str| Some(Path::new("/store/layers").join(hex));
        let scratch = |target: &str| Path::new("/store/scratch").join(&target[1..]);
        let init = record.request.init.then(|| Path::new("/store/init"));
        let spec = make(&Input {
            record: &record,
            user: &self.user,
            ids: &self.ids,
            single_id: self.single_id,
            host_root: self.host_root,
            rootfs: Path::new("/bundle/rootfs"),
            generated: Generated {
                resolv_conf: Some(Path::new("/bundle/resolv.conf")),
                hosts: Some(Path::new("/bundle/hosts")),
                hostname: Some(Path::new("/bundle/hostname")),
                localtime: None,
                passwd: None,
                group: None,
                secrets: &[],
                containerenv: Some(Path::new("/bundle/containerenv")),
            },
            user_namespace: Namespace::Private,
            network,
            pid,
            ipc,
            uts,
            cgroup,
            cgroup_view: self.cgroup_view,
            shm: None,
            init,
            layer: &layer,
            scratch: &scratch,
            blob: &|_| None,
            volume: &volume,
            profile: self.profile.as_ref(),
            machine: Machine {
                kernel: (6, 1),
                last_capability: 40,
                thermal_cpus: &[0, 1],
                arch: Arch::X86_64,
                selinux: self.selinux,
            },
        })?;
        Ok(serde_json::from_slice(&to_json(&spec)).expect("what was written"))
    }
}

fn extent(inside: u32, outside: u32, count: u32) -> Extent {
    Extent {
        inside,
        outside,
        count,
    }
}

fn mount(source: MountSource, target: &str) -> Mount {
    Mount {
        source,
        target: target.into(),
        ..Mount::default()
    }
}

fn bind(source: &str, target: &str) -> Mount {
    mount(MountSource::Bind(source.into()), target)
}

fn golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden/spec")
        .join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        std::fs::write(&path, text).expect("writable");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{name} differs; UPDATE=1 rewrites it\n{text}");
}

fn pretty(value: &serde_json::Value) -> String {
    serde_json::to_string_pretty(value).expect("a value") + "\n"
}

/// The filter is the same in most cases: its size stands for it.
fn without_filter(mut value: serde_json::Value) -> serde_json::Value {
    if let Some(filter) = value.pointer_mut("/linux/seccomp") {
        let rules = filter["syscalls"].as_array().map_or(0, Vec::len);
        *filter = format!("{rules} rules").into();
    }
    value
}

fn check(name: &str, case: &Case) {
    let value = case.json().expect(name);
    golden(&format!("{name}.json"), &pretty(&without_filter(value)));
}

#[test]
fn a_plain_container() {
    check("plain", &Case::new());
}

#[test]
fn the_default_filter() {
    let value = Case::new().json().expect("plain");
    // One rule a line: as data, it is read in columns.
    let filter = &value["linux"]["seccomp"];
    let mut text = format!("{} {}\n", filter["defaultAction"], filter["architectures"]);
    for rule in filter["syscalls"].as_array().expect("rules") {
        let mut rule = rule.clone();
        let mut names: Vec<String> = rule["names"]
            .as_array()
            .expect("names")
            .iter()
            .map(|name| name.as_str().expect("text").to_owned())
            .collect();
        names.sort();
        rule["names"] = names.join(" ").into();
        text.push_str(&format!("{rule}\n"));
    }
    golden("filter.txt", &text);
}

#[test]
fn a_container_with_everything_asked_for() {
    let mut case = Case::new();
    case.user = Resolved {
        uid: 1000,
        gid: 1000,
        groups: vec![27, 1000],
        home: "/home/app".into(),
        name: Some("app".into()),
    };
    let request = &mut case.request;
    request.tty = true;
    request.env = vec![("EDITOR".into(), "vi".into()), ("LANG".into(), "C".into())];
    request.workdir = Some("work/../here".into());
    request.cap_add = vec!["NET_RAW".into()];
    request.cap_drop = vec!["CHOWN".into()];
    request.umask = Some(0o077);
    request.oom_score_adj = Some(500);
    request.shm_size = Some(1 << 20);
    request.security = Security {
        no_new_privileges: true,
        mask: vec!["/proc/cpuinfo".into()],
        unmask: vec!["/proc/acpi:/sys/*".into()],
        ..Security::default()
    };
    let limit = |name: &str, soft, hard| Ulimit {
        name: name.into(),
        soft,
        hard,
    };
    request.ulimits = vec![
        limit("nofile", 1, 2),
        limit("core", 0, u64::MAX),
        limit("nofile", 64, 128),
    ];
    request.sysctls = [
        (
            "net.ipv4.ip_unprivileged_port_start".to_owned(),
            "0".to_owned(),
        ),
        ("kernel.shmmax".to_owned(), "65536".to_owned()),
    ]
    .into();
    request.annotations = [("run.note".to_owned(), "x".to_owned())].into();
    request.devices = vec![Device {
        host: "/dev/fuse".into(),
        container: "/dev/fuse".into(),
        access: "r".into(),
    }];
    let tmpfs = MountSource::Tmpfs(Tmpfs {
        size: Some(4096),
        mode: Some(0o700),
        empty: true,
        ..Tmpfs::default()
    });
    let image = |layers: &[&str], writable| {
        MountSource::Image(ImageTree {
            image: "tools".into(),
            writable,
            layers: layers.iter().map(|layer| (*layer).to_owned()).collect(),
        })
    };
    request.init = true;
    request.domain_name = Some("example".into());
    request.personality = Some(Personality::Linux32);
    request.chroot_dirs = vec!["/jail".into()];
    request.security.proc_options = vec!["hidepid=2".into()];
    request.mounts = vec![
        bind("/home/me/deep", "/a/b/c/"),
        Mount {
            read_only: true,
            propagation: Some("rslave".into()),
            no_exec: true,
            ..bind("/home/me", "/a")
        },
        mount(MountSource::Volume("data".into()), "/a/b"),
        Mount {
            subpath: Some("some/part".into()),
            ..mount(MountSource::Volume("data".into()), "/part")
        },
        mount(image(&["a:1", "b"], true), "/tools"),
        Mount {
            read_only: true,
            subpath: Some("usr".into()),
            ..mount(image(&["a:1", "b"], false), "/tools/usr")
        },
        Mount {
            read_only: true,
            ..mount(image(&["b"], false), "/single")
        },
        mount(MountSource::Devpts(Devpts::default()), "/terminals"),
        mount(
            MountSource::Tmpfs(Tmpfs {
                ramfs: true,
                ..Tmpfs::default()
            }),
            "/ram",
        ),
        mount(tmpfs, "/scratch"),
        bind("/dev/net/tun", "/dev/net/tun"),
        Mount {
            non_recursive: true,
            ..bind("/home/me/hosts", "/etc/hosts")
        },
    ];
    check("everything", &case);
}

#[test]
fn one_more_process() {
    let mut case = Case::new();
    case.request.cap_drop = vec!["CHOWN".into()];
    let record = case.record();
    let mut request = ExecRequest {
        command: vec!["id".into()],
        env: vec![("A".into(), "1".into())],
        tty: true,
        ..ExecRequest::default()
    };
    let exec = |request: &ExecRequest, user: &Resolved| {
        let process = exec_process(&ExecInput {
            record: &record,
            request,
            user,
            ids: &case.ids,
            single_id: false,
            last_capability: 40,
        })
        .expect("valid");
        let mut spec = oci_spec::runtime::Spec::default();
        spec.set_process(Some(process));
        let json: serde_json::Value =
            serde_json::from_slice(&to_json(&spec)).expect("what was written");
        pretty(&json["process"])
    };
    let app = Resolved {
        uid: 1000,
        ..case.user.clone()
    };
    let usual = exec(&request, &case.user);
    request.privileged = true;
    request.workdir = Some("/tmp/../etc".into());
    let texts = [usual, exec(&request, &case.user), exec(&request, &app)];
    golden("exec.json", &texts.join("\n"));
}

#[test]
fn a_privileged_container() {
    let mut case = Case::new();
    case.request.privileged = true;
    check("privileged", &case);
    case.host_root = true;
    assert_eq!(case.json(), Err(Error::PrivilegedHostRoot));
}

#[test]
fn a_read_only_container() {
    let mut case = Case::new();
    case.request.read_only = true;
    check("read-only", &case);
    case.request.read_only_tmpfs = false;
    check("read-only-without-tmpfs", &case);
}

#[test]
fn a_container_in_the_hosts_namespaces() {
    let mut case = Case::new();
    case.namespaces = std::array::from_fn(|_| Namespace::Host);
    case.cgroup_view = CgroupView::Omitted;
    check("host", &case);
}

#[test]
fn a_container_in_anothers_namespaces() {
    let mut case = Case::new();
    for (kind, namespace) in ["net", "pid", "ipc", "uts"]
        .iter()
        .zip(&mut case.namespaces)
    {
        *namespace = Namespace::Join(format!("/proc/7/ns/{kind}").into());
    }
    check("joined", &case);
}

#[test]
fn a_container_with_a_single_id() {
    let mut case = Case::new();
    let map = vec![extent(0, 0, 1)];
    case.ids = Ids {
        uid: map.clone(),
        gid: map,
    };
    case.single_id = true;
    check("single-id", &case);
    case.request.security.seccomp = Seccomp::Unconfined;
    let value = case.json().expect("unconfined");
    assert_eq!(value["linux"]["seccomp"]["defaultAction"], "SCMP_ACT_ALLOW");
}

#[test]
fn a_profile_replaces_the_default_filter() {
    let mut case = Case::new();
    let text = br#"{"defaultAction":"SCMP_ACT_ALLOW","syscalls":[{"names":["mkdir"],"action":"SCMP_ACT_ERRNO"}]}"#;
    let path = PathBuf::from("p.json");
    case.profile = Some(Profile::parse(text, &path).expect("valid"));
    case.request.security.seccomp = Seccomp::Profile(path);
    let value = case.json().expect("valid");
    let names = value.pointer("/linux/seccomp/syscalls/0/names/0");
    assert_eq!(names, Some(&"mkdir".into()));
    case.profile = None;
    case.request.security.seccomp = Seccomp::Unconfined;
    let value = case.json().expect("valid");
    assert_eq!(value.pointer("/linux/seccomp"), None);
}

#[test]
fn what_cannot_be_given_is_refused_by_name() {
    let refused = |change: &dyn Fn(&mut Case)| {
        let mut case = Case::new();
        change(&mut case);
        match case.json() {
            Ok(_) => "made".to_owned(),
            Err(error) => error.to_string(),
        }
    };
    let sysctl = |key: &'static str, value: &'static str| {
        move |case: &mut Case| {
            case.request.sysctls = [(key.to_owned(), value.to_owned())].into();
        }
    };
    let target = |target: &'static str| {
        move |case: &mut Case| case.request.mounts = vec![bind("/x", target)]
    };
    let cases: Vec<(&str, String)> = vec![
        (
            "core_pattern",
            refused(&sysctl("kernel.core_pattern", "|x")),
        ),
        ("plus", refused(&sysctl("a", "b+kernel.x=y"))),
        ("slash", refused(&sysctl("net/../kernel/x", "1"))),
        ("dots", refused(&sysctl("net..x", "1"))),
        ("newline", refused(&sysctl("net.ipv4.x", "1\n2"))),
        (
            "host net",
            refused(&|case| {
                case.namespaces[0] = Namespace::Host;
                sysctl("net.ipv4.ip_forward", "1")(case);
            }),
        ),
        ("proc", refused(&target("/proc/self"))),
        ("root", refused(&target("/"))),
        (
            "twice",
            refused(&|case| {
                case.request.mounts = vec![bind("/x", "/a"), bind("/y", "/a/")];
            }),
        ),
        (
            "lost volume",
            refused(&|case| {
                case.request.mounts = vec![mount(MountSource::Volume("lost".into()), "/a")];
            }),
        ),
        ("uid", refused(&|case| case.user.uid = 70_000)),
        ("gid", refused(&|case| case.user.gid = 70_000)),
        ("group", refused(&|case| case.user.groups = vec![0, 70_000])),
        (
            "capability",
            refused(&|case| case.request.cap_add = vec!["SYS_\x1b".into()]),
        ),
        (
            "apparmor",
            refused(&|case| {
                case.request.security.apparmor = Some("docker-default".into());
            }),
        ),
        (
            "label",
            refused(&|case| {
                case.selinux = true;
                case.request.security.labels = vec!["disable".into(), "type:spc_t".into()];
            }),
        ),
        (
            "ulimit",
            refused(&|case| {
                case.request.ulimits = vec![Ulimit {
                    name: "wings".into(),
                    soft: 1,
                    hard: 1,
                }];
            }),
        ),
        (
            "soft above hard",
            refused(&|case| {
                case.request.ulimits = vec![Ulimit {
                    name: "nofile".into(),
                    soft: 2,
                    hard: 1,
                }];
            }),
        ),
    ];
    let text: String = cases
        .iter()
        .map(|(name, message)| format!("{name}: {message}\n"))
        .collect();
    golden("refused.txt", &text);
}
