//! When the process is to end: on SIGTERM, on Ctrl-C and, where a parent asks for it, when standard input closes.

use std::io::{self, Read};

use tokio::sync::oneshot;

/// A future that ends when the process should. Signals are caught from now on, not from the first poll.
pub(crate) fn requested(until_stdin_closes: bool) -> io::Result<impl Future<Output = ()>> {
    let terminated = terminated()?;
    let stdin = until_stdin_closes.then(stdin_closed);
    Ok(async move {
        let stdin = async {
            match stdin {
                // An error says that the reading thread is gone: then nothing is read any more either.
                Some(closed) => drop(closed.await),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = terminated => {}
            () = stdin => {}
        }
    })
}

#[cfg(unix)]
fn terminated() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn terminated() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// Read by a thread of its own: a read that waits in the runtime would keep it from ending.
fn stdin_closed() -> oneshot::Receiver<()> {
    let (closed, receiver) = oneshot::channel();
    std::thread::spawn(move || {
        let mut buffer = [0_u8; 256];
        let mut stdin = io::stdin().lock();
        while matches!(stdin.read(&mut buffer), Ok(read) if read > 0) {}
        // Nobody listens any more when the process is ending already.
        let _ = closed.send(());
    });
    receiver
}
