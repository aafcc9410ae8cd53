//! Containers and images made up for tests of what is shown.

use std::collections::BTreeMap;

use serde_json::json;

use crate::engine::{Container, Image};
use crate::types::container::{NetworkState, ProcessStamp};
use crate::types::request::{MountSource, PortMapping, Protocol};
use crate::types::{
    ContainerId, ContainerName, ContainerRecord, Digest, ExitRecord, ImageId, RunRecord,
    RunRequest, Status, Timestamp,
};

/// The moment the samples are looked at.
pub const NOW: Timestamp = Timestamp(1_700_000_000 * SECOND);
pub const SECOND: i128 = 1_000_000_000;

/// A container named `web`, made an hour ago, that has not run yet.
pub fn created() -> Container {
    let request = RunRequest {
        image: "tiny".to_owned(),
        command: vec!["sleep".to_owned(), "100".to_owned()],
        tty: true,
        create_command: vec!["coracle".to_owned(), "run".to_owned()],
        ..RunRequest::default()
    };
    let port = PortMapping {
        host_ip: None,
        host_port: 8080,
        container_port: 80,
        range: 1,
        protocol: Protocol::Tcp,
    };
    let mut mount = crate::cli::run::volume::plain(MountSource::Volume("vol".into()), "/data")
        .expect("a sound target");
    mount.read_only = true;
    Container {
        health: None,
        exec_ids: Vec::new(),
        record: ContainerRecord {
            health: None,
            id: ContainerId::from_random([0xab; 32]),
            name: ContainerName::parse("web").expect("a name"),
            created: Timestamp(NOW.0 - 3600 * SECOND),
            image_id: Some(ImageId(Digest::of(b"config"))),
            image_name: "localhost/tiny:latest".to_owned(),
            platform: None,
            image_digest: Digest::of(b"manifest").to_string(),
            machine_id: String::new(),
            request,
            argv: ["/bin/init", "sleep", "100"].map(str::to_owned).to_vec(),
            env: vec!["A=b".to_owned()],
            workdir: "/".to_owned(),
            user: String::new(),
            hostname: "abababababab".to_owned(),
            labels: BTreeMap::from([("role".to_owned(), "web".to_owned())]),
            stop_signal: 15,
            layers: Vec::new(),
            mounts: vec![mount],
            anonymous_volumes: Vec::new(),
            ports: vec![port],
            ids: None,
            runtime_word: None,
            runtime: None,
            secrets: Vec::new(),
        },
        status: Status::Created,
        run: None,
        exit: None,
        stopped_by_user: false,
        foreign: false,
        directory: "/store/containers/ab".into(),
        log_path: "/store/containers/ab/log".into(),
    }
}

/// The same, running for two minutes.
pub fn running() -> Container {
    let stamp = |pid| ProcessStamp { pid, start_time: 1 };
    Container {
        status: Status::Running,
        run: Some(RunRecord {
            boot_id: String::new(),
            started: Timestamp(NOW.0 - 120 * SECOND),
            monitor: stamp(41),
            init: stamp(42),
            network_helper: None,
            runtime_dir: "/run/user/1000/coracle/ab".into(),
            ports: Vec::new(),
            held: None,
            cgroup: None,
            restarts: 0,
            network: NetworkState {
                mode: "pasta".to_owned(),
                addresses: vec!["10.0.2.15/24".to_owned(), "fd00::15/64".to_owned()],
                gateway: Some("10.0.2.2".to_owned()),
                ..NetworkState::default()
            },
        }),
        ..created()
    }
}

/// The same, ended by SIGKILL a minute ago.
pub fn exited() -> Container {
    Container {
        status: Status::Exited,
        exit: Some(ExitRecord {
            code: 137,
            signal: 9,
            finished: Timestamp(NOW.0 - 60 * SECOND),
            oom_killed: true,
            log_lost: 0,
            known: true,
            error: String::new(),
        }),
        ..running()
    }
}

/// The image all of them were made of.
pub fn image() -> Image {
    let config = json!({
        "architecture": "amd64", "os": "linux", "created": "2023-11-14T20:13:20Z",
        "config": {"Entrypoint": ["/bin/init"], "Cmd": ["sh"], "Labels": {"x": "y"}},
        "rootfs": {"type": "layers", "diff_ids": [Digest::of(b"layer").to_string()]},
        "history": [{"created_by": "made up", "comment": "for tests"}],
    });
    let descriptor = json!({
        "mediaType": "application/vnd.oci.image.config.v1+json",
        "digest": Digest::of(b"config").to_string(), "size": 6,
    });
    let manifest = json!({"schemaVersion": 2, "config": descriptor, "layers": []});
    Image {
        id: ImageId(Digest::of(b"config")),
        names: vec!["localhost/tiny:latest".to_owned()],
        manifest_digest: Digest::of(b"manifest"),
        manifest_type: "application/vnd.oci.image.manifest.v1+json".to_owned(),
        manifest: serde_json::from_value(manifest).expect("a manifest"),
        config: serde_json::from_value(config).expect("a config"),
        raw_config: b"config".to_vec(),
        read_only: None,
        size: 1_987_705,
        documents: 0,
        pulled: NOW,
        top_layer: None,
        listed: false,
    }
}
