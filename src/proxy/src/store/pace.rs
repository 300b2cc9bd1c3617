//! How a call to the store goes on, and who may look on: for tests and simulations, where the world has to stand still while
//! the database works, and where a process can be made to die, or to stand still, between any two writes. It must not know what is stored.

use std::fmt;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use super::StoreError;

/// Whether others go on while the database works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// The task waits, others go on.
    #[default]
    Await,
    /// The whole thread waits: to its runtime, with its clock, a call takes no time. Only for a store in memory, which never
    /// waits for another task of the same thread.
    Block,
}

/// When a watch is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Nothing is written yet.
    Before,
    /// It is written, and whoever wrote it does not know yet.
    After,
}

/// What a watch makes of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes on.
    Live,
    /// It stands still for so long, and then goes on as if nothing had been.
    Pause(Duration),
    /// It writes nothing more and learns nothing more: its call ends with [`StoreError::Killed`].
    Die,
}

/// Asked before and after each write with the name of the method.
#[derive(Clone, Default)]
pub(super) struct Watch(Option<Arc<dyn Fn(&'static str, Moment) -> Fate + Send + Sync>>);

impl Watch {
    pub(super) fn new(watch: impl Fn(&'static str, Moment) -> Fate + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(watch)))
    }

    pub(super) async fn ask(&self, write: &'static str, moment: Moment) -> Result<(), StoreError> {
        match self.0.as_ref().map_or(Fate::Live, |watch| watch(write, moment)) {
            Fate::Live => Ok(()),
            Fate::Pause(length) => {
                tokio::time::sleep(length).await;
                Ok(())
            }
            Fate::Die => Err(StoreError::Killed),
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Watch")
    }
}

impl Pace {
    pub(super) async fn run<T>(self, call: impl Future<Output = T>) -> T {
        match self {
            Self::Await => call.await,
            // The runtime would make a task that does much wait for a turn that can't come.
            Self::Block => on_the_spot(tokio::task::unconstrained(call)),
        }
    }
}

/// Polls a future on this thread until it is done.
fn on_the_spot<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
        }
    }
}
