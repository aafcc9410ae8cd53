//! TODO network
