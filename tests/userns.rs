//! The base namespace U0, its keeper and confined workers, through the library itself.
//!
//! This program has no test harness, because it plays other parts too: a command that holds U0
//! (`--hold`), a container's first process (`--inhabit`), and the workers it starts from itself
//! (`coracle:…`). It prints what the usual harness prints. Rows S-21, S-111, S-113, S-114.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a test may talk")]

#[path = "userns/keeper.rs"]
mod keeper;
#[path = "userns/maps.rs"]
mod maps;
#[path = "userns/worker.rs"]
mod worker;
#[path = "userns/world.rs"]
mod world;

use std::process::ExitCode;

fn main() -> ExitCode {
    let argv: Vec<String> = std::env::args().collect();
    if let Some(role) = argv[0].strip_prefix("coracle:") {
        return worker::role(role);
    }
    match argv.get(1).map(String::as_str) {
        Some("--hold") => world::hold(argv[2].as_ref()),
        Some("--inhabit") => world::inhabit(argv[2].as_ref()),
        Some("--list") => {
            for (name, _) in tests() {
                println!("{name}: test");
            }
            ExitCode::SUCCESS
        }
        _ => run(argv.iter().skip(1).filter(|word| !word.starts_with('-'))),
    }
}

type Test = (&'static str, fn());

fn tests() -> Vec<Test> {
    [keeper::TESTS, maps::TESTS, worker::TESTS].concat()
}

fn run<'a>(filters: impl Iterator<Item = &'a String>) -> ExitCode {
    let filters: Vec<&String> = filters.collect();
    let chosen: Vec<Test> = tests()
        .into_iter()
        .filter(|test| filters.is_empty() || filters.iter().any(|word| test.0.contains(*word)))
        .collect();
    println!("\nrunning {} tests", chosen.len());
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (name, test) in chosen {
        if let Some(reason) = world::lacking(name) {
            println!("test {name} ... ignored, {reason}");
            skipped += 1;
        } else if std::panic::catch_unwind(test).is_ok() {
            println!("test {name} ... ok");
            passed += 1;
        } else {
            println!("test {name} ... FAILED");
            failed += 1;
        }
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!(
        "\ntest result: {word}. {passed} passed; {failed} failed; {skipped} ignored; 0 measured; 0 filtered out\n"
    );
    ExitCode::from(u8::from(failed > 0))
}
