//! TODO registry
