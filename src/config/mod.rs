//! The user's files and environment as plain values.
