//! Files that want to exhaust us end in an error (S-99).

use std::fmt::Write;

use crate::show::steps;

fn refused(name: &str, text: &str) {
    let error = steps(text, "").expect_err(name);
    let shown = error.to_string();
    assert!(
        shown.len() < 1000,
        "{name}: a message of {} bytes",
        shown.len()
    );
}

#[test]
fn s_99_size_has_a_bound_everywhere() {
    refused("a long file", &"#".repeat((16 << 20) + 1));
    refused("many lines", &"\n".repeat(600_000));
    refused(
        "a long line",
        &format!("FROM a\nRUN {}\n", "x".repeat(2 << 20)),
    );
    refused(
        "a line that goes on",
        &format!("FROM a\nRUN {}\n", "xxxxxxxx\\\n".repeat(200_000)),
    );
    refused(
        "many instructions",
        &format!("FROM a\n{}", "USER u\n".repeat(120_000)),
    );
    refused("many stages", &"FROM a\n".repeat(100_000));
    refused(
        "an open heredoc",
        &format!("FROM a\nRUN <<E\n{}", "x\n".repeat(100_000)),
    );
    refused(
        "many heredocs",
        &format!("FROM a\nRUN {}\n", "<<E ".repeat(10_000)),
    );
    let pairs: String = (0..100_000).map(|n| format!(" a{n}=1")).collect();
    refused("many variables", &format!("FROM a\nENV{pairs}\n"));
    refused("NUL", "FROM a\nRUN \0\n");
}

#[test]
fn s_99_no_text_is_no_instruction() {
    let read = |bytes: &[u8]| coracle::build::Containerfile::parse("Containerfile", bytes);
    let error = read(b"FROM a\nRUN \xff\n").expect_err("no UTF-8");
    assert_eq!(
        error.to_string().lines().next(),
        Some("Containerfile:2: the line is not UTF-8 text")
    );
    assert!(
        read(b"# \xe4\nFROM a\n").is_ok(),
        "a comment may be anything"
    );
}

#[test]
fn s_99_expansion_has_a_bound() {
    let deep = format!(
        "FROM a\nENV a={}x{}\n",
        "${a:-".repeat(200),
        "}".repeat(200)
    );
    refused("deep nesting", &deep);
    let mut doubling = String::from("FROM a\nENV a0=xxxxxxxx\n");
    for n in 0..40 {
        let _ = writeln!(doubling, "ENV a{}=$a{n}$a{n}", n + 1);
    }
    refused("doubling", &doubling);
    let mut global = String::from("ARG a0=xxxxxxxx\n");
    for n in 0..40 {
        let _ = writeln!(global, "ARG a{}=$a{n}$a{n}", n + 1);
    }
    refused("doubling before FROM", &format!("{global}FROM a\n"));
    let mut wide = String::from("FROM a\nENV a=");
    wide.push_str(&"x".repeat(900_000));
    wide.push('\n');
    wide.push_str(&"LABEL a=$a\n".repeat(400));
    refused("many large values", &wide);
    let pattern = format!(
        "FROM a\nENV a={}\nENV b=${{a//{}/y}}\n",
        "x".repeat(900_000),
        "*x".repeat(400)
    );
    refused("a costly pattern", &pattern);
}

#[test]
fn s_99_deep_json_is_a_line_for_the_shell() {
    let text = format!("FROM a\nRUN {}\n", "[".repeat(100_000));
    assert!(steps(&text, "").is_ok());
}
