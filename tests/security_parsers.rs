//! Every parser of strangers' bytes and of users' words answers everything: row S-118.
//!
//! A second each, or `CORACLE_FUZZ_SECONDS`; see `src/types/mutate.rs`. Parsers that only their room knows are tried
//! there: headers of registries (`registry::auth`), tar headers and PAX records (`layer::pax`), lines of logs
//! (`monitor::log`), subordinate ids (`userns::subid`).

#[path = "../src/types/mutate.rs"]
mod mutate;

use std::io::Read;
use std::path::Path;

use coracle::build;
use coracle::cli::run::{device, env, ids, limits, mount, port, volume};
use coracle::cli::words::{boolean, duration, keys, signal, size};
use coracle::config::Environment;
use coracle::config::registries::Registries;
use coracle::guest::wire_attach;
use coracle::layer::decompress;
use coracle::layer::reader::Reader;
use coracle::registry::manifest;
use coracle::spec::{seccomp, user};
use coracle::types::reference::Typed;
use coracle::types::{
    ContainerName, Digest, ExitRecord, ImageConfig, Platform, Reference, Timestamp, strict,
};

use mutate::{corpus, survives};

/// A parser of text: what is no text never reaches it.
fn text(parse: impl Fn(&str)) -> impl Fn(&[u8]) {
    move |bytes| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            parse(text);
        }
    }
}

#[test]
fn s_118_references_digests_and_names() {
    survives(
        "references",
        &corpus("references"),
        text(|text| {
            if let Ok(reference) = Reference::parse(text) {
                let again =
                    Reference::parse(&reference.to_string()).expect("what is printed can be read");
                assert_eq!(again, reference);
            }
            if let Ok(typed) = Typed::parse(text) {
                let _ = typed
                    .in_registry("localhost")
                    .with_default_tag()
                    .to_string();
            }
            let _ = (
                Digest::parse(text),
                Digest::parse_hex(text),
                ContainerName::parse_new(text),
            );
            let _ = Platform::parse(text);
        }),
    );
}

#[test]
fn s_118_volumes_mounts_and_devices() {
    survives(
        "volumes",
        &corpus("volumes"),
        text(|text| {
            // Nothing is looked up: no source lies here.
            let here = Path::new("/nonexistent");
            let _ = volume::parse(text, here);
            let _ = volume::from_source(text, here);
            let _ = volume::checked_target(text);
            // Globs look at the host's files.
            if !text.contains("glob") {
                let _ = mount::parse(text, here);
            }
            let _ = device::parse(text);
            let _ = (device::is_cdi(text), device::gpu(text));
        }),
    );
}

#[test]
fn s_118_ports() {
    survives(
        "ports",
        &corpus("ports"),
        text(|text| {
            let _ = port::parse(text);
        }),
    );
}

#[test]
fn s_118_words_of_the_command_line() {
    let now = Timestamp::now();
    survives(
        "words",
        &corpus("words"),
        text(|text| {
            let _ = (
                duration::parse(text).map(duration::print),
                duration::moment(text, now),
            );
            let _ = duration::moment_ahead(text, now);
            let _ = (
                size::parse(text),
                size::parse_decimal(text),
                boolean::parse(text),
            );
            let _ = (signal::parse(text), keys::check(text));
            let _ = (
                limits::ulimit(text),
                limits::umask(text),
                limits::sysctl(text),
                limits::restart(text),
            );
            let _ = (
                ids::userns(text),
                ids::word(text),
                env::label(text),
                env::merge(text),
            );
            let _ = (Timestamp::parse(text), Timestamp::parse_local(text));
            let _ = coracle::monitor::keys::Keys::parse(text);
        }),
    );
}

#[test]
fn s_118_account_files() {
    let lines = corpus("passwd");
    let whole = vec![lines.join(&b'\n'), lines[..3].join(&b'\n')];
    survives("passwd", &[lines, whole].concat(), |bytes| {
        let accounts = user::Accounts {
            passwd: Some(bytes),
            group: Some(bytes),
        };
        for word in ["", "root", "1000", "app:docker", "4294967295", "0:0"] {
            let _ = user::resolve(word, &["adm".to_owned(), "7".to_owned()], accounts);
        }
        let word = String::from_utf8_lossy(bytes);
        let _ = user::resolve(word.lines().next().unwrap_or_default(), &[], accounts);
        let _ = user::ids_needed(accounts);
    });
}

#[test]
fn s_118_json_documents() {
    survives("json", &corpus("json"), |bytes| {
        let _ = strict::parse::<ImageConfig>(bytes);
        let _ = strict::parse::<serde_json::Value>(bytes);
        let _ = manifest::read(bytes, None);
        let _ = manifest::read(bytes, Some("application/vnd.oci.image.index.v1+json"));
    });
}

#[test]
fn s_118_seccomp_profiles() {
    let arch = seccomp::Arch::native();
    survives("profiles", &corpus("json"), |bytes| {
        let profile = seccomp::Profile::parse(bytes, Path::new("profile.json"));
        let _ = (profile.map(|profile| format!("{profile:?}")), &arch);
    });
}

fn tars() -> Vec<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut add = |name: &str, kind: tar::EntryType, content: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_mode(0o644);
        header.set_size(content.len() as u64);
        tar.append_data(&mut header, name, content).expect("memory");
    };
    add("dir", tar::EntryType::Directory, b"");
    add("dir/file", tar::EntryType::Regular, b"content");
    add(&"long/".repeat(60), tar::EntryType::Directory, b"");
    add("dir/fifo", tar::EntryType::Fifo, b"");
    add(
        "pax",
        tar::EntryType::XHeader,
        b"20 path=some/where/\n28 SCHILY.xattr.user.a=value\n17 GNU.sparse.a=1\n",
    );
    add("after", tar::EntryType::Regular, &[7; 700]);
    let whole = tar.into_inner().expect("memory");
    vec![
        whole.clone(),
        whole[..whole.len() / 2].to_vec(),
        whole[1536..].to_vec(),
    ]
}

/// Reads an archive as a layer is read; 1 MiB of it.
fn read_tar(input: impl Read) {
    let mut reader = Reader::new(input, std::io::sink(), 1 << 20);
    while let Ok(Some(_)) = reader.next_entry() {
        while matches!(reader.content(), Ok(piece) if !piece.is_empty()) {}
    }
}

#[test]
fn s_118_archives() {
    survives("archives", &tars(), |bytes| {
        read_tar(bytes);
        // With the right sums the rest is looked at, too.
        let mut bytes = bytes.to_vec();
        for block in bytes
            .chunks_exact_mut(512)
            .filter(|block| &block[257..262] == b"ustar")
        {
            block[148..156].copy_from_slice(b"        ");
            let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
            block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        }
        read_tar(&bytes[..]);
    });
}

#[test]
fn s_118_compressed_streams() {
    let mut streams = Vec::new();
    for tar in tars() {
        let mut gzip = Vec::new();
        let fast = flate2::Compression::fast();
        flate2::read::GzEncoder::new(&tar[..], fast)
            .read_to_end(&mut gzip)
            .expect("memory");
        streams.push([gzip.clone(), gzip.clone()].concat());
        streams.push(gzip);
        streams.push(zstd::encode_all(&tar[..], 1).expect("memory"));
    }
    survives("streams", &streams, |bytes| {
        if let Ok(stream) = decompress::open(bytes, None) {
            read_tar(stream.take(1 << 20));
        }
    });
}

#[test]
fn s_118_the_monitors_protocol() {
    let messages = vec![
        vec![wire_attach::ATTACH, wire_attach::VERSION, 7],
        wire_attach::resize(24, 80).to_vec(),
        wire_attach::checks(1000, 0).to_vec(),
        vec![wire_attach::STDIN_END],
        vec![wire_attach::DETACH],
        b"x0 1 exited".to_vec(),
    ];
    survives("messages", &messages, |bytes| {
        let _ = wire_attach::parse_request(bytes);
        let _ = ExitRecord::parse(&String::from_utf8_lossy(bytes));
    });
    survives(
        "exit records",
        &corpus("log"),
        text(|text| drop(ExitRecord::parse(text))),
    );
}

#[test]
fn s_118_configuration_files() {
    let root = std::env::temp_dir().join(format!("coracle-toml-{}", std::process::id()));
    let folder = root.join("etc/containers");
    std::fs::create_dir_all(&folder).expect("made");
    // A line of the corpus is a file; its own lines are written as in C.
    let files: Vec<Vec<u8>> = corpus("toml")
        .iter()
        .map(|line| {
            String::from_utf8_lossy(line)
                .replace("\\n", "\n")
                .into_bytes()
        })
        .collect();
    survives("toml", &files, |bytes| {
        for name in ["registries.conf", "containers.conf"] {
            std::fs::write(folder.join(name), bytes).expect("written");
        }
        let environment = Environment::of(&[("HOME", "/nonexistent")], &root);
        if let Ok(registries) = Registries::load(&environment) {
            let _ = registries.search();
        }
        let _ = coracle::config::settings::complete(Default::default(), &environment);
    });
    std::fs::remove_dir_all(&root).expect("removed");
}

#[test]
fn s_118_containerfiles() {
    // As above: a line of the corpus is a file.
    let files: Vec<Vec<u8>> = corpus("containerfiles")
        .iter()
        .map(|line| {
            let text = String::from_utf8_lossy(line);
            text.replace("\\n", "\n").replace("\\t", "\t").into_bytes()
        })
        .collect();
    let platforms = build::Platforms {
        build: Platform::host(),
        target: Platform::host(),
    };
    survives("containerfiles", &files, |bytes| {
        let Ok(file) = build::Containerfile::parse("Containerfile", bytes) else {
            return;
        };
        let Ok(arguments) = file.arguments(Default::default(), &platforms, None) else {
            return;
        };
        if let Ok(graph) = file.graph(&arguments, &Default::default(), None) {
            let _ = graph.needed();
        }
        for stage in &file.stages {
            let mut scope = build::Scope::of_image(&arguments, &["HOME=/root".to_owned()]);
            for instruction in &stage.instructions {
                if let Err(error) = scope.step(instruction) {
                    let _ = (error.to_string(), error.hint());
                }
                if let build::Kind::OnBuild(text) = &instruction.kind {
                    let _ = file.trigger(stage, text);
                }
            }
        }
    });
}

#[test]
fn s_118_ignore_files_globs_and_addresses() {
    survives("globs", &corpus("globs"), |bytes| {
        if let Ok(ignore) = build::Ignore::parse(".dockerignore", bytes) {
            for path in ["a/b/c.txt", "a", "", "/", "..", "a//b"] {
                let _ = (ignore.ignores(path), ignore.may_take_back_below(path));
            }
        }
        let text = String::from_utf8_lossy(bytes);
        for depth in [build::Depth::Flat, build::Depth::Deep] {
            if let Ok(glob) = build::Glob::parse(&text, depth) {
                let _ = (glob.matches("a/b/c.txt"), glob.matches(&text), glob.root());
            }
        }
        let _ = build::Address::parse(&text);
        if let Ok(mode) = build::Chmod::parse(&text) {
            assert!(mode.apply(0o644, false) <= 0o7777);
        }
    });
}

/// A sum that overflows in a release ends the command instead of going on with another number.
#[test]
fn s_118_overflow_is_checked_in_releases() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let text = std::fs::read_to_string(manifest).expect("ours");
    let (_, release) = text.split_once("[profile.release]").expect("a section");
    let release = release.split("\n[").next().unwrap_or_default();
    for line in ["overflow-checks = true", "panic = \"abort\""] {
        assert!(release.lines().any(|one| one == line), "{line}: {release}");
    }
}
