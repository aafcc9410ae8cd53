//! Seccomp programs: compiled once per profile, then read from the runtime directory.
//!
//! A program lies there behind its own digest. One that was cut or changed would be another
//! filter than the profile's, perhaps a weaker one: it is compiled again.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use oci_spec::runtime::Spec;

use crate::engine::{Engine, Error};
use crate::spec;
use crate::spec::seccomp::Arch;
use crate::sys::open::open_plain;
use crate::types::Digest;

/// bpf(2): at most 4096 instructions of 8 bytes, and the digest.
const MAX_CACHED: u64 = 4096 * 8 + 64;
/// Hex digits in front of the program.
const HEX: usize = 64;

impl Engine {
    /// Compiles the spec's seccomp filter, or finds the program made before.
    pub(crate) fn filter(&self, spec: &Spec, arch: Arch) -> Result<Vec<u8>, Error> {
        let Some(filter) = spec
            .linux()
            .as_ref()
            .and_then(|linux| linux.seccomp().as_ref())
        else {
            return Ok(Vec::new());
        };
        let key = spec::seccomp::cache_key(filter).hex();
        let cached = self.runtime_dir()?.join(format!("seccomp-{key}"));
        if let Some(program) = read(&cached) {
            return Ok(program);
        }
        let compiled = spec::seccomp::compile(filter, arch)?;
        if !compiled.unknown.is_empty() {
            self.warn(&format!(
                "the seccomp profile names unknown system calls: {}",
                compiled.unknown.join(", ")
            ));
        }
        let mut bytes = Digest::of(&compiled.program).hex().into_bytes();
        bytes.extend_from_slice(&compiled.program);
        let beside = cached.with_extension(std::process::id().to_string());
        let written = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&beside)
            .and_then(|mut file| file.write_all(&bytes));
        let kept = written.and_then(|()| fs::rename(&beside, &cached));
        if kept.is_err() {
            let _ = fs::remove_file(&beside); // it is compiled again next time
        }
        Ok(compiled.program)
    }
}

/// Reads a program that is as it was written.
fn read(cached: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = open_plain(cached).ok()?;
    file.take(MAX_CACHED).read_to_end(&mut bytes).ok()?;
    let (digest, program) = bytes.split_at_checked(HEX)?;
    let whole = Digest::of(program).hex().as_bytes() == digest;
    (whole && !program.is_empty()).then(|| program.to_owned())
}
