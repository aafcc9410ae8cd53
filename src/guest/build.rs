//! Cargo's build script: compiles the guest programs with the same toolchain.
//!
//! They are single-file crates without a standard library, so plain rustc suffices;
//! the results are embedded by `guest/mod.rs`.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=src/guest");
    for program in ["monitor", "hello", "init"] {
        compile(program);
    }
    compile_probe();
}

/// The tests' `probe`: a static program with the standard library, found by the tests in OUT_DIR.
///
/// An empty file where it cannot be made (no static libc): its tests skip, the build goes on.
fn compile_probe() {
    const SOURCE: &str = "tests/support/probe/main.rs";
    println!("cargo::rerun-if-changed={SOURCE}");
    let rustc = std::env::var_os("RUSTC").expect("cargo sets RUSTC");
    let target = std::env::var("TARGET").expect("cargo sets TARGET");
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let program = Path::new(&out).join("probe");
    let made = Command::new(rustc)
        .args([
            "--edition",
            "2024",
            "--crate-name",
            "probe",
            "--target",
            &target,
        ])
        .args(["-C", "target-feature=+crt-static", "-C", "panic=abort"])
        .args(["-C", "opt-level=s", "-C", "strip=symbols", "-o"])
        .arg(&program)
        .arg(SOURCE)
        .output()
        .is_ok_and(|done| done.status.success());
    if !made {
        std::fs::write(&program, []).expect("OUT_DIR is cargo's, and writable");
    }
}

fn compile(program: &str) {
    let rustc = std::env::var_os("RUSTC").expect("cargo sets RUSTC");
    let target = std::env::var("TARGET").expect("cargo sets TARGET");
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    let mut command = Command::new(rustc);
    command
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "bin",
            "--target",
            &target,
        ])
        .args([
            "--crate-name",
            &format!("coracle_{program}"),
            "--cap-lints",
            "warn",
        ])
        .args([
            "-C",
            "panic=abort",
            "-C",
            "opt-level=s",
            "-C",
            "codegen-units=1",
        ])
        .args([
            "-C",
            "overflow-checks=yes",
            "-C",
            "debuginfo=0",
            "-C",
            "strip=symbols",
        ])
        .args([
            "-C",
            "lto=fat",
            "-C",
            "relocation-model=static",
            "-C",
            "target-feature=+crt-static",
        ])
        .args([
            "-C",
            "link-arg=-nostartfiles",
            "-C",
            "link-arg=-nostdlib",
            "-C",
            "link-arg=-static",
        ])
        .args([
            "-C",
            "link-arg=-Wl,--build-id=none,-z,noexecstack,-z,norelro,--hash-style=gnu",
        ])
        .arg("-o")
        .arg(Path::new(&out).join(program))
        .arg(format!("src/guest/{program}.rs"));
    if let Some(linker) = std::env::var_os("RUSTC_LINKER") {
        let mut option = std::ffi::OsString::from("linker=");
        option.push(linker);
        command.arg("-C").arg(option);
    }
    let status = command.status().expect("rustc starts");
    assert!(
        status.success(),
        "the guest program {program} does not compile"
    );
}
