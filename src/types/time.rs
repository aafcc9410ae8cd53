//! Points in time, as nanoseconds since the epoch, printed as RFC 3339.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A wall-clock instant; for records and display, never for timeouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Timestamp(pub i128);

impl Timestamp {
    /// Returns the present moment.
    pub fn now() -> Self {
        let now = std::time::SystemTime::now();
        match now.duration_since(std::time::UNIX_EPOCH) {
            Ok(since) => Self(since.as_nanos() as i128),
            Err(before) => Self(-(before.duration().as_nanos() as i128)),
        }
    }

    /// Returns whole seconds since the epoch.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000_000) as i64
    }

    /// Returns the library's form of this instant, clamped to what it can hold.
    pub fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_nanosecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }

    /// Parses RFC 3339, with any offset.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>()
            .ok()
            .map(|t| Self(t.as_nanosecond()))
    }

    /// Parses a date, or a date and time, without offset: the local time zone is meant.
    pub fn parse_local(text: &str) -> Option<Self> {
        let civil: jiff::civil::DateTime = text.parse().ok()?;
        let zoned = civil.to_zoned(jiff::tz::TimeZone::system()).ok()?;
        Some(Self(zoned.timestamp().as_nanosecond()))
    }

    /// Returns the form of Go's `Time.String`, in the local time zone:
    /// `2006-01-02 15:04:05.999999999 -0700 MST`, without trailing zeros.
    pub fn go_local(self) -> String {
        self.go(jiff::tz::TimeZone::system())
    }

    /// Returns the form of Go's `Time.String` in UTC.
    pub fn go_utc(self) -> String {
        self.go(jiff::tz::TimeZone::UTC)
    }

    fn go(self, zone: jiff::tz::TimeZone) -> String {
        let zoned = self.to_jiff().to_zoned(zone);
        zoned.strftime("%Y-%m-%d %H:%M:%S%.f %z %Z").to_string()
    }

    /// Returns RFC 3339 with nanoseconds in the local time zone, as Podman prints it.
    pub fn local(self) -> String {
        let zoned = self.to_jiff().to_zoned(jiff::tz::TimeZone::system());
        zoned.strftime("%Y-%m-%dT%H:%M:%S.%9f%:z").to_string()
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.to_jiff())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an RFC 3339 time"))
    }
}
