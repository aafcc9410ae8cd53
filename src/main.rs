//! The `coracle` executable: says which of our processes this is, and ends with its code.

fn main() -> std::process::ExitCode {
    coracle::role::main()
}
