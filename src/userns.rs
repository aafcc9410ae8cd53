//! TODO userns
