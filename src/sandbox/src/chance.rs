//! Where new ids come from. Given to the services, as their clock is, so that a test can say what they will be.

use std::sync::Arc;

use uuid::Uuid;

/// Makes ids.
#[derive(Clone)]
pub(crate) struct Ids(Arc<dyn Fn() -> Uuid + Send + Sync>);

impl Ids {
    /// Ids that this function makes; no two may be the same.
    pub(crate) fn new(make: impl Fn() -> Uuid + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// A new one.
    pub(crate) fn next(&self) -> Uuid {
        (self.0)()
    }
}

impl Default for Ids {
    /// Random ones.
    fn default() -> Self {
        Self::new(Uuid::new_v4)
    }
}
