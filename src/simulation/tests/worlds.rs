//! A few worlds keep what is promised, the same seed is the same world, and no protection can be taken out unnoticed.

#![allow(clippy::unwrap_used, reason = "a test may")]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use cosell_simulation::{Ground, Outcome, PROTECTIONS, Protection, run};

/// So many worlds are looked at until one shows that a protection is missing.
const MOST_WORLDS: u64 = 400;

/// One ground for all tests: searching for RSA keys takes a while.
fn ground() -> &'static Ground {
    static GROUND: OnceLock<Ground> = OnceLock::new();
    GROUND.get_or_init(|| Ground::lay().unwrap())
}

fn world(seed: u64, without: Option<Protection>) -> Outcome {
    run(ground(), seed, without).unwrap()
}

/// The first of the seeds whose world does not keep what is promised.
fn first_broken(protection: Protection) -> Option<u64> {
    let (next, found) = (AtomicU64::new(1), AtomicU64::new(u64::MAX));
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > MOST_WORLDS {
                        return;
                    }
                    if !world(seed, Some(protection)).violations.is_empty() {
                        found.fetch_min(seed, Ordering::Relaxed);
                        is_over.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
    });
    Some(found.into_inner()).filter(|seed| *seed <= MOST_WORLDS)
}

#[test]
fn a_few_worlds_keep_what_is_promised() {
    for seed in 1..=12 {
        let outcome = world(seed, None);
        assert_eq!(outcome.violations, [], "seed {seed}");
    }
}

#[test]
fn the_same_seed_is_the_same_world_and_another_is_not() {
    for seed in 3..=8 {
        let [one, again, other] = [seed, seed, seed + 100].map(|seed| world(seed, None));
        assert_eq!((one.hash, &one.faults), (again.hash, &again.faults), "seed {seed}: {:#?}", one.tail);
        assert_ne!(one.hash, other.hash);
    }
}

#[test]
fn no_protection_can_be_taken_out_unnoticed() {
    assert!(PROTECTIONS.len() >= 10);
    let unnoticed: Vec<_> =
        PROTECTIONS.iter().filter(|protection| first_broken(**protection).is_none()).map(|protection| protection.name).collect();
    assert_eq!(unnoticed, [""; 0]);
}
