//! The log: one record for each event, always on standard error. It must not know what is logged.

use std::fmt;
use std::io::{self, IsTerminal};

use tracing::Subscriber;
use tracing::field::Field;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::{self, Writer};

use crate::config::{self, ConfigError, LogFormat};

/// Reads a filter: `info`, or `info,cosell_proxy=debug`. A word that is no level would be taken for the name of a module, and
/// everything else would fall silent.
pub fn filter(text: &str) -> Result<EnvFilter, ConfigError> {
    let refused = || {
        let form = "a level (off, error, warn, info, debug, trace), then exceptions such as cosell_proxy=debug, with commas";
        ConfigError::invalid("log.filter", format_args!("\"{text}\" is not of the form: {form}"))
    };
    let well_formed = |part: &str| part.contains('=') || (!part.is_empty() && part.parse::<LevelFilter>().is_ok());
    let parts = text.split(',').map(str::trim);
    if !parts.clone().all(well_formed) {
        return Err(refused());
    }
    let parts: Vec<&str> = parts.collect();
    EnvFilter::builder().parse(parts.join(",")).map_err(|_| refused())
}

/// Writes the log to standard error from now on.
pub fn start(config: &config::Log) -> Result<(), ConfigError> {
    let colours = io::stderr().is_terminal();
    tracing::subscriber::set_global_default(subscriber(config, io::stderr, colours)?)
        .map_err(|cause| ConfigError::invalid("log.filter", cause))
}

fn subscriber<W>(config: &config::Log, writer: W, colours: bool) -> Result<Box<dyn Subscriber + Send + Sync>, ConfigError>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let lines = tracing_subscriber::fmt().with_env_filter(filter(&config.filter)?).with_writer(writer);
    Ok(match config.format {
        LogFormat::Text => {
            let fields = format::debug_fn(|writer, field, value| write_field(writer, field, value)).delimited(" ");
            Box::new(lines.with_ansi(colours).fmt_fields(fields).finish())
        }
        LogFormat::Json => Box::new(lines.json().finish()),
    })
}

/// One field on one line: a service upstream words its own messages, and must not be able to write a record of its own.
fn write_field(writer: &mut Writer<'_>, field: &Field, value: &dyn fmt::Debug) -> fmt::Result {
    if field.name() != "message" {
        write!(writer, "{}=", field.name())?;
    }
    let text = format!("{value:?}");
    let mut parts = text.split(|character: char| character.is_control()).filter(|part| !part.is_empty());
    writer.write_str(parts.next().unwrap_or_default())?;
    parts.try_for_each(|part| write!(writer, " {part}"))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Log lines for a test to look at.
    #[derive(Clone, Default)]
    pub(crate) struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Kept {
        /// A log that writes here.
        pub(crate) fn subscriber(&self, format: LogFormat) -> Box<dyn Subscriber + Send + Sync> {
            let writer = self.clone();
            let config = config::Log { filter: "info".to_owned(), format };
            subscriber(&config, move || writer.clone(), false).unwrap()
        }

        pub(crate) fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_upstream_says_cannot_begin_a_record_of_its_own() {
        for (format, expected) in [(LogFormat::Text, "error=first INFO forged"), (LogFormat::Json, r"first\r\nINFO forged")] {
            let kept = Kept::default();
            tracing::subscriber::with_default(kept.subscriber(format), || {
                let span = tracing::error_span!("run", opportunity = %"006\nx");
                span.in_scope(|| tracing::warn!(error = %"first\r\nINFO forged", count = 1, "refused\n{}", "twice"));
            });
            let text = kept.text();
            assert_eq!(text.lines().count(), 1, "{text}");
            assert!(text.contains(expected) && text.contains("count") && text.contains("006"), "{text}");
        }
    }

    #[test]
    fn a_filter_that_would_silence_everything_by_a_slip_is_refused() {
        let cases = [
            ("info", true),
            ("off", true),
            ("INFO", true),
            ("info,cosell_proxy=debug", true),
            ("warn, sqlx=off", true),
            ("info,cosell_proxy[run{opportunity=006}]=trace", true),
            ("", false),
            (" ", false),
            ("inof", false),
            ("info,", false),
            ("info,cosell_proxy", false),
            ("info,cosell_proxy=debgu", false),
        ];
        for (text, usable) in cases {
            let said = filter(text).map(|_| ()).map_err(|error| error.to_string());
            assert_eq!(said.is_ok(), usable, "{text}: {said:?}");
            assert!(usable || said.is_err_and(|said| said.starts_with("log.filter is not usable: ")), "{text}");
        }
    }
}
