//! Go templates for `--format`.
